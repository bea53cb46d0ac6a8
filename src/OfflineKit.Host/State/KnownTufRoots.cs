using System.Collections.Immutable;

namespace OfflineKit.Host.State;

/// <summary>Fingerprints of TUF roots that come with the program, so that a first import needs no other channel.</summary>
/// <remarks>Each is the SHA-256 of a root.json file. Sources: docs/spec/trust-bundle.md §7.</remarks>
internal static class KnownTufRoots
{
    /// <summary>All of them by name.</summary>
    public static ImmutableArray<KeyValuePair<string, string>> All { get; } =
    [
        // Sigstore public good, root version 15 (sigstore/root-signing@60cf2ce8:metadata/root_history/15.root.json).
        KeyValuePair.Create("sigstore", "73747011d0857ada15479a16c4cae0f3ed03aac698b523b97e1de314ac9d9ca8"),

        // GitHub, root version 3 (cli/cli@44ee1776, embedded root of its attestation command).
        KeyValuePair.Create("github", "98cba97be9075bc98b2322de3de85fbd1b70ec7392991dfd2f53d215bede1a8d"),
    ];

    /// <summary>The fingerprint of the root called <paramref name="name"/>.</summary>
    public static string Find(string name)
    {
        foreach (KeyValuePair<string, string> root in All)
        {
            if (string.Equals(root.Key, name, StringComparison.Ordinal))
            {
                return root.Value;
            }
        }

        throw new UsageException($"offlinekit knows no root called {name}", $"it knows {string.Join(", ", All.Select(root => root.Key))}; state others with --root-fingerprint");
    }
}
