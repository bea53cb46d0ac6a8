using System.Globalization;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.X509;

namespace OfflineKit.Timestamping;

/// <summary>What a time-stamping authority signed: a hash and a time.</summary>
/// <remarks>Source: RFC 3161 §2.4.2. Accuracy and ordering are read and carry no meaning for a verdict; the nonce matters to whoever asked alone.</remarks>
internal sealed record TstInfo(string Policy, Digest Imprint, DateTimeOffset Time, byte[] Nonce, GeneralName? Authority)
{
    private const int FractionDigits = 7;

    public static TstInfo Parse(ReadOnlySpan<byte> der)
    {
        DerCursor outer = new(der, "TSTInfo");
        DerCursor fields = outer.Sequence();
        outer.End();
        int version = fields.SmallInteger();
        if (version != 1)
        {
            throw new MalformedException($"TSTInfo: version {version}, wanted 1");
        }

        string policy = fields.Oid();
        Digest imprint = ParseImprint(fields.Sequence());
        _ = fields.Integer();
        DateTimeOffset time = ParseTime(ref fields);
        SkipAccuracy(ref fields);
        _ = fields.TrueOrAbsent();
        byte[] nonce = fields.Next(DerCursor.IntegerTag) ? fields.Integer().ToArray() : [];
        GeneralName? authority = ParseAuthority(ref fields);
        RefuseCriticalExtensions(ref fields);
        fields.End();
        return new TstInfo(policy, imprint, time, nonce, authority);
    }

    private static Digest ParseImprint(DerCursor imprint)
    {
        DigestAlgorithm? algorithm = SignatureAlgorithm.Digest(imprint.Sequence(), out string oid);
        ReadOnlySpan<byte> hash = imprint.Content(DerCursor.OctetStringTag);
        imprint.End();
        return algorithm is { } known
            ? Digest.FromBytes(known, hash)
            : throw new MalformedException(TimestampReasons.WeakImprint, $"hash algorithm {oid}, wanted SHA-256, SHA-384 or SHA-512");
    }

    // YYYYMMDDhhmmss[.f…]Z: a fraction without trailing zeros; digits below 100 ns are dropped.
    private static DateTimeOffset ParseTime(ref DerCursor fields)
    {
        string text = Utf8Text.DecodePrintable(fields.Content(DerCursor.GeneralizedTimeTag), "TSTInfo time");
        int point = text.IndexOf('.', StringComparison.Ordinal);
        string fraction = point < 0 ? string.Empty : text[(point + 1)..^1];
        string whole = point < 0 ? text : text[..point] + "Z";
        bool fractionFits = point < 0 || (fraction.Length is > 0 and <= 20 && fraction[^1] != '0' && fraction.All(char.IsAsciiDigit) && text[^1] == 'Z');
        if (!fractionFits || !DateTime.TryParseExact(whole, "yyyyMMddHHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time))
        {
            throw new MalformedException($"TSTInfo time \"{text}\": not a GeneralizedTime in UTC");
        }

        string ticks = fraction.PadRight(FractionDigits, '0')[..FractionDigits];
        return new DateTimeOffset(time, TimeSpan.Zero).AddTicks(DecimalText.Digits(ticks)!.Value);
    }

    private static void SkipAccuracy(ref DerCursor fields)
    {
        if (!fields.Next(DerCursor.SequenceTag))
        {
            return;
        }

        DerCursor accuracy = fields.Sequence();
        foreach (byte tag in (ReadOnlySpan<byte>)[DerCursor.IntegerTag, DerCursor.Primitive(0), DerCursor.Primitive(1)])
        {
            if (accuracy.Next(tag))
            {
                _ = accuracy.Content(tag);
            }
        }

        accuracy.End();
    }

    private static GeneralName? ParseAuthority(ref DerCursor fields)
    {
        if (!fields.Next(DerCursor.Constructed(0)))
        {
            return null;
        }

        DerCursor wrapped = fields.Inside(DerCursor.Constructed(0));
        GeneralName name = GeneralName.Parse(ref wrapped);
        wrapped.End();
        return name;
    }

    private static void RefuseCriticalExtensions(ref DerCursor fields)
    {
        if (!fields.Next(DerCursor.Constructed(1)))
        {
            return;
        }

        DerCursor extensions = fields.Inside(DerCursor.Constructed(1));
        while (!extensions.AtEnd)
        {
            CertificateExtension extension = CertificateExtension.Parse(ref extensions);
            if (extension.IsCritical)
            {
                throw new MalformedException($"TSTInfo: critical extension {extension.Oid}, none is known");
            }
        }
    }
}
