using System.Collections.Immutable;
using System.Security.Cryptography;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.X509;

namespace OfflineKit.Timestamping;

/// <summary>An RFC 3161 timestamp: what it says. Only a <see cref="VerifiedTime"/> makes it worth anything.</summary>
/// <remarks>Shape: a TimeStampResp with status granted, or the token (CMS ContentInfo) alone; strict DER. Source: docs/spec/timestamping.md.</remarks>
internal sealed class TimestampToken
{
    private readonly SignedData _data;
    private readonly TstInfo _info;

    private TimestampToken(SignedData data)
    {
        _data = data;
        _info = TstInfo.Parse(data.Content);
    }

    /// <summary>The time that the token claims, UTC.</summary>
    public DateTimeOffset ClaimedTime => _info.Time;

    /// <summary>The hash that the token covers.</summary>
    public Digest Imprint => _info.Imprint;

    /// <summary>The content of the request's nonce (INTEGER, big-endian) as the token repeats it; empty when it has none.</summary>
    public ReadOnlySpan<byte> Nonce => _info.Nonce;

    /// <summary>The token in <paramref name="der"/>, all bytes consumed.</summary>
    /// <exception cref="MalformedException">With a reason <c>timestamp.*</c>, or <c>cert.malformed</c> for an embedded certificate.</exception>
    public static TimestampToken Parse(ReadOnlyMemory<byte> der)
    {
        Result<TimestampToken> parsed = Result.Parse(TimestampReasons.Malformed, () => new TimestampToken(SignedData.Parse(TokenIn(der.Span))));
        return parsed.Value ?? throw new MalformedException(parsed.Finding!.Reason, parsed.Finding.Detail);
    }

    /// <summary>The same timestamp, whatever was changed in parts that nobody signed.</summary>
    public bool IsSameAs(TimestampToken other) => _data.Content.AsSpan().SequenceEqual(other._data.Content);

    /// <summary>The time at which <paramref name="signedBytes"/> existed, by one of <paramref name="authorities"/>, or why not.</summary>
    /// <remarks>
    /// The refusal is <c>timestamp.unknown-authority</c> exactly when no authority's name is involved: such a token proves nothing and harms nothing.
    /// Every other refusal means that something about the token is wrong.
    /// </remarks>
    public Result<VerifiedTime> Verify(ReadOnlySpan<byte> signedBytes, ImmutableArray<TimestampAuthority> authorities, PathBudget budget) =>
        ContentObjection(signedBytes) is { } finding
            ? new Result<VerifiedTime>(Value: null, finding)
            : VerifiedTime.From(_info, _data, authorities, budget);

    // What the token says, before anybody's key is involved.
    private Finding? ContentObjection(ReadOnlySpan<byte> signedBytes)
    {
        // 1 The token is for these bytes.
        Digest wanted = Digest.Of(_info.Imprint.Algorithm, signedBytes);
        if (!wanted.Equals(_info.Imprint))
        {
            return TimestampReasons.ImprintMismatch.Because($"the timestamp covers {_info.Imprint}, wanted {wanted}");
        }

        // 2 The signed attributes are about this content.
        SignedAttributes attributes = _data.Signer.Attributes;
        if (!string.Equals(attributes.ContentType, SignedData.TstInfoType, StringComparison.Ordinal))
        {
            return TimestampReasons.SignatureMismatch.Because($"the signed content type is {attributes.ContentType}, wanted {SignedData.TstInfoType}");
        }

        Digest content = Digest.Of(_data.Signer.Digest, _data.Content);
        if (!CryptographicOperations.FixedTimeEquals(content.Bytes, attributes.MessageDigest))
        {
            return TimestampReasons.SignatureMismatch.Because($"the signed digest is {StrictHex.Encode(attributes.MessageDigest)}, the content has {content}");
        }

        // 3 They bind the signer's certificate.
        return attributes.SigningCertificate is null && attributes.SigningCertificateV2 is null
            ? TimestampReasons.MissingSigningCertificate.Because("no signing-certificate attribute is signed")
            : null;
    }

    private static ReadOnlySpan<byte> TokenIn(ReadOnlySpan<byte> der)
    {
        DerCursor outer = new(der, "timestamp");
        DerCursor fields = outer.Sequence();
        outer.End();
        if (fields.Next(DerCursor.OidTag))
        {
            return der;
        }

        DerCursor status = fields.Sequence();
        int code = status.SmallInteger();
        if (code is not (0 or 1))
        {
            throw new MalformedException(TimestampReasons.NotGranted, $"status {code}, wanted 0 (granted) or 1 (granted with changes)");
        }

        if (fields.AtEnd)
        {
            throw new MalformedException(TimestampReasons.NotGranted, "the response holds no token");
        }

        ReadOnlySpan<byte> token = fields.Element();
        fields.End();
        return token;
    }
}
