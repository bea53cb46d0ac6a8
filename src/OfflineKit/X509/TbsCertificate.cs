using OfflineKit.Encoding;

namespace OfflineKit.X509;

/// <summary>The fields of a TBSCertificate, read in their order.</summary>
/// <remarks>Source: RFC 5280 §4.1.2. Unique identifiers are refused: no authority may write them.</remarks>
internal sealed record TbsCertificate(
    byte[] Der,
    byte[] Serial,
    byte[] SignatureAlgorithm,
    DistinguishedName Issuer,
    Validity Validity,
    DistinguishedName Subject,
    byte[] SubjectPublicKeyInfo,
    CertificateExtensions Extensions)
{
    private const int SerialLimit = 20, Version3 = 2;

    public static TbsCertificate Parse(ReadOnlySpan<byte> der)
    {
        DerCursor outer = new(der, "certificate");
        DerCursor fields = outer.Sequence();
        outer.End();
        RequireVersion3(ref fields);
        byte[] serial = ParseSerial(ref fields);
        byte[] algorithm = Sequence(ref fields, "signature algorithm");
        DistinguishedName issuer = DistinguishedName.Parse(Sequence(ref fields, "issuer"));
        if (issuer.IsEmpty)
        {
            throw new MalformedException("certificate: the issuer has no name");
        }

        DerCursor window = fields.Sequence();
        Validity validity = new(Time(ref window), Time(ref window));
        window.End();
        DistinguishedName subject = DistinguishedName.Parse(Sequence(ref fields, "subject"));
        byte[] key = Sequence(ref fields, "public key");
        DerCursor wrapped = fields.Inside(DerCursor.Constructed(3));
        fields.End();
        CertificateExtensions extensions = CertificateExtensions.Parse(wrapped.Sequence());
        wrapped.End();
        return new TbsCertificate(der.ToArray(), serial, algorithm, issuer, validity, subject, key, extensions);
    }

    private static void RequireVersion3(ref DerCursor fields)
    {
        if (!fields.Next(DerCursor.Constructed(0)))
        {
            throw new MalformedException("certificate: version 1, wanted 3");
        }

        DerCursor explicitVersion = fields.Inside(DerCursor.Constructed(0));
        int version = explicitVersion.SmallInteger();
        explicitVersion.End();
        if (version != Version3)
        {
            throw new MalformedException($"certificate: version {version + 1L}, wanted 3");
        }
    }

    private static byte[] ParseSerial(ref DerCursor fields)
    {
        ReadOnlySpan<byte> serial = fields.Integer();
        bool positive = (serial[0] & 0x80) == 0 && serial.ContainsAnyExcept((byte)0);
        return positive && serial.Length <= SerialLimit
            ? serial.ToArray()
            : throw new MalformedException($"certificate: serial number {StrictHex.Encode(serial)} (hex), wanted 1 to {SerialLimit} bytes and above zero");
    }

    // RFC 5280 §4.1.2.5: UTCTime through 2049, GeneralizedTime from 2050 on.
    private static DateTimeOffset Time(ref DerCursor window)
    {
        bool utc = window.Next(DerCursor.UtcTimeTag);
        DateTimeOffset time = window.Time();
        return utc || time.Year >= 2050
            ? time
            : throw new MalformedException("certificate: a year before 2050 written as GeneralizedTime");
    }

    private static byte[] Sequence(ref DerCursor fields, string what) =>
        fields.Next(DerCursor.SequenceTag) ? fields.Element().ToArray() : throw fields.Malformed($"{what} is no SEQUENCE");

}
