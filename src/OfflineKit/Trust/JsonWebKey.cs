using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Trust;

/// <summary>A public JSON Web Key (RFC 7517, RFC 7518 §6, RFC 8037, RFC 9964 §2), as Azure Key Vault shows it.</summary>
/// <remarks>
/// Generous about spelling: the command line of Azure writes its members in padded base64, and hardware keys have a zero octet before the exponent.
/// A number is the same whatever zero octets lead it; coordinates have the width of their curve.
/// </remarks>
internal static class JsonWebKey
{
    private static readonly ImmutableArray<string> SecretMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"];

    /// <summary>The key in <paramref name="json"/>.</summary>
    public static TrustedKey Parse(JsonValue json, string name, string root)
    {
        foreach (string secret in SecretMembers)
        {
            // Azure writes a null for the members that a public key does not have.
            if (json.OptionalNotNull(secret) is not null)
            {
                throw new MalformedException(Reasons.PrivateKeyGiven, $"the JSON Web Key has the secret member \"{secret}\"");
            }
        }

        RefuseOtherUses(json);
        KeyMaterial material = Material(json);
        AlgorithmLabel? label = json.OptionalNotNull("alg") is { } alg ? AlgorithmLabel.Parse(alg.Text, "JSON Web Key member alg") : null;
        return label is null || label.Fits(material)
            ? new TrustedKey(name, material, root)
            {
                Hints = json.OptionalNotNull("kid") is { } id ? [id.Text] : [],
                Schemes = label is null ? [] : [label.Scheme],
                Validity = new Validity(Time(json, "nbf", NumericDate.Beginning), Time(json, "exp", NumericDate.End)),
                Status = Status(json),
            }
            : throw new MalformedException(Reasons.AlgorithmMismatch, $"alg {label.Text} does not fit the {material.Kind} key beside it");
    }

    private static void RefuseOtherUses(JsonValue json)
    {
        if (json.OptionalNotNull("use") is { } use && !string.Equals(use.Text, "sig", StringComparison.Ordinal))
        {
            throw new MalformedException(KeyFileReasons.NotForSigning, $"use is {use.Text}, wanted sig");
        }

        if ((json.OptionalNotNull("key_ops") ?? json.OptionalNotNull("keyOps")) is { } operations
            && !operations.Elements.Any(operation => operation.Text is "verify" or "sign"))
        {
            throw new MalformedException(KeyFileReasons.NotForSigning, "key_ops has neither verify nor sign");
        }
    }

    // Source: OpenID Federation 1.0 §8.7 (historical keys). Whatever else stands at `revoked`, it was not written of a key that is in use.
    private static KeyStatus Status(JsonValue json) => json.OptionalNotNull("revoked") switch
    {
        null or { Kind: JsonKind.False } => KeyStatus.Active,
        { Kind: JsonKind.Object } revoked => KeyStatus.Revoked(Time(revoked, "revoked_at", NumericDate.End), since: null, until: null, revoked.OptionalNotNull("reason")?.Text ?? ""),
        _ => KeyStatus.Revoked(on: null, since: null, until: null, why: ""),
    };

    private static DateTimeOffset? Time(JsonValue json, string member, Func<JsonValue, DateTimeOffset?> read) =>
        json.OptionalNotNull(member) is { } value ? read(value) ?? throw value.Wanted("a number of seconds since 1970") : null;

    private static KeyMaterial Material(JsonValue json)
    {
        string kind = json.String("kty");
        return kind switch
        {
            "RSA" or "RSA-HSM" => KeyMaterial.RsaKey(Number(json, "n"), Number(json, "e")),
            "OKP" => EdwardsKey(json),
            "EC" or "EC-HSM" => Elliptic(json),
            "AKP" => AlgorithmKeyPair(json),
            _ => throw new MalformedException(Reasons.UnsupportedKey, $"JSON Web Key of kind {kind}, wanted RSA, EC, OKP or AKP"),
        };
    }

    private static KeyMaterial Elliptic(JsonValue json)
    {
        string name = json.String("crv");
        EllipticCurve curve = name switch
        {
            "P-256" => EllipticCurve.P256,
            "P-384" => EllipticCurve.P384,
            "P-521" => EllipticCurve.P521,
            "P-256K" or "secp256k1" => EllipticCurve.Secp256k1,
            _ => throw new MalformedException(Reasons.UnsupportedKey, $"JSON Web Key on curve {name}"),
        };
        byte[] x = Url(json, "x"), y = Url(json, "y");
        return x.Length == curve.CoordinateSize && y.Length == curve.CoordinateSize
            ? KeyMaterial.Elliptic(curve, [0x04, .. x, .. y])
            : throw new MalformedException($"JSON Web Key: coordinates of {x.Length} and {y.Length} bytes, wanted {curve.CoordinateSize}");
    }

    private static KeyMaterial EdwardsKey(JsonValue json) => json.String("crv") == "Ed25519"
        ? KeyMaterial.Ed25519(Url(json, "x"))
        : throw new MalformedException(Reasons.UnsupportedKey, $"JSON Web Key on curve {json.String("crv")}");

    // The algorithm is the kind here, so it must stand there.
    private static KeyMaterial AlgorithmKeyPair(JsonValue json)
    {
        string name = json.String("alg");
        return MlDsaParameterSet.All.FirstOrDefault(set => string.Equals(set.Name, name, StringComparison.Ordinal)) is { } set
            ? KeyMaterial.MlDsa(set, Url(json, "pub"))
            : throw new MalformedException(Reasons.UnsupportedKey, $"JSON Web Key of algorithm {name}");
    }

    private static ReadOnlySpan<byte> Number(JsonValue json, string member) => Url(json, member).AsSpan().TrimStart((byte)0);

    // Unpadded base64url by the standard, padded base64 by `az`; one value is never both.
    private static byte[] Url(JsonValue json, string member)
    {
        string text = json.String(member), what = $"JSON Web Key member \"{member}\"";
        return text.AsSpan().ContainsAny('+', '/', '=') ? StrictBase64.Decode(text, what) : StrictBase64.DecodeUrl(text, what);
    }
}
