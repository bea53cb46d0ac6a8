using System.Formats.Asn1;
using OfflineKit.Crypto;

namespace OfflineKit.Signing.Pkcs11;

/// <summary>The mechanism that makes signatures of one scheme, always over a digest that was made here (Ed25519: over the message).</summary>
/// <remarks>
/// CKM_SHA256_RSA_PKCS and its like hash on the token and need the whole message; CKM_RSA_PKCS over a DigestInfo makes the same signature.
/// PSS parameters are always said: there is no safe default for hash, mask and salt.
/// </remarks>
internal sealed record TokenMechanism(string Name, ulong Number)
{
    public CkPssParameters Parameters { get; private init; }

    public bool HasParameters { get; private init; }

    public static TokenMechanism Of(SignatureScheme scheme, KeyKind kind)
    {
        if (kind == KeyKind.Rsa)
        {
            return scheme.IsRsaPss ? Pss(scheme.Digest!.Value) : new TokenMechanism("CKM_RSA_PKCS", Ck.RsaPkcs);
        }

        return scheme.Digest is not null
            ? new TokenMechanism("CKM_ECDSA", Ck.Ecdsa)
            : kind == KeyKind.Ed25519
                ? new TokenMechanism("CKM_EDDSA", Ck.Eddsa)
                : throw SigningReasons.SchemeMismatch.Refusal($"no mechanism of PKCS#11 is known here that signs by {scheme.Label}");
    }

    /// <summary>What the mechanism takes for <paramref name="digest"/>.</summary>
    public byte[] Input(Digest digest) => Number == Ck.RsaPkcs ? DigestInfo(digest) : digest.Bytes.ToArray();

    private static TokenMechanism Pss(DigestAlgorithm digest)
    {
        (ulong hash, ulong mask) = digest switch
        {
            DigestAlgorithm.Sha256 => (Ck.Sha256, Ck.Mgf1Sha256),
            DigestAlgorithm.Sha384 => (Ck.Sha384, Ck.Mgf1Sha384),
            _ => (Ck.Sha512, Ck.Mgf1Sha512),
        };
        return new TokenMechanism($"CKM_RSA_PKCS_PSS ({digest.Name()})", Ck.RsaPkcsPss)
        {
            Parameters = new CkPssParameters { Hash = Cryptoki.Number(hash), Mask = Cryptoki.Number(mask), SaltLength = Cryptoki.Number((ulong)digest.Size()) },
            HasParameters = true,
        };
    }

    // RFC 8017 §9.2: the hash's identifier with NULL parameters, then the digest.
    private static byte[] DigestInfo(Digest digest)
    {
        AsnWriter writer = new(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(digest.Algorithm switch
                {
                    DigestAlgorithm.Sha256 => "2.16.840.1.101.3.4.2.1",
                    DigestAlgorithm.Sha384 => "2.16.840.1.101.3.4.2.2",
                    _ => "2.16.840.1.101.3.4.2.3",
                });
                writer.WriteNull();
            }

            writer.WriteOctetString(digest.Bytes);
        }

        return writer.Encode();
    }
}
