using OfflineKit.FileSystem;

namespace OfflineKit.Host;

/// <summary>Finds the signature that belongs to an artefact by the names that formats use.</summary>
internal static class SignatureSearch
{
    /// <summary>The signature file next to <paramref name="artifact"/>, or null when the artefact is a document that carries its own.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static string? Beside(string artifact, Format? named, Expectations expectations)
    {
        if (Inputs.IsStandardInput(artifact))
        {
            throw new UsageException("standard input has no signature next to it", "name the signature with {signaturePath}, or the {format} of a document that carries its own");
        }

        if (Found(artifact, named) is { } found)
        {
            return found;
        }

        return CarriesItsOwn(artifact, expectations) ? null : throw new NoSignatureException(
            $"no signature next to {artifact}", $"name it with {{signaturePath}}; looked for {string.Join(", ", Candidates(artifact, named).Select(Path.GetFileName))}");
    }

    /// <summary>The file next to <paramref name="artifact"/> that is read as its signature, or null.</summary>
    /// <exception cref="UnauthorizedAccessException">It cannot be seen whether there is one.</exception>
    /// <exception cref="IOException">The same.</exception>
    public static string? Found(string artifact, Format? named) => Candidates(artifact, named).FirstOrDefault(FileStatus.IsFile);

    private static IEnumerable<string> Candidates(string artifact, Format? named) =>
        (named is null ? KnownFormats.All : [named]).SelectMany(format => format.SignatureSuffixes).Distinct(StringComparer.Ordinal).Select(suffix => artifact + suffix);

    /// <summary>The file is a document that carries its own signature.</summary>
    public static bool CarriesItsOwn(string path, Expectations expectations)
    {
        using Stream stream = InputFile.Open(path, "artefact");
        if (!stream.CanSeek || stream.Length > Limits.SignedDocument)
        {
            return false;
        }

        byte[] document = new byte[stream.Length];
        stream.ReadExactly(document);
        return KnownFormats.Recognise(document, expectations)?.IsSelfContained == true;
    }
}

/// <summary>An artefact has no signature: nothing to decide for the command line, <c>not-signed</c> for a host program.</summary>
internal sealed class NoSignatureException(string message, string hint) : UsageException(message, hint);
