using System.Collections.Immutable;

namespace OfflineKit.Formats.SshSig;

/// <summary>Reasons that only SSH signatures give.</summary>
internal static class SshSigReasons
{
    public static readonly Reason NotAsked = new(
        "ssh.identity-not-named",
        "an SSH signature can only be judged for a named signer and namespace",
        "pass {identity} with the signer's principal and {namespace} with the purpose, such as file or git");

    public static readonly Reason NamespaceMismatch = new(
        "ssh.namespace-mismatch",
        "the signature was made for another purpose",
        "pass the namespace that the file was signed for, if that purpose is the one you accept");

    public static readonly Reason IdentityMismatch = new(
        "ssh.identity-mismatch",
        "the key belongs to somebody else than the named signer",
        "check who signed; pass the principal that allowed_signers gives the key");

    public static readonly Reason Authority = new(
        "ssh.certificate-authority",
        "the matching line names a certificate authority; SSH certificates are not supported",
        "list the signer's own key in allowed_signers");

    public static readonly Reason NotTouched = new(
        "ssh.no-user-presence",
        "the security key signed without anybody touching it",
        "sign again with a touch, or allow it with no-touch-required in the signer's line of allowed_signers");

    /// <summary>Every reason of this class.</summary>
    public static ImmutableArray<Reason> All { get; } = [NotAsked, NamespaceMismatch, IdentityMismatch, Authority, NotTouched];
}
