namespace OfflineKit.Cli;

/// <summary>Finds the signature that belongs to an artefact by the names that formats use.</summary>
internal static class SignatureSearch
{
    /// <summary>The signature file next to <paramref name="artifact"/>.</summary>
    /// <exception cref="UsageException">None is there.</exception>
    public static string Beside(string artifact)
    {
        string[] candidates = [.. KnownFormats.All.SelectMany(format => format.SignatureSuffixes).Distinct(StringComparer.Ordinal).Select(suffix => artifact + suffix)];
        return candidates.FirstOrDefault(File.Exists) ?? throw new UsageException(
            $"no signature next to {artifact}", $"name it with --signature; looked for {string.Join(", ", candidates.Select(Path.GetFileName))}");
    }
}
