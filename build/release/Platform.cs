using System.Collections.Immutable;

namespace OfflineKit.Release;

/// <summary>A platform that programs were published for.</summary>
/// <param name="Rid">Its runtime identifier.</param>
/// <param name="Debian">What Debian calls its architecture; null where there is no package.</param>
internal sealed record Platform(string Rid, string? Debian)
{
    /// <summary>All that a release can have.</summary>
    public static ImmutableArray<Platform> All { get; } = [new("linux-arm64", "arm64"), new("linux-x64", "amd64"), new("osx-arm64", Debian: null), new("win-x64", Debian: null)];

    /// <summary>The signing service, which some platforms have.</summary>
    public const string Signer = "offlinekit-signer";

    /// <summary>The programs that every platform has, and their projects.</summary>
    public static ImmutableArray<(string Program, string Project)> Programs { get; } = [("offlinekit", "OfflineKit.Cli"), ("offlinekit-sign", "OfflineKit.Signing.Cli")];

    /// <summary>The file name of <paramref name="program"/>.</summary>
    public string FileOf(string program) => Rid.StartsWith("win", StringComparison.Ordinal) ? program + ".exe" : program;
}
