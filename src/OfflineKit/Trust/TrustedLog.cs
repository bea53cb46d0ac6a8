using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Transparency;

namespace OfflineKit.Trust;

/// <summary>A log whose key is trusted and not revoked: what it signed may be evidence. Only <see cref="Admit(string, PublicKey, string, RevocationList)"/> makes one.</summary>
internal sealed class TrustedLog
{
    private TrustedLog(string name, PublicKey key, string root) => (Name, Key, Root) = (name, key, root);

    /// <summary>What the trust root, or the log itself, calls it.</summary>
    public string Name { get; }

    /// <summary>Its key.</summary>
    public PublicKey Key { get; }

    /// <summary>Where the trust comes from.</summary>
    public string Root { get; }

    /// <summary>The log called <paramref name="name"/> with <paramref name="key"/>, or why it is not believed.</summary>
    public static Result<TrustedLog> Admit(string name, PublicKey key, string root, RevocationList revoked) => Judge(name, key, revoked) is { } refusal
        ? new Result<TrustedLog>(Value: null, refusal)
        : new Result<TrustedLog>(new TrustedLog(name, key, root), Finding: null);

    // A minisign key signs whatever it is given, notes included, so it is no log's key.
    private static Finding? Judge(string name, PublicKey key, RevocationList revoked) => key.Material.IsMinisign
        ? Reasons.KeyNotAllowed.Because($"the key of {name} is a minisign key, which signs minisign and signify documents and no checkpoints")
        : revoked.JudgeWitness(name, key.Material);

    /// <summary>The same of a log of a trusted root.</summary>
    public static Result<TrustedLog> Admit(TransparencyLog log, RevocationList revoked) => Admit(log.Name, log.Key, log.Root, revoked);
}
