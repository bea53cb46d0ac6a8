namespace OfflineKit.Signing.Tests.Tokens;

/// <summary>Where the PKCS#11 modules of others are: said by PEERS's env.sh, or below PEERS, or installed.</summary>
internal static class TokenPeers
{
    private const string SystemLibraries = "/usr/lib/x86_64-linux-gnu";

    /// <summary>Modules below PEERS find their own libraries there.</summary>
    public static (string Name, string Value)[] Libraries => Said("PEERS_LIBRARY_PATH") is { } path
        ? [("LD_LIBRARY_PATH", path)]
        : Said("PEERS") is { } peers ? [("LD_LIBRARY_PATH", $"{peers}/tree{SystemLibraries}:{peers}/tree/lib/x86_64-linux-gnu:{peers}/tree{SystemLibraries}/swtpm")] : [];

    public static string Module(string variable, string name)
    {
        string?[] candidates = [Said(variable), Said("PEERS") is { } peers ? $"{peers}/tree/usr/lib/{name}" : null, $"/usr/lib/{name}", $"{SystemLibraries}/{name}", Said("PEERS") is { } root ? $"{root}/tree{SystemLibraries}/{name}" : null];
        string? found = candidates.OfType<string>().FirstOrDefault(File.Exists);
        Assert.SkipWhen(found is null, $"{name} is not installed (PEERS names a folder made by build/peers/peers.sh)");
        return found!;
    }

    public static string? Said(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;
}
