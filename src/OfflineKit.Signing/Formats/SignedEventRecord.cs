using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Signing.Formats;

/// <summary>The signature member of a CodeSentinel event, before and after its value is known.</summary>
/// <remarks>Source: docs/spec/codesentinel.md: everything but the value is covered, in canonical JSON (RFC 8785).</remarks>
internal sealed record SignedEventRecord(JsonValue Event, string Provider, string Algorithm, string KeyId, string Encoding, DateTimeOffset SignedAt)
{
    /// <summary>The event in <paramref name="content"/>, which must not be signed yet.</summary>
    public static JsonValue Parse(ReadOnlyMemory<byte> content)
    {
        Result<JsonValue> parsed = Result.Parse(SigningReasons.UnsuitableSubject, () => StrictJson.ParseObject(content, "event"));
        JsonValue document = parsed.Value ?? throw new SigningException(parsed.Finding!);
        return document.Members.IsEmpty || document.Optional("signature") is not null
            ? throw SigningReasons.UnsuitableSubject.Refusal("the event is empty or has a signature already")
            : document;
    }

    /// <summary>What the value covers.</summary>
    public byte[] SignedBytes()
    {
        JsonValue document = Document(value: "");
        return CanonicalJson.WriteWithout(document, document["signature"]["value"]);
    }

    /// <summary>The signed event on one line, with a line feed.</summary>
    public byte[] Line(string value) => [.. CanonicalJson.Write(Document(value)), (byte)'\n'];

    private JsonValue Document(string value)
    {
        string signature = IndentedJson.Object(
            [
                ("provider", CanonicalJson.Quoted(Provider)),
                ("algorithm", CanonicalJson.Quoted(Algorithm)),
                ("key_id", CanonicalJson.Quoted(KeyId)),
                ("encoding", CanonicalJson.Quoted(Encoding)),
                ("value", CanonicalJson.Quoted(value)),
                ("signed_at", CanonicalJson.Quoted(SentinelSignature.GoTime(SignedAt))),
            ],
            depth: 0);
        string members = string.Join(",", Event.Members.Select(member => $"{CanonicalJson.Quoted(member.Key)}:{System.Text.Encoding.UTF8.GetString(member.Value.Raw.Span)}"));
        Result<JsonValue> parsed = Result.Parse(
            SigningReasons.UnsuitableSubject, () => StrictJson.ParseObject(Utf8Text.Encode($"{{{members},\"signature\":{signature}}}"), "signed event"));
        return parsed.Value ?? throw new SigningException(parsed.Finding!);
    }
}
