using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Trust;
using OfflineKit.Testing;

namespace OfflineKit.Tests.Crypto;

/// <summary>ML-DSA as the corpus of Wycheproof wants it, and its keys in every container.</summary>
public sealed class MlDsaTests
{
    private static readonly KeyStatus Stolen = KeyStatus.Revoked(on: null, since: null, until: null, "stolen");

    [SharedTheory("corpora")]
    [InlineData("mldsa_44", 75, 105)]
    [InlineData("mldsa_65", 77, 133)]
    [InlineData("mldsa_87", 69, 172)]
    public void Wycheproof_is_answered_as_it_states_for_an_empty_context(string prefix, int accepted, int refused)
    {
        List<WycheproofCase> cases = WycheproofCorpus.Of(prefix + "_verify", "wycheproof-mldsa");
        // A signature with a context is for another purpose: no format here has one, so even a good one is refused.
        List<WycheproofCase> wrong = [.. cases.Where(test => Accepts(test) != (test.Result == "valid" && !HasContext(test)))];
        Assert.Equal([], wrong.Select(test => $"{test}"));
        Assert.Equal((accepted, refused), (cases.Count(Accepts), cases.Count(test => !Accepts(test))));
    }

    [SharedFact("corpora")]
    public void Mu_is_the_one_of_the_corpus()
    {
        List<WycheproofCase> cases = [.. WycheproofCorpus.Of("mldsa_65_sign_seed", "wycheproof-mldsa")
            .Where(test => test.Test.TryGetProperty("msg", out _) && test.Test.TryGetProperty("mu", out _) && !HasContext(test))];
        Assert.True(cases.Count > 75, $"{cases.Count}");
        Assert.Equal([], cases.Where(test => !MlDsaParameterSet.Mu(PublicKeyOf(test), test.Bytes("msg")).AsSpan().SequenceEqual(test.Bytes("mu"))).Select(test => $"{test}"));
    }

    [SharedFact("corpora")]
    public void A_revocation_reaches_the_key_in_every_container()
    {
        WycheproofCase test = WycheproofCorpus.Of("mldsa_65_verify", "wycheproof-mldsa")[0];
        string hex = Digest.Sha256(test.Key).Hex, raw = Convert.ToBase64String(PublicKeyOf(test));
        RevocationList[] lists =
        [
            RevocationList.Parse(Utf8($$"""{"version":1,"revoked":[{"fingerprint":"{{hex}}","reason":"stolen"}]}""")),
            RepositoryRevocations.OfRoots([new TrustRoot("r", TrustRootKind.PublicKey, "r.pem", Digest.Sha256(test.Key)) { Fingerprint = hex, Status = Stolen }], static _ => TrustStore.Empty),
        ];
        byte[][] given =
        [
            test.Key,
            Utf8(new string(System.Security.Cryptography.PemEncoding.Write("PUBLIC KEY", test.Key)) + "\n"),
            Utf8(Convert.ToBase64String(test.Key) + "\n"),
            Utf8($$"""{"kty":"AKP","alg":"ML-DSA-65","pub":"{{System.Buffers.Text.Base64Url.EncodeToString(PublicKeyOf(test))}}"}"""),
            Utf8($$"""{"KeyUsage":"SIGN_VERIFY","PublicKey":"{{Convert.ToBase64String(test.Key)}}","SigningAlgorithms":["ML_DSA_SHAKE_256"]}"""),
            Utf8($$"""{"publicKeyFormat":"NIST_PQC","algorithm":"PQ_SIGN_ML_DSA_65","publicKey":{"data":"{{raw}}"} }"""),
        ];
        foreach (byte[] file in given)
        {
            TrustedKey key = KeyFile.Parse(file, "k", "--key k");
            Assert.Equal([hex], key.Material.Fingerprints);
            Assert.Equal(KeyPhase.Active, new TrustStore { Keys = [key] }.StatusOf(key.Material).Phase);
            Assert.All(lists, list => Assert.Equal(KeyPhase.Revoked, new TrustStore { Keys = [key] }.Without(list).StatusOf(key.Material).Phase));
        }
    }

    [SharedFact("corpora")]
    public void Every_kind_of_key_has_a_scheme_a_form_and_a_spelling()
    {
        foreach (KeyKind kind in Enum.GetValues<KeyKind>())
        {
            Assert.Contains(SignatureScheme.All, scheme => scheme.Keys.Contains(kind));
        }

        foreach (MlDsaParameterSet set in MlDsaParameterSet.All)
        {
            KeyMaterial key = KeyMaterial.MlDsa(set, new byte[set.PublicKeySize]);
            Assert.True(key.Equals(SubjectPublicKeyInfo.Parse(key.Spki.Span)));
            Assert.Null(key.Curve);
            Assert.Throws<MalformedException>(() => KeyMaterial.MlDsa(set, new byte[set.PublicKeySize + 1]));
            Assert.False(PublicKey.Bind(key, SignatureScheme.MlDsa).Verifies("a"u8, new byte[set.SignatureSize]));
            Assert.False(PublicKey.Bind(key, SignatureScheme.MlDsa).Verifies("a"u8, []));
        }
    }

    private static bool Accepts(WycheproofCase test) =>
        Result.Parse(Reasons.MalformedKey, () => SubjectPublicKeyInfo.Parse(test.Key)).Value is { } key && PublicKey.Bind(key, SignatureScheme.MlDsa).Verifies(test.Bytes("msg"), test.Bytes("sig"));

    private static bool HasContext(WycheproofCase test) => test.Test.TryGetProperty("ctx", out var context) && context.GetString() != "";

    private static byte[] PublicKeyOf(WycheproofCase test) => Convert.FromHexString(test.Group.GetProperty("publicKey").GetString()!);

    private static byte[] Utf8(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
