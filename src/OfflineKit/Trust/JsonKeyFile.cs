using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Trust;

/// <summary>Public keys in the JSON answers of key services: AWS GetPublicKey, Google PublicKey, Vault's transit keys, and JSON Web Keys (Azure).</summary>
internal static class JsonKeyFile
{
    private const string What = "key file";

    /// <summary>The first character that is no blank opens an object.</summary>
    public static bool LooksLike(ReadOnlySpan<byte> content) => StrictJson.BeginsObject(content);

    /// <summary>The keys in <paramref name="content"/> that are called one of <paramref name="ids"/>, where it is a set of several; its only key otherwise.</summary>
    /// <remarks>A key of a set is called by its <c>kid</c>, a version of a Vault key by its number, as signatures write it: <c>v2</c>.</remarks>
    public static ImmutableArray<TrustedKey> ParseChosen(ReadOnlyMemory<byte> content, string name, string root, ImmutableArray<string> ids)
    {
        ImmutableArray<KeyOfSet> all = KeySet.Of(StrictJson.ParseObject(content, What));
        return all.Length < 2 || ids.IsEmpty
            ? [Parse(content, name, root)]
            : [.. all.Where(key => key.IsCalled(ids)).Select(key => key.Parse($"{name} {key.Ids[0]}", root))];
    }

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

        if (KeySet.Of(json) is { IsDefaultOrEmpty: false } set)
        {
            return set is [KeyOfSet only] ? only.Parse(name, root) : throw KeySet.Several(set);
        }

        RefuseDisabled(json);
        JsonValue key = json.Optional("key") is { Kind: JsonKind.Object } wrapped ? wrapped : json;
        return key.Optional("kty") is not null
            ? JsonWebKey.Parse(key, name, root)
            : throw new MalformedException("key file: JSON with none of the members PublicKey (AWS), pem (Google), data.keys (Vault) and kty (JSON Web Key)");
    }

    // Azure's `exp` and `nbf` end and begin signing and leave verifying as it is; a key that is not enabled is used for neither.
    private static void RefuseDisabled(JsonValue json)
    {
        if (json.OptionalNotNull("attributes")?.OptionalNotNull("enabled") is { Kind: not JsonKind.True })
        {
            throw new MalformedException(KeyFileReasons.NotForSigning, "attributes.enabled is not true");
        }
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
