using System.Globalization;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Signing.Formats;
using OfflineKit.Signing.Formats.Dossier;
using OfflineKit.Signing.Keys.Files;
using OfflineKit.Trust;

namespace OfflineKit.Signing;

/// <summary>The forms in which a public half is handed to verifiers.</summary>
internal enum PublicKeyForm
{
    /// <summary>PEM SubjectPublicKeyInfo.</summary>
    Pem,

    /// <summary>A minisign public key file (Ed25519 only).</summary>
    Minisign,

    /// <summary>A JSON Web Key (RFC 7517).</summary>
    Jwk,

    /// <summary>The first word of a line in the dossier tools' lists of keys.</summary>
    Dossier,

    /// <summary>An entry of a trust store's manifest, to stand beside the PEM file.</summary>
    TrustEntry,
}

/// <summary>Writes public keys.</summary>
internal static class PublicKeyText
{
    /// <summary>The public half of <paramref name="key"/> in <paramref name="form"/>.</summary>
    public static byte[] Write(SigningKey key, PublicKeyForm form) => form switch
    {
        PublicKeyForm.Pem => Pem(key.PublicKey.Material),
        PublicKeyForm.Minisign => Minisign(key),
        PublicKeyForm.Jwk => Utf8Text.Encode(Jwk(key.PublicKey.Material) + "\n"),
        PublicKeyForm.Dossier => Utf8Text.Encode((key.MinisignId is { } id ? MinisignText.PublicLine(id, key.PublicKey.Material) : DossierKeyText.Of(key.PublicKey.Material)) + "\n"),
        _ => TrustEntry(key),
    };

    private static byte[] Pem(KeyMaterial key) =>
        Utf8Text.Encode(new string(System.Security.Cryptography.PemEncoding.Write("PUBLIC KEY", key.Spki.Span)) + "\n");

    private static byte[] Minisign(SigningKey key) => key.PublicKey.Material.Kind == KeyKind.Ed25519
        ? MinisignText.PublicFile(MinisignSignature.IdOf(key), key.PublicKey.Material)
        : throw SigningReasons.SchemeMismatch.Refusal($"minisign keys are Ed25519, the key is {key.PublicKey.Material.Kind}");

    private static string Jwk(KeyMaterial key)
    {
        DerCursor outer = new(key.Spki.Span, "public key");
        DerCursor spki = outer.Sequence();
        spki.Element();
        ReadOnlySpan<byte> bits = spki.BitString();
        return key.Kind switch
        {
            KeyKind.Rsa => RsaJwk(bits),
            KeyKind.Ed25519 => $"{{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"{Url(bits)}\"}}",
            _ when key.Curve is not null => EllipticJwk(key.Kind, bits[1..]),
            _ => $"{{\"kty\":\"AKP\",\"alg\":\"{MlDsaParameterSet.Of(key.Kind)!.Name}\",\"pub\":\"{Url(bits)}\"}}",
        };
    }

    private static string RsaJwk(ReadOnlySpan<byte> pkcs1)
    {
        DerCursor outer = new(pkcs1, "public key");
        DerCursor key = outer.Sequence();
        ReadOnlySpan<byte> modulus = key.UnsignedInteger(), exponent = key.UnsignedInteger();
        return $"{{\"kty\":\"RSA\",\"n\":\"{Url(modulus)}\",\"e\":\"{Url(exponent)}\"}}";
    }

    private static string EllipticJwk(KeyKind kind, ReadOnlySpan<byte> xy)
    {
        string curve = kind switch { KeyKind.P256 => "P-256", KeyKind.P384 => "P-384", KeyKind.P521 => "P-521", _ => "secp256k1" };
        return $"{{\"kty\":\"EC\",\"crv\":\"{curve}\",\"x\":\"{Url(xy[..(xy.Length / 2)])}\",\"y\":\"{Url(xy[(xy.Length / 2)..])}\"}}";
    }

    private static string Url(ReadOnlySpan<byte> bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    private static byte[] TrustEntry(SigningKey key)
    {
        string name = "key-" + key.PublicKey.Material.Fingerprint[..16];
        string hint = key.MinisignId is { } id ? MinisignPublicKey.Display(id) : key.Reference;
        string[] members =
        [
            Member("name", name),
            Member("kind", "public-key"),
            Member("file", name + ".pem"),
            Member("sha256", Digest.Sha256(Pem(key.PublicKey.Material)).Hex),
            Member("fingerprint", key.PublicKey.Material.Fingerprint),
            Member("source", key.Uri is FileKeyUri ? "offlinekit-sign public-key of a key file" : $"offlinekit-sign public-key {key.Uri}"),
            Member("retrieved-on", UtcText.Day(DateTimeOffset.UtcNow)),
            Member("status", "active"),
            "  \"on-by-default\": false",
            $"  \"hints\": [{Quoted(hint)}]",
        ];
        return Utf8Text.Encode($"{{\n{string.Join(",\n", members)}\n}}\n");
    }

    private static string Member(string name, string value) => $"  \"{name}\": {Quoted(value)}";

    private static string Quoted(string text) => System.Text.Encoding.UTF8.GetString(GoJson.String(text));
}
