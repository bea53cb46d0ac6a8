using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Signing.Trust;

/// <summary>The keys of a role as a root (or a delegation) shall name them.</summary>
/// <param name="Role"><c>root</c>, <c>timestamp</c>, <c>snapshot</c>, <c>targets</c>, or the name of a delegated role.</param>
/// <param name="Keys">Distinct public keys.</param>
/// <param name="Threshold">How many of them must sign.</param>
internal sealed record RoleKeys(string Role, ImmutableArray<KeyMaterial> Keys, int Threshold)
{
    /// <summary>The roles of every root, in the order in which people name them.</summary>
    public static ImmutableArray<string> TopLevel { get; } = ["root", "targets", "snapshot", "timestamp"];

    /// <summary>Refuses a role that nobody could fulfil, or that anybody could.</summary>
    public RoleKeys Checked()
    {
        int distinct = Keys.Distinct().Count();
        return Threshold >= 1 && Threshold <= distinct && distinct == Keys.Length
            ? this
            : throw TrustReasons.Impossible.Refusal($"role {Role} has {distinct} distinct keys of {Keys.Length} and a threshold of {Threshold}");
    }
}

/// <summary>A public key as TUF metadata spells it.</summary>
internal static class TufKeyText
{
    /// <summary>The scheme that metadata is signed with under this key.</summary>
    public static SignatureScheme SchemeOf(KeyMaterial key) => key.Kind switch
    {
        KeyKind.Ed25519 => SignatureScheme.Ed25519,
        KeyKind.Rsa => SignatureScheme.RsaPssSha256,
        KeyKind.P256 => SignatureScheme.EcdsaSha256,
        KeyKind.P384 => SignatureScheme.EcdsaSha384,
        _ => throw TrustReasons.Impossible.Refusal($"TUF metadata cannot be signed with a {key.Kind} key; use Ed25519, P-256, P-384 or RSA"),
    };

    /// <summary>SHA-256 of the canonical key object: the id that the specification recommends.</summary>
    public static string IdOf(KeyMaterial key) => Digest.Sha256(OlpcJson.Write(StrictJson.Parse(MetadataText.Json(json => Write(json, key)), "key"))).Hex;

    internal static void Write(System.Text.Json.Utf8JsonWriter json, KeyMaterial key)
    {
        (string type, string scheme) = key.Kind switch
        {
            KeyKind.Ed25519 => ("ed25519", "ed25519"),
            KeyKind.Rsa => ("rsa", "rsassa-pss-sha256"),
            KeyKind.P384 => ("ecdsa", "ecdsa-sha2-nistp384"),
            _ => ("ecdsa", "ecdsa-sha2-nistp256"),
        };
        json.WriteStartObject();
        json.WriteString("keytype", type);
        json.WriteString("scheme", scheme);
        json.WriteStartObject("keyval");
        json.WriteString("public", key.Kind == KeyKind.Ed25519 ? StrictHex.Encode(key.Ed25519Bytes.Span) : Pem(key));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Pem(KeyMaterial key) => new string(System.Security.Cryptography.PemEncoding.Write("PUBLIC KEY", key.Spki.Span)) + "\n";
}
