using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.Crypto;

/// <summary>RSASSA-PSS-params: only the profiles in which hash, MGF hash and salt length agree.</summary>
/// <remarks>Source: RFC 4055 §3.1, RFC 8017 A.2.3.</remarks>
internal static class PssParameters
{
    private const string Mgf1 = "1.2.840.113549.1.1.8";

    /// <summary>The schemes that the parameters allow; absent parameters allow every PSS scheme.</summary>
    public static ImmutableArray<SignatureScheme> Parse(ref DerCursor algorithm)
    {
        if (algorithm.AtEnd)
        {
            return
            [
                SignatureScheme.RsaPssSha256, SignatureScheme.RsaPssSha384, SignatureScheme.RsaPssSha512,
                .. SignatureScheme.All.Where(scheme => scheme.IsRsaPss).Select(scheme => SignatureScheme.RsaPssWithLargestSalt(scheme.Digest!.Value)),
            ];
        }

        DerCursor parameters = algorithm.Sequence();
        algorithm.End();
        if (!parameters.Next(DerCursor.Constructed(0)))
        {
            throw new MalformedException(Reasons.UnsupportedKey, "RSASSA-PSS key whose parameters leave the hash at its default, SHA-1");
        }

        DerCursor hash = parameters.Inside(DerCursor.Constructed(0));
        string hashOid = AlgorithmIdentifier(ref hash);
        DerCursor mask = parameters.Inside(DerCursor.Constructed(1));
        DerCursor maskAlgorithm = mask.Sequence();
        mask.End();
        string maskOid = maskAlgorithm.Oid(), maskHash = AlgorithmIdentifier(ref maskAlgorithm);
        DerCursor salt = parameters.Inside(DerCursor.Constructed(2));
        int saltLength = salt.SmallInteger();
        salt.End();
        parameters.End();
        SignatureScheme? scheme = hashOid switch
        {
            "2.16.840.1.101.3.4.2.1" => SignatureScheme.RsaPssSha256,
            "2.16.840.1.101.3.4.2.2" => SignatureScheme.RsaPssSha384,
            "2.16.840.1.101.3.4.2.3" => SignatureScheme.RsaPssSha512,
            _ => null,
        };
        return scheme is not null && maskOid == Mgf1 && maskHash == hashOid && saltLength == scheme.Digest!.Value.Size()
            ? [scheme]
            : throw new MalformedException(Reasons.UnsupportedKey, "RSASSA-PSS key whose hash, mask and salt do not agree");
    }

    private static string AlgorithmIdentifier(ref DerCursor cursor)
    {
        DerCursor identifier = cursor.Sequence();
        cursor.End();
        string oid = identifier.Oid();
        if (!identifier.AtEnd)
        {
            identifier.Null();
            identifier.End();
        }

        return oid;
    }
}
