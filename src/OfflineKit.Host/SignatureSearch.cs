using System.Buffers;
using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.FileSystem;
using OfflineKit.Formats.Jsonl;
using OfflineKit.Host.Answers;

namespace OfflineKit.Host;

/// <summary>Finds the signatures that belong to an artefact by the names that formats use, and that programs give to what they download.</summary>
internal static class SignatureSearch
{
    private const string Lines = ".jsonl";

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    // What GitHub's client writes: sha256:HEX.jsonl, and with a hyphen where a name may hold no colon.
    private static readonly (DigestAlgorithm Algorithm, string Prefix)[] DigestNames =
        [(DigestAlgorithm.Sha256, "sha256:"), (DigestAlgorithm.Sha256, "sha256-"), (DigestAlgorithm.Sha512, "sha512:"), (DigestAlgorithm.Sha512, "sha512-")];

    /// <summary>The signature files next to <paramref name="subject"/>, the most specific first; none when it is a document that carries its own.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static ImmutableArray<string> Beside(Subject subject, Format? named, Expectations expectations)
    {
        if (Inputs.IsStandardInput(subject.Name))
        {
            throw new UsageException("standard input has no signature next to it", "name the signature with {signaturePath}, or the {format} of a document that carries its own");
        }

        ImmutableArray<string> found = Found(subject, named);
        if (!found.IsEmpty || CarriesItsOwn(subject.Name, expectations))
        {
            return found;
        }

        string[] candidates = [.. Candidates(subject.Name, named)];
        throw new NoSignatureException(
            candidates.FirstOrDefault(static path => FileStatus.Of(path) == FileType.Special) is { } pipe ? $"signature {pipe} is a pipe, a socket or a device" : $"no signature next to {subject.Name}",
            EmbeddedForm.In(subject.Name) ?? $"name it with {{signaturePath}}; looked for {string.Join(", ", candidates.Select(Path.GetFileName))}");
    }

    /// <summary>The files next to <paramref name="subject"/> that are read as its signatures. A pipe, or a link that leads to nothing, is none.</summary>
    /// <exception cref="UnauthorizedAccessException">Its folder may not be looked into: that says nothing of what is there.</exception>
    public static ImmutableArray<string> Found(Subject subject, Format? named) =>
        [.. NamedAfter(subject.Name, named, subject.Inputs), .. ByDigest(subject, named).Where(static path => FileStatus.Of(path) == FileType.File)];

    /// <summary>The files next to <paramref name="path"/> that are called as its signatures in the format <paramref name="named"/>, or in any.</summary>
    public static ImmutableArray<string> NamedAfter(string path, Format? named, Inputs inputs) =>
        [.. Candidates(path, named).Concat(BySigner(path, named, inputs)).Where(static file => FileStatus.Of(file) == FileType.File).Distinct(StringComparer.Ordinal)];

    /// <summary>There may be files in <paramref name="folder"/> that are called by the digest of another one: they are, or the folder does not say what is in it.</summary>
    private static bool MayNameByDigest(string folder)
    {
        try
        {
            return !NamedByDigest(folder).IsEmpty;
        }
        catch (UnauthorizedAccessException)
        {
            // Names can be tried where they cannot be listed.
            return true;
        }
    }

    private static ImmutableArray<string> NamedByDigest(string folder) => Folder.Names(folder, static name => DigestNames.Any(form =>
        name.StartsWith(form.Prefix, StringComparison.Ordinal) && name.EndsWith(Lines, StringComparison.Ordinal)
        && name.Length == form.Prefix.Length + 2 * form.Algorithm.Size() + Lines.Length && !name.AsSpan(form.Prefix.Length, 2 * form.Algorithm.Size()).ContainsAnyExcept(HexDigits)));

    /// <summary>The document <paramref name="path"/> carries its own signature.</summary>
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

    private static IEnumerable<string> Candidates(string artifact, Format? named) =>
        (named is null ? KnownFormats.All : [named]).SelectMany(format => format.SignatureSuffixes).Distinct(StringComparer.Ordinal).Select(suffix => artifact + suffix);

    // Names with a signer in them cannot be tried: the folder says which there are.
    private static IEnumerable<string> BySigner(string path, Format? named, Inputs inputs) => FileStatus.Of(path) != FileType.File ? [] : inputs.SignaturesIn(FolderOf(path))[Path.GetFileName(path)]
        .Where(name => named is null || named.SignatureSuffixes.Any(suffix => name.EndsWith(suffix, StringComparison.Ordinal)))
        .Select(name => Path.Join(Path.GetDirectoryName(path), name));

    private static string FolderOf(string path) => Path.GetDirectoryName(path) is { Length: > 0 } above ? above : ".";

    // Only where files are called so is the artefact read for its digest.
    private static IEnumerable<string> ByDigest(Subject subject, Format? named)
    {
        string folder = FolderOf(subject.Name);
        if (named is not (null or JsonLinesFormat) || subject.Content is not null || FileStatus.Of(subject.Name) != FileType.File || !subject.Inputs.Seen(folder, MayNameByDigest))
        {
            yield break;
        }

        using Artifact artifact = subject.Open();
        artifact.Read(ReadingPlan.Of([.. DigestNames.Select(form => form.Algorithm).Distinct()]));
        foreach ((DigestAlgorithm algorithm, string prefix) in DigestNames)
        {
            string name = prefix + artifact.Digest(algorithm)!.Hex + Lines;
            yield return Path.Join(Path.GetDirectoryName(subject.Name), name);
        }
    }
}
