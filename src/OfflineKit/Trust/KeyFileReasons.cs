using System.Collections.Immutable;

namespace OfflineKit.Trust;

/// <summary>Reasons that only key files give.</summary>
internal static class KeyFileReasons
{
    public static readonly Reason NotForSigning = new(
        "key.not-for-signing",
        "the key service says that the key is not made for signatures",
        "give the public key of a signing key");

    public static readonly Reason OpenSshKey = new(
        "key.openssh",
        "an OpenSSH public key was given where a plain public key belongs",
        "for SSH signatures pass {allowedSigners}: a file with a line `NAME LINE`, where LINE is this key; an RSA or ECDSA key for other signatures is written by `ssh-keygen -e -m PKCS8 -f KEY.pub`");

    /// <summary>Every reason of this class.</summary>
    public static ImmutableArray<Reason> All { get; } = [NotForSigning, OpenSshKey];
}
