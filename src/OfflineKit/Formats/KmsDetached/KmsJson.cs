using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.KmsDetached;

/// <summary>The JSON answers of the key services, told apart by their members; unknown members are ignored.</summary>
internal static class KmsJson
{
    private const string What = "signature JSON";

    private static readonly ImmutableArray<string> AzureCliMembers = ["signature", "value", "result"];

    /// <summary>The content has the members of one of the services' answers; malformed JSON counts when it names them.</summary>
    public static bool Recognises(ReadOnlyMemory<byte> content)
    {
        Result<JsonValue> parsed = Result.Parse(Reasons.MalformedSignature, () => StrictJson.ParseObject(content, What));
        return parsed.Value is { } json
            ? ServiceOf(json) is not null
            : StrictJson.BeginsObject(content.Span)
                && (content.Span.IndexOf("\"SigningAlgorithm\""u8) >= 0 || content.Span.IndexOf("\"signatureCrc32c\""u8) >= 0);
    }

    /// <summary>The signature in <paramref name="content"/>.</summary>
    public static KmsSignature Parse(ReadOnlyMemory<byte> content)
    {
        JsonValue json = StrictJson.ParseObject(content, What);
        return ServiceOf(json) switch
        {
            "aws" => Aws(json),
            "azure" => Azure(json),
            "azure-cli" => AzureCli(json),
            "google" => Google(json),
            "vault" => Vault(json),
            _ => throw new MalformedException($"{What}: the members are those of no known service"),
        };
    }

    private static string? ServiceOf(JsonValue json)
    {
        bool Has(string name) => json.Optional(name) is not null;
        if (Has("Signature") && Has("SigningAlgorithm"))
        {
            return "aws";
        }

        if (Has("kid") && Has("value"))
        {
            return "azure";
        }

        if (Has("keyId") && Has("algorithm") && (Has("signature") || Has("value") || Has("result")))
        {
            return "azure-cli";
        }

        if (Has("signature") && (Has("signatureCrc32c") || Has("verifiedDigestCrc32c") || Has("verifiedDataCrc32c") || Has("protectionLevel")))
        {
            return "google";
        }

        return VaultText(json) is { Kind: JsonKind.String } text && text.Text.StartsWith("vault:v", StringComparison.Ordinal) ? "vault" : null;
    }

    private static KmsSignature Aws(JsonValue json) => new("aws", [json.Base64("Signature")])
    {
        Label = AlgorithmLabel.Parse(json.String("SigningAlgorithm"), $"{What}.SigningAlgorithm"),
        Encoding = EcdsaEncoding.Der,
        KeyHint = json.OptionalString("KeyId"),
    };

    private static KmsSignature Azure(JsonValue json) => new("azure", [StrictBase64.DecodeUrl(json.String("value"), $"{What}.value")])
    {
        Encoding = EcdsaEncoding.FixedWidth,
        KeyHint = json.String("kid"),
    };

    private static KmsSignature AzureCli(JsonValue json)
    {
        ImmutableArray<string> present = [.. AzureCliMembers.Where(name => json.Optional(name) is not null)];
        return present is [string only]
            ? new KmsSignature("azure-cli", [LooseBase64.Decode(json.String(only), $"{What}.{only}")])
            {
                Label = AlgorithmLabel.Parse(json.String("algorithm"), $"{What}.algorithm"),
                Encoding = EcdsaEncoding.FixedWidth,
                KeyHint = json.String("keyId"),
            }
            : throw new MalformedException($"{What}: wanted one of signature, value and result, found {string.Join(" and ", present)}");
    }

    private static KmsSignature Google(JsonValue json)
    {
        byte[] value = json.Base64("signature");
        Crc32c.Require(json.OptionalNotNull("signatureCrc32c"), value, $"{What}.signature");
        return new KmsSignature("google", [value]) { Encoding = EcdsaEncoding.Der, KeyHint = json.OptionalString("name") };
    }

    private static KmsSignature Vault(JsonValue json) => VaultValue.Parse(VaultText(json)!.Text);

    private static JsonValue? VaultText(JsonValue json) =>
        json.Optional("data") is { Kind: JsonKind.Object } data ? data.Optional("signature") : null;
}
