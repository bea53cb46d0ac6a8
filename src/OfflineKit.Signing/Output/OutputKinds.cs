using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Files;
using OfflineKit.Signing.Formats;
using OfflineKit.Trust;

namespace OfflineKit.Signing.Output;

/// <summary>What each kind of output looks like. A kind is told by reading it with the reader that would verify it: a name or an ending proves nothing.</summary>
internal static class OutputKinds
{
    // The lengths of bare RSA and Ed25519 values; ECDSA values are DER.
    private static readonly int[] BareLengths = [64, 96, 132, 256, 384, 512, 1024];

    /// <summary>A public key file of any form that <c>public-key</c> and <c>keygen</c> write.</summary>
    public static OutputKind PublicKey { get; } = Told("public key", Limits.KeyFile, IsPublicKey);

    /// <summary>A Sentinel policy.</summary>
    public static OutputKind Policy { get; } = Told("policy", Limits.SignatureFile, static content => SentinelPolicy.Faults(content.Span).IsEmpty);

    /// <summary>Signatures as JSON lines.</summary>
    public static OutputKind SignatureLines { get; } = Told("file of signatures, one a line", Limits.SignedDocument, static content =>
        KnownFormats.Recognise(FirstLine(content.Span), Expectations.None) is not null);

    /// <summary>Records under an HMAC or a digest, one a line.</summary>
    public static OutputKind Records { get; } = Told("file of signed records", Limits.SignedDocument, static content =>
        StrictJson.ParseObject(FirstLine(content.Span).ToArray(), "record").Optional("signature") is not null);

    /// <summary>An RFC 3161 timestamp, as it came or in cosign's JSON.</summary>
    public static OutputKind Timestamp { get; } = Told("timestamp", Limits.KeyFile, static content =>
        content.Span[0] == DerCursor.SequenceTag || StrictJson.ParseObject(content, "timestamp").Optional("SignedRFC3161Timestamp") is not null);

    /// <summary>A bare signature value, in binary or in base64.</summary>
    public static OutputKind BareSignature { get; } = Told("bare signature", Limits.KeyFile, static content => IsBareValue(content.Span)
        || (Result.Parse(Reasons.MalformedSignature, () => StrictBase64.Decode(FirstLine(content.Span), "signature")).Value is { } value && IsBareValue(value)));

    /// <summary>Signatures that the core reads as <paramref name="format"/>.</summary>
    public static OutputKind Signature(string format) => Told($"{format} signature", Limits.SignatureFile, content =>
        KnownFormats.ByName(format) is { } reader && reader.Recognises(content.Span, Expectations.None) && reader.Parse(content, Expectations.None) is not null);

    private static OutputKind Told(string name, int limit, Func<ReadOnlyMemory<byte>, bool> recognises) => OutputKind.OfContent(name, limit, content =>
        Result.Parse(Reasons.MalformedSignature, () => recognises(content) ? name : null!).Value is not null);

    private static bool IsPublicKey(ReadOnlyMemory<byte> content) =>
        Result.Parse(Reasons.MalformedKey, () => KeyFile.Parse(content, "key", "key")).Value is not null
        || StrictJson.ParseObject(content, "trust entry").Optional("fingerprint") is not null;

    // Compressed or encrypted data may have any length and look like noise, but no value of a signature reads as text.
    private static bool IsBareValue(ReadOnlySpan<byte> value) =>
        (BareLengths.Contains(value.Length) || IsDer(value)) && value.ContainsAnyExceptInRange((byte)' ', (byte)'~') && !LooksLikeText(value);

    private static bool LooksLikeText(ReadOnlySpan<byte> value) => System.Text.Unicode.Utf8.IsValid(value);

    private static bool IsDer(ReadOnlySpan<byte> value) => value is [DerCursor.SequenceTag, ..] && value.Length <= 150 && value.Length > 8
        && (value[1] < 0x80 ? value[1] == value.Length - 2 : value[1] == 0x81 && value[2] == value.Length - 3);

    private static ReadOnlySpan<byte> FirstLine(ReadOnlySpan<byte> content) => content.IndexOf((byte)'\n') is var end and >= 0 ? content[..end].TrimEnd((byte)'\r') : content;
}
