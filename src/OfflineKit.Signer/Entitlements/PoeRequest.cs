using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Signer.Http;

namespace OfflineKit.Signer.Entitlements;

/// <summary>In which form a proof of entitlement comes.</summary>
internal enum PoeFormat
{
    /// <summary>A signed token.</summary>
    Jwt,

    /// <summary>A text that the licensing service knows.</summary>
    Reference,

    /// <summary>The client certificate of the connection.</summary>
    ClientCertificate,
}

/// <summary>The proof of entitlement of one request.</summary>
/// <param name="Format">Its form.</param>
/// <param name="Value">The proof; empty for a client certificate.</param>
internal sealed record PoeRequest(PoeFormat Format, string Value)
{
    private const int Longest = 16 * 1024;

    /// <summary>The member <c>poe</c> of a request.</summary>
    /// <exception cref="RefusedException"><c>unsupported_poe_format</c>.</exception>
    /// <exception cref="MalformedException">It is not as it must be.</exception>
    public static PoeRequest Of(JsonValue json)
    {
        json.RefuseOtherMembers("format", "value");
        PoeFormat format = json.String("format") switch
        {
            "jwt" => PoeFormat.Jwt,
            "reference" => PoeFormat.Reference,
            "mtls" => PoeFormat.ClientCertificate,
            _ => throw Problems.UnsupportedPoeFormat.Because("poe.format: wanted jwt, reference or mtls"),
        };
        string value = json.OptionalString("value") ?? "";
        return (format == PoeFormat.ClientCertificate) == (value.Length == 0) && value.Length <= Longest
            ? new PoeRequest(format, value)
            : throw new MalformedException($"poe.value: absent with mtls, and 1 to {Longest} characters otherwise");
    }

    /// <summary>SHA-256 of the value, which is what logs, caches and the store call it.</summary>
    public string Id => IdOf(Value);

    /// <summary>SHA-256 of a value.</summary>
    public static string IdOf(string value) => Digest.Sha256(Utf8Text.Encode(value)).Hex;
}
