using OfflineKit.Crypto;
using OfflineKit.Signing.Audit;
using OfflineKit.Signing.Keys;

namespace OfflineKit.Signing.Cli.Plugin;

/// <summary>What the environment says to the plugin: cosign hands over nothing but the key's name.</summary>
internal static class PluginSurroundings
{
    private const string Pinned = "OFFLINEKIT_PUBLIC_KEY", Log = "OFFLINEKIT_AUDIT_LOG", Password = "OFFLINEKIT_PASSWORD_FILE";

    /// <summary>The public half that the key must have, or null.</summary>
    public static KeyMaterial? PinnedKey => Variable(Pinned) is { } path ? KeyOptions.PublicKeyFile(path) : null;

    /// <summary>The log of every request, or null.</summary>
    public static AuditLog? Audit => Variable(Log) is { } path ? new AuditLog(path, RunOptions.Who, TimeProvider.System, signer: null) { Secrets = Stderr.Secrets } : null;

    /// <summary>Opens the key. Standard input carries the message, so a password comes from a file or from nowhere.</summary>
    public static KeyOpening Opening(DigestAlgorithm hash) => new()
    {
        Scheme = new SchemeChoice(Asked: null, SignatureScheme.ByLabel($"RSASSA_PKCS1_V1_5_SHA_{hash.Size() * 8}")),
        Passwords = Variable(Password) is { } path ? new PasswordFile(path, Password) : PasswordPrompt.None,
        OnRemark = Stderr.Note,
        Secrets = Stderr.Secrets,
    };

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
