using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OfflineKit.Crypto;
using OfflineKit.Trust;
using OfflineKit.X509;
using Org.BouncyCastle.Asn1.X9;

namespace OfflineKit.Tests.X509;

/// <summary>Whoever carries a certificate can write its ECDSA signature in another way; what revokes it by its hash reaches both.</summary>
public sealed class CertificateSpellingsTests
{
    [Theory]
    [InlineData("1.2.840.10045.3.1.7")]
    [InlineData("1.3.132.0.34")]
    [InlineData("1.3.132.0.35")]
    public void A_certificate_whose_signature_was_turned_is_the_same_to_a_verifier_and_to_a_revocation(string curve)
    {
        byte[] given = SelfSigned(curve), turned = Turned(given, ECNamedCurveTable.GetByOid(new(curve)).N.ToByteArrayUnsigned());
        Certificate one = Certificate.Parse(given), other = Certificate.Parse(turned);
        Assert.NotEqual(one.Fingerprint, other.Fingerprint);
        Assert.Null(other.SignatureObjection(other, new PathBudget()));
        Assert.Contains(one.Fingerprint, other.Fingerprints);
        Assert.Contains(other.Fingerprint, one.Fingerprints);
        Assert.Equal(KeyPhase.Revoked, Revoking(one).Of(other).Phase);
        Assert.Equal(KeyPhase.Revoked, Revoking(other).Of(one).Phase);
    }

    [Theory]
    [InlineData("1.2.840.10045.3.1.7")]
    [InlineData("1.3.132.0.34")]
    [InlineData("1.3.132.0.35")]
    [InlineData("1.3.132.0.10")]
    public void The_other_sign_of_one_is_the_order_less_one(string curve)
    {
        EllipticCurve own = EllipticCurve.ByOid(curve)!;
        byte[] joined = new byte[2 * own.CoordinateSize];
        (joined[own.CoordinateSize - 1], joined[^1]) = (1, 1);
        BigInteger less = new(own.WithOtherSign(joined).AsSpan(own.CoordinateSize), isUnsigned: true, isBigEndian: true);
        Assert.Equal(new BigInteger(ECNamedCurveTable.GetByOid(new(curve)).N.ToByteArrayUnsigned(), isUnsigned: true, isBigEndian: true) - 1, less);
    }

    [Fact]
    public void Another_certificate_of_the_same_key_is_another_one()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Certificate one = Certificate.Parse(SelfSigned(key)), other = Certificate.Parse(SelfSigned(key));
        Assert.Equal(KeyPhase.Active, Revoking(one).Of(other).Phase);
    }

    [Fact]
    public void A_certificate_signed_by_RSA_has_one_spelling()
    {
        using RSA key = RSA.Create(2048);
        Assert.Single(Certificate.Parse(SelfSigned(new CertificateRequest("CN=rsa", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))).Fingerprints);
    }

    private static RevocationList Revoking(Certificate certificate) => RevocationList.Of([KeyValuePair.Create(certificate.Fingerprint, KeyStatus.Revoked(on: null, since: null, until: null, "stolen"))]);

    private static byte[] SelfSigned(string curve)
    {
        using ECDsa key = ECDsa.Create(ECCurve.CreateFromValue(curve));
        return SelfSigned(key);
    }

    private static byte[] SelfSigned(ECDsa key) => SelfSigned(new CertificateRequest("CN=ec", key, HashAlgorithmName.SHA256));

    private static byte[] SelfSigned(CertificateRequest request)
    {
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        using X509Certificate2 made = request.CreateSelfSigned(TestCertificates.From, TestCertificates.Until);
        return made.RawData;
    }

    // With the platform's reader and writer of DER: an oracle of its own.
    private static byte[] Turned(byte[] certificate, byte[] order)
    {
        AsnReader fields = new AsnReader(certificate, AsnEncodingRules.DER).ReadSequence(), pair;
        ReadOnlyMemory<byte> tbs = fields.ReadEncodedValue(), algorithm = fields.ReadEncodedValue();
        pair = new AsnReader(fields.ReadBitString(out _), AsnEncodingRules.DER).ReadSequence();
        BigInteger r = pair.ReadInteger(), s = pair.ReadInteger();
        AsnWriter signature = new(AsnEncodingRules.DER), writer = new(AsnEncodingRules.DER);
        using (signature.PushSequence())
        {
            signature.WriteInteger(r);
            signature.WriteInteger(new BigInteger(order, isUnsigned: true, isBigEndian: true) - s);
        }

        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(tbs.Span);
            writer.WriteEncodedValue(algorithm.Span);
            writer.WriteBitString(signature.Encode());
        }

        return writer.Encode();
    }
}
