using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Trust;

/// <summary>Public keys in the JSON answers of key services: AWS GetPublicKey, Google PublicKey, Vault's transit keys, and JSON Web Keys (Azure).</summary>
internal static class JsonKeyFile
{
    private const string What = "key file";

    /// <summary>The first character that is no blank opens an object.</summary>
    public static bool LooksLike(ReadOnlySpan<byte> content) => content.TrimStart(" \t\r\n"u8).StartsWith("{"u8);

    /// <summary>The key in <paramref name="content"/>.</summary>
    public static TrustedKey Parse(ReadOnlyMemory<byte> content, string name, string root)
    {
        JsonValue json = StrictJson.ParseObject(content, What);
        if (json.Optional("PublicKey") is not null)
        {
            return Aws(json, name, root);
        }

        if (json.Optional("pem") is not null || json.Optional("publicKeyFormat") is not null)
        {
            return Google(json, name, root);
        }

        if (json.Optional("data") is { Kind: JsonKind.Object } data && data.Optional("keys") is { Kind: JsonKind.Object })
        {
            return Vault(data, name, root);
        }

        JsonValue key = json.Optional("key") is { Kind: JsonKind.Object } wrapped ? wrapped
            : json.Optional("keys") is { Kind: JsonKind.Array } set ? Only(set) : json;
        return key.Optional("kty") is not null
            ? JsonWebKey.Parse(key, name, root)
            : throw new MalformedException("key file: JSON with none of the members PublicKey (AWS), pem (Google), data.keys (Vault) and kty (JSON Web Key)");
    }

    // Which of several is meant is nowhere said: a key that nobody named is not trusted by the way.
    private static JsonValue Only(JsonValue set) => set.Elements is [{ Kind: JsonKind.Object } only]
        ? only
        : throw new MalformedException($"{What}: a set of {set.Elements.Length} keys: save the one that you mean ({string.Join(", ", set.Elements.Where(key => key.Kind == JsonKind.Object).Select(key => key.OptionalNotNull("kid")?.Text ?? "no kid"))})");

    private static TrustedKey Vault(JsonValue data, string name, string root)
    {
        if (data.OptionalNotNull("supports_signing") is { Kind: JsonKind.False })
        {
            throw new MalformedException(KeyFileReasons.NotForSigning, "supports_signing is false");
        }

        ImmutableArray<KeyValuePair<string, JsonValue>> versions = data.Object("keys").Members;
        string text = versions is [{ Value: { Kind: JsonKind.Object } only }]
            ? only.String("public_key")
            : throw new MalformedException($"{What}: {versions.Length} versions of a key: save the public_key of the one that you mean");
        ReadOnlyMemory<byte> content = Utf8Text.Encode(text);
        return LooksLike(content.Span) ? throw new MalformedException($"{What}: a public_key in JSON") : KeyFile.Parse(content, name, root);
    }

    private static TrustedKey Aws(JsonValue json, string name, string root)
    {
        string usage = json.String("KeyUsage");
        if (!string.Equals(usage, "SIGN_VERIFY", StringComparison.Ordinal))
        {
            throw new MalformedException(KeyFileReasons.NotForSigning, $"KeyUsage is {usage}, wanted SIGN_VERIFY");
        }

        KeyMaterial material = SubjectPublicKeyInfo.Parse(json.Base64("PublicKey"));
        return new TrustedKey(name, material, root)
        {
            Hints = json.OptionalString("KeyId") is { } id ? [id] : [],
            Schemes = json.OptionalNotNull("SigningAlgorithms") is { } labels ? Listed(labels.Elements) : [],
        };
    }

    private static KeyMaterial GooglePem(JsonValue json)
    {
        byte[] pem = Utf8Text.Encode(json.String("pem"));
        Crc32c.Require(json.OptionalNotNull("pemCrc32c"), pem, $"{What}.pem");
        return PemKeyFile.Parse(pem);
    }

    // Google writes post-quantum keys as the bytes of their standard; the algorithm beside them says whose.
    private static KeyMaterial GooglePostQuantum(JsonValue data, AlgorithmLabel label)
    {
        byte[] key = data.Base64("data");
        Crc32c.Require(data.OptionalNotNull("crc32cChecksum"), key, $"{What}.publicKey.data");
        return label.OnlyKind is { } kind && MlDsaParameterSet.Of(kind) is { } set
            ? KeyMaterial.MlDsa(set, key)
            : throw new MalformedException(Reasons.AlgorithmMismatch, $"algorithm {label.Text} beside a key in the form NIST_PQC");
    }

    // Labels that we refuse are left out; a key with none of ours is of no use here.
    private static ImmutableArray<SignatureScheme> Listed(ImmutableArray<JsonValue> labels)
    {
        var schemes = ImmutableArray.CreateBuilder<SignatureScheme>();
        foreach (JsonValue label in labels)
        {
            if (SignatureScheme.ByLabel(label.Text) is { } scheme)
            {
                schemes.Add(scheme);
            }
        }

        return schemes.Count > 0
            ? schemes.ToImmutable()
            : throw new MalformedException(Reasons.UnsupportedKey, "SigningAlgorithms lists no algorithm that offlinekit accepts");
    }

    private static TrustedKey Google(JsonValue json, string name, string root)
    {
        AlgorithmLabel label = AlgorithmLabel.Parse(json.String("algorithm"), $"{What}.algorithm");
        KeyMaterial material = json.OptionalString("publicKeyFormat") == "NIST_PQC" ? GooglePostQuantum(json.Object("publicKey"), label) : GooglePem(json);
        return label.Fits(material)
            ? new TrustedKey(name, material, root) { Hints = json.OptionalString("name") is { } id ? [id] : [], Schemes = [label.Scheme] }
            : throw new MalformedException(Reasons.AlgorithmMismatch, $"algorithm {label.Text} does not fit the {material.Kind} key beside it");
    }
}
