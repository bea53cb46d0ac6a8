using System.Collections.Immutable;

namespace OfflineKit.Fuzz.Targets;

/// <summary>Every target.</summary>
internal static class TargetTable
{
    /// <summary>All of them, in the order in which they run.</summary>
    public static ImmutableArray<Target> All { get; } =
    [
        .. FormatTargets.All, .. EncodingTargets.All, .. ArchiveTargets.All, .. TrustTargets.All, .. ExportTargets.All, .. HostTargets.All, .. SignerTargets.All,
    ];

    /// <summary>The target called <paramref name="name"/>.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Target Named(string name) => All.FirstOrDefault(target => target.Name == name) ?? throw new ArgumentException($"no target is called {name}; try list");
}
