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
    // A multiple of three, so that every block but the last is encoded without padding.
    private const int Block = 48 * 1024;

    /// <summary>The signature with the header <paramref name="protectedText"/> and the value <paramref name="valueText"/>, both in base64url without padding.</summary>
    public static JwsSignature Parse(string protectedText, JsonValue? unprotected, string valueText) => new(
        protectedText,
        JwsHeader.Parse(StrictBase64.DecodeUrl(protectedText, "JWS header"), unprotected),
        StrictBase64.DecodeUrl(valueText, "JWS signature"));

    /// <summary>The trusted key that made it over <paramref name="payload"/>, or why there is none.</summary>
    public Result<KeySignature> Signer(TrustStore trust, ReadOnlyMemory<byte> payload) =>
        new LabelledSignature(Header.Label, EcdsaEncoding.FixedWidth, Value).Signer(trust, Header.KeyHint, Input(payload));

    // RFC 7515 §5.1 step 5, RFC 7797 §3: header ‖ '.' ‖ payload, the payload in base64url or as it is.
    private SigningInput Input(ReadOnlyMemory<byte> payload)
    {
        if (Header.Label.Scheme.Digest is not { } algorithm)
        {
            return SigningInput.Of((byte[])[.. Utf8Text.Encode(Protected), (byte)'.', .. Header.IsPayloadEncoded ? Utf8Text.Encode(Base64Url.EncodeToString(payload.Span)) : payload.Span]);
        }

        using Hasher hasher = Hasher.For(algorithm);
        hasher.Append(Utf8Text.Encode(Protected));
        hasher.Append("."u8);
        if (Header.IsPayloadEncoded)
        {
            AppendEncoded(hasher, payload.Span);
        }
        else
        {
            hasher.Append(payload.Span);
        }

        return SigningInput.Of(hasher.Finish());
    }

    private static void AppendEncoded(Hasher hasher, ReadOnlySpan<byte> payload)
    {
        byte[] text = new byte[Base64Url.GetEncodedLength(Block)];
        while (!payload.IsEmpty)
        {
            ReadOnlySpan<byte> block = payload[..Math.Min(Block, payload.Length)];
            int written = Base64Url.EncodeToUtf8(block, text);
            hasher.Append(text.AsSpan(0, written));
            payload = payload[block.Length..];
        }
    }
}
