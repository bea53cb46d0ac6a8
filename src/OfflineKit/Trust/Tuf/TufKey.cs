using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Trust.Tuf;

/// <summary>A key of a TUF role. Its id is an opaque name; what counts is the key itself.</summary>
/// <remarks>
/// Source: TUF specification 1.0 §4.2; the older spelling <c>ecdsa-sha2-nistp256</c> of the key type and bare hex points occur in Sigstore's first roots.
/// Key ids are not recomputed: writers hash different members (docs/spec/trust-bundle.md §3).
/// </remarks>
internal sealed class TufKey
{
    private TufKey(string id, PublicKey? key) => (Id, Key) = (id, key);

    /// <summary>The name under which roles and signatures refer to it.</summary>
    public string Id { get; }

    /// <summary>The key, or null when its type or scheme is none that we verify: such a key never counts.</summary>
    public PublicKey? Key { get; }

    /// <summary>SHA-256 of the SubjectPublicKeyInfo; empty for a key of an unknown type.</summary>
    public string Fingerprint => Key?.Material.Fingerprint ?? "";

    /// <summary>The key object <paramref name="value"/> that stands under <paramref name="id"/>.</summary>
    public static TufKey Parse(string id, JsonValue value)
    {
        string type = value.String("keytype"), scheme = value.String("scheme"), text = value.Object("keyval").String("public");
        PublicKey? key = (type, scheme) switch
        {
            ("ed25519", "ed25519") => PublicKey.Bind(KeyMaterial.Ed25519(StrictHex.Decode(text, 32, value.Path)), SignatureScheme.Ed25519),
            ("rsa", "rsassa-pss-sha256") => PublicKey.Bind(FromPem(text, value.Path), SignatureScheme.RsaPssSha256),
            ("ecdsa" or "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256") => Elliptic(text, EllipticCurve.P256, SignatureScheme.EcdsaSha256, value.Path),
            ("ecdsa" or "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp384") => Elliptic(text, EllipticCurve.P384, SignatureScheme.EcdsaSha384, value.Path),
            _ => null,
        };
        return new TufKey(id, key);
    }

    /// <summary>The hex signature <paramref name="hex"/> over <paramref name="message"/> is by this key.</summary>
    public bool Verifies(ReadOnlySpan<byte> message, string hex)
    {
        if (Key is null || Result.Parse(TufReasons.Malformed, () => Form(hex)).Value is not { } signature)
        {
            return false;
        }

        return Key.Verifies(message, signature);
    }

    // A malformed signature is one that does not count: others may still reach the threshold.
    private byte[] Form(string hex) => EcdsaSignature.Plain(Key!.Material, StrictHex.Decode(hex, "signature"), EcdsaEncoding.Der);

    private static PublicKey Elliptic(string text, EllipticCurve curve, SignatureScheme scheme, string what)
    {
        KeyMaterial material = text.StartsWith("-----BEGIN", StringComparison.Ordinal)
            ? FromPem(text, what)
            : KeyMaterial.Elliptic(curve, StrictHex.Decode(text, what));
        return PublicKey.Bind(material, scheme);
    }

    private static KeyMaterial FromPem(string text, string what)
    {
        Pem block = Pem.ParseOne(Utf8Text.Encode(text), what);
        return block.Label == "PUBLIC KEY"
            ? SubjectPublicKeyInfo.Parse(block.Content.Span)
            : throw new MalformedException(TufReasons.Malformed, $"{what}: PEM block {block.Label}, wanted PUBLIC KEY");
    }
}
