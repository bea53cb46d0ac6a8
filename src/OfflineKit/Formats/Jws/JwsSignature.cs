using System.Buffers.Text;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Trust;

namespace OfflineKit.Formats.Jws;

/// <summary>One signature of a JWS: its header as it is signed, and the value.</summary>
/// <param name="Protected">The protected header in base64url, byte for byte as it stands in the file.</param>
/// <param name="Header">The same, read.</param>
/// <param name="Value">The signature: ECDSA as r‖s of fixed width (RFC 7518 §3.4), everything else as it is.</param>
internal sealed record JwsSignature(string Protected, JwsHeader Header, ReadOnlyMemory<byte> Value)
{
    /// <summary>What the hash is over, RFC 7515 §5.1 step 5, RFC 7797 §3: header ‖ '.' ‖ payload, the payload in base64url or as it is; null where the scheme takes that text itself.</summary>
    public FramedHash? Frame { get; } = Header.Label.Scheme.Digest is { } algorithm
        ? new FramedHash(algorithm, Utf8Text.Encode(Protected + "."), suffix: default) { Content = Header.IsPayloadEncoded ? FramedContent.Base64Url : FramedContent.AsItIs }
        : null;

    /// <summary>The signature with the header <paramref name="protectedText"/> and the value <paramref name="valueText"/>, both in base64url without padding.</summary>
    public static JwsSignature Parse(string protectedText, JsonValue? unprotected, string valueText) => new(
        protectedText,
        JwsHeader.Parse(StrictBase64.DecodeUrl(protectedText, "JWS header"), unprotected),
        StrictBase64.DecodeUrl(valueText, "JWS signature"));

    /// <summary>The trusted key that made it over <paramref name="payload"/>, or why there is none.</summary>
    public Result<KeySignature> Signer(TrustStore trust, ReadOnlyMemory<byte> payload) => Signer(trust, Frame is { } frame ? SigningInput.Of(frame.Of(payload.Span)) : SigningInput.Of(Text(payload.Span)));

    /// <summary>The same over the file <paramref name="payload"/>, of which the plan asked for this hash or the content.</summary>
    public Result<KeySignature> Signer(TrustStore trust, Artifact payload) =>
        Frame is { } frame && payload.Digest(frame) is { } digest ? Signer(trust, SigningInput.Of(digest))
        : payload.Content is { } content ? Signer(trust, content)
        : new Result<KeySignature>(Value: null, Reasons.DigestOnly.Because("a JWS is verified over the file itself"));

    private Result<KeySignature> Signer(TrustStore trust, SigningInput input) =>
        new LabelledSignature(Header.Label, EcdsaEncoding.FixedWidth, Value).Signer(trust, Header.KeyHint, input);

    private byte[] Text(ReadOnlySpan<byte> payload) => [.. Utf8Text.Encode(Protected), (byte)'.', .. Header.IsPayloadEncoded ? Utf8Text.Encode(Base64Url.EncodeToString(payload)) : payload];
}
