using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OfflineKit.Crypto;

namespace OfflineKit.Host;

/// <summary>What every program says of itself besides its version: the libraries that compute for it, and how old its trust is.</summary>
internal static class ProgramFacts
{
    /// <summary>One fact a line.</summary>
    public static ImmutableArray<string> Lines() => [$"cryptography: {UnderlyingLibraries.OfThePlatform()}, {UnderlyingLibraries.Sodium()}", $"trust roots: {TrustRoots()}"];

    /// <summary>Version and commit of the program, how it was built and for which platform, in one line.</summary>
    public static string Build => $"{typeof(ProgramFacts).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown"}, {(RuntimeFeature.IsDynamicCodeSupported ? "managed" : "native")}, {RuntimeInformation.RuntimeIdentifier}";

    private static string TrustRoots()
    {
        string[] days = [.. BundledTrust.ReadManifest().Roots.Select(root => root.RetrievedOn).Order(StringComparer.Ordinal)];
        return days.Length == 0 ? "none bundled" : $"{days.Length} bundled, the newest retrieved on {days[^1]}";
    }
}
