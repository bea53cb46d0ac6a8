using System.Collections.Immutable;

namespace OfflineKit.Release;

/// <summary>What a package of Debian says of itself.</summary>
/// <param name="Name">The package.</param>
/// <param name="Section">Where archives list it.</param>
/// <param name="Summary">In one line.</param>
/// <param name="Text">In several, each under 80 characters.</param>
internal sealed record DebianDescription(string Name, string Section, string Summary, ImmutableArray<string> Text)
{
    /// <summary>Verifier and signing program. offlinekit is static; offlinekit-sign loads the C library and asks services over TLS.</summary>
    public static DebianDescription Kit { get; } = new("offlinekit", "utils", "verify signatures without a network",
    [
        "Checks who signed the files that crossed an air gap: minisign, signify, OpenPGP,",
        "SSH, key services, DSSE, Sigstore and cosign, container images, whole exports.",
        "offlinekit verifies and has no network code; offlinekit-sign signs.",
    ]);

    /// <summary>The signing service.</summary>
    public static DebianDescription Signer { get; } = new("offlinekit-signer", "net", "signing service that signs only what it may",
    [
        "Signs statements and exports for clients that show who they are and what they",
        "are entitled to, and writes down every request before it answers.",
    ]);
}
