using OfflineKit.Files;
using System.Collections.Immutable;

namespace OfflineKit.Signing.Exports;

/// <summary>What to pack.</summary>
/// <param name="Folder">The payload.</param>
/// <param name="Name">The kit's name.</param>
/// <param name="Version">Its version.</param>
/// <param name="CreatedAt">The time that the kit states.</param>
internal sealed record KitOrder(string Folder, string Name, string Version, DateTimeOffset CreatedAt)
{
    /// <summary>A trust bundle for the receiver; null for none.</summary>
    public string? TrustFolder { get; init; }

    /// <summary>Certificate chains of signers.</summary>
    public ImmutableArray<KitChain> Chains { get; init; } = [];

    /// <summary>Where the kit goes; its last part is what the instructions call it.</summary>
    public required string Output { get; init; }

    /// <summary>The kit is written as a folder, not as an archive.</summary>
    public bool IsFolder => !Output.EndsWith(".tar.zst", StringComparison.Ordinal) && !Output.EndsWith(".tar", StringComparison.Ordinal);

    internal string FileName => Path.GetFileName(Path.TrimEndingDirectorySeparator(PhysicalPath.Of(Output)));
}
