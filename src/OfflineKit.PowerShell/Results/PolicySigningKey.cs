using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>A signing key that was found: where it is and what its public half is. It holds no private bytes and no passphrase.</summary>
public sealed class PolicySigningKey
{
    internal PolicySigningKey(JsonNode answer, string? publicKeyPath)
    {
        Provider = answer.Text("provider");
        KeyId = answer.Text("key");
        Kind = answer.Text("keyKind");
        Algorithm = answer.Text("algorithm");
        Fingerprint = answer.Text("fingerprint");
        PublicKeyPath = publicKeyPath ?? "";
    }

    /// <summary>File, or the scheme of the key service.</summary>
    public string Provider { get; }

    /// <summary>The key's path or URI.</summary>
    public string KeyId { get; }

    /// <summary>Ed25519, P256, Rsa …</summary>
    public string Kind { get; }

    /// <summary>The algorithm by which it signs unless told otherwise.</summary>
    public string Algorithm { get; }

    /// <summary>SHA-256 of the public half's SubjectPublicKeyInfo.</summary>
    public string Fingerprint { get; }

    /// <summary>The file that pins the public half; empty where none was given.</summary>
    public string PublicKeyPath { get; }

    /// <inheritdoc/>
    public override string ToString() => KeyId;
}
