using System.Buffers.Text;
using System.Security.Cryptography;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Fuzz.Targets;

/// <summary>Good input of the signing service's parsers.</summary>
internal static class SignerSeeds
{
    /// <summary>An access token.</summary>
    public static IEnumerable<byte[]> Tokens()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return [Signed(key, """{"typ":"at+jwt","alg":"ES256","kid":"k"}""", """{"iss":"a","aud":"signer","sub":"s","jti":"j","tid":"t","scope":"signer.sign","iat":1,"exp":2,"cnf":{"jkt":"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"}}""")];
    }

    /// <summary>A proof by the key in it.</summary>
    public static IEnumerable<byte[]> Proofs()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return [Signed(key, $$$"""{"typ":"dpop+jwt","alg":"ES256","jwk":{{{Jwk(key, "")}}}}""", """{"jti":"j","htm":"POST","htu":"https://a.example/b","iat":1,"ath":"x","nonce":"n"}""")];
    }

    /// <summary>A set of one key.</summary>
    public static IEnumerable<byte[]> KeySets()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return [Utf8Text.Encode($$$"""{"keys":[{{{Jwk(key, "\"kid\":\"k\",\"alg\":\"ES256\",\"use\":\"sig\",")}}}]}""")];
    }

    /// <summary>A request for a statement about a digest.</summary>
    public static byte[] Request(string hex) => Utf8Text.Encode(
        $$$"""{"subject":[{"name":"a","digest":{"sha256":"{{{hex}}}"}}],"predicateType":"t","predicate":{"a":[1,2.5,null,"\u0041"]},"scannerImageDigest":"sha256:{{{hex}}}","poe":{"format":"jwt","value":"x"},"options":{"mode":"keyful","signers":["a"],"output":["dsse","sigstore"],"embedChain":false}}""");

    /// <summary>A request for the provenance of an export.</summary>
    public static byte[] Export(string hex) => Utf8Text.Encode(
        $$$"""{"exportId":"export-1","manifest":{"sha256":"{{{hex}}}","bytes":1,"mediaType":"application/json"},"archive":{"sha256":"{{{hex}}}","bytes":2},"materials":[{"uri":"u","digest":{"sha256":"{{{hex}}}"}}],"tool":{"name":"n","version":"v"},"poe":{"format":"jwt","value":"x"}}""");

    /// <summary>Lists of what refers to an image: the indexes of the layouts among the vectors.</summary>
    public static IEnumerable<byte[]> Referrers() => Seeds.Vectors().Where(file => Path.GetFileName(file) == "index.json").Select(File.ReadAllBytes).DistinctBy(Convert.ToBase64String).Take(16);

    /// <summary>Manifests of the layouts among the vectors.</summary>
    public static IEnumerable<byte[]> Manifests() => Seeds.OfVectors.Where(content => content.AsSpan().IndexOf("\"layers\""u8) >= 0).Take(16);

    private static byte[] Signed(ECDsa key, string header, string payload)
    {
        string signed = $"{Base64Url.EncodeToString(Utf8Text.Encode(header))}.{Base64Url.EncodeToString(Utf8Text.Encode(payload))}";
        return Utf8Text.Encode($"{signed}.{Base64Url.EncodeToString(key.SignData(Utf8Text.Encode(signed), HashAlgorithmName.SHA256))}");
    }

    private static string Jwk(ECDsa key, string before)
    {
        ECPoint point = key.ExportParameters(includePrivateParameters: false).Q;
        return $$$"""{{{{before}}}"kty":"EC","crv":"P-256","x":"{{{Base64Url.EncodeToString(point.X)}}}","y":"{{{Base64Url.EncodeToString(point.Y)}}}"}""";
    }
}
