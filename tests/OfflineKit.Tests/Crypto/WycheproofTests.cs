using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Testing;

namespace OfflineKit.Tests.Crypto;

/// <summary>All of Wycheproof, strictly: "acceptable" is refused, and each deviation stands in wycheproof-exceptions.txt with its reason.</summary>
public sealed class WycheproofTests
{
    private enum Answer
    {
        Accepted,
        RefusedByPolicy,
        RefusedAsWrong,
    }

    [SharedFact("corpora")]
    public void Every_file_holds_the_tests_that_are_counted()
    {
        List<WycheproofCase> signatures = [.. WycheproofCorpus.Of("rsa_"), .. WycheproofCorpus.Of("ecdsa_"), .. WycheproofCorpus.Of("ed25519")];
        Assert.Equal(49, Directory.GetFiles(Corpora.Folder("wycheproof"), "*.json.gz").Length);
        Assert.Equal((11590, 4954, 6548, 88), (signatures.Count, Count(signatures, "valid"), Count(signatures, "invalid"), Count(signatures, "acceptable")));
        foreach (Dictionary<string, string> row in Corpora.Manifest("wycheproof", "COUNTS.tsv"))
        {
            List<WycheproofCase> cases = [.. (row["file"].StartsWith("ecdh", StringComparison.Ordinal) ? WycheproofCorpus.Of(row["file"][..^5]) : signatures)
                .Where(test => test.File == row["file"])];
            Assert.Equal(
                (row["file"], row["tests"], row["valid"], row["invalid"], row["acceptable"]),
                (row["file"], $"{cases.Count}", $"{Count(cases, "valid")}", $"{Count(cases, "invalid")}", $"{Count(cases, "acceptable")}"));
        }
    }

    [SharedFact("corpora")]
    public void Ed25519_agrees_on_every_test()
    {
        List<WycheproofCase> cases = WycheproofCorpus.Of("ed25519");
        Assert.Equal([], cases.Where(test => (Ask(test, SignatureScheme.Ed25519, test.Bytes("sig")) == Answer.Accepted) != (test.Result == "valid")).Select(test => $"{test}"));
        Assert.Equal(151, cases.Count);
    }

    [SharedFact("corpora")]
    public void Rsa_pkcs1_accepts_what_is_valid_and_strong()
    {
        List<WycheproofCase> cases = [.. WycheproofCorpus.Of("rsa_signature"), .. WycheproofCorpus.Of("rsa_pkcs1")];
        List<WycheproofCase> refused = Deviations(cases, test => Ask(test, Pkcs1(test.Hash), test.Bytes("sig")));
        Assert.Equal(WycheproofCorpus.Exceptions("sha-224"), refused.Count(test => test.Hash == "SHA-224"));
        Assert.Equal(WycheproofCorpus.Exceptions("small-exponent"), refused.Count(test => test.Flags.Contains("SmallPublicKey")));
        Assert.All(refused, test => Assert.True(test.Hash == "SHA-224" || test.Flags.Contains("SmallPublicKey"), $"{test}"));
        AreRightForThePrimitive(refused, _ => null, test => test.Bytes("sig"));
    }

    [SharedFact("corpora")]
    public void Rsa_pss_accepts_the_one_profile_of_each_hash()
    {
        List<WycheproofCase> cases = WycheproofCorpus.Of("rsa_pss");
        List<WycheproofCase> refused = Deviations(cases, test => Ask(test, Pss(test), test.Bytes("sig")));
        Assert.Equal(WycheproofCorpus.Exceptions("pss-parameters"), refused.Count);
        AreRightForThePrimitive(refused, test => PssParametersOf(test), test => test.Bytes("sig"));
    }

    [SharedFact("corpora")]
    public void Pss_salt_lengths_of_refused_signatures_are_named()
    {
        foreach (WycheproofCase test in WycheproofCorpus.Of("rsa_pss").Where(test => test.Result == "valid" && !test.File.Contains("params", StringComparison.Ordinal)))
        {
            (string maskHash, int salt) = PssParametersOf(test);
            if (HashOf(test.Hash) is { } hash && maskHash == test.Hash)
            {
                KeyMaterial key = SubjectPublicKeyInfo.Parse(test.Key);
                Assert.True(salt == PssSaltLength.In(test.Bytes("sig"), Digest.Of(hash, test.Bytes("msg")), key), $"{test}");
            }
        }
    }

    [SharedFact("corpora")]
    public void Ecdsa_accepts_the_one_hash_of_each_curve()
    {
        List<WycheproofCase> cases = [.. WycheproofCorpus.Of("ecdsa_").Where(test => !test.File.Contains("bitcoin", StringComparison.Ordinal))];
        List<WycheproofCase> refused = Deviations(cases, test => Ask(test, Ecdsa(test.Hash), test.Bytes("sig")));
        Assert.Equal(WycheproofCorpus.Exceptions("unbound-hash"), refused.Count);
        AreRightForThePrimitive(refused, _ => null, test => IsFixedWidth(test) ? LibCrypto.ToDer(test.Bytes("sig")) : test.Bytes("sig"));
    }

    [SharedFact("corpora")]
    public void Bitcoin_alone_refuses_a_high_s()
    {
        List<WycheproofCase> differing = [.. WycheproofCorpus.Of("ecdsa_secp256k1_sha256_bitcoin")
            .Where(test => (Ask(test, SignatureScheme.EcdsaSha256, test.Bytes("sig")) == Answer.Accepted) != (test.Result == "valid"))];
        Assert.Equal(WycheproofCorpus.Exceptions("bitcoin-high-s"), differing.Count);
        Assert.Equal([1, 388], differing.Select(test => test.Test.GetProperty("tcId").GetInt32()));
    }

    [SharedFact("corpora")]
    public void Ecdh_keys_parse_only_in_their_one_spelling()
    {
        List<WycheproofCase> cases = WycheproofCorpus.Of("ecdh_");
        List<WycheproofCase> accepted = [.. cases.Where(test => KeyOf(test.Bytes("public")) is not null)];
        Assert.Equal(1364, cases.Count);
        Assert.Equal([], cases.Where(test => test.Result == "valid").Except(accepted).Select(test => $"{test}"));
        List<WycheproofCase> notValid = [.. accepted.Where(test => test.Result != "valid")];
        List<WycheproofCase> compressed = [.. notValid.Where(test => test.Flags.Any(flag => flag.StartsWith("Compressed", StringComparison.Ordinal)))];
        Assert.Equal(WycheproofCorpus.Exceptions("compressed-point"), compressed.Count);

        // What is left is a sound key of another curve than the private half's.
        Assert.Equal([], notValid.Except(compressed).Where(test => KeyOf(test.Bytes("public"))!.Kind == CurveOf(test)).Select(test => $"{test}"));
    }

    // The valid tests that a policy refuses; everything else must be answered as the corpus states, "acceptable" being refused.
    private static List<WycheproofCase> Deviations(List<WycheproofCase> cases, Func<WycheproofCase, Answer> ask)
    {
        List<(WycheproofCase Test, Answer Answer)> answered = [.. cases.Select(test => (test, ask(test)))];
        Assert.Equal([], answered.Where(pair => pair.Answer == Answer.Accepted && pair.Test.Result != "valid").Select(pair => $"{pair.Test} was accepted"));
        Assert.Equal([], answered.Where(pair => pair.Answer == Answer.RefusedAsWrong && pair.Test.Result == "valid").Select(pair => $"{pair.Test} was refused"));
        return [.. answered.Where(pair => pair.Answer == Answer.RefusedByPolicy && pair.Test.Result == "valid").Select(pair => pair.Test)];
    }

    private static void AreRightForThePrimitive(
        List<WycheproofCase> refused, Func<WycheproofCase, (string, int)?> pss, Func<WycheproofCase, byte[]> signature)
    {
        if (!LibCrypto.IsThere)
        {
            Assert.Skip($"OpenSSL 3 is not on this machine: {refused.Count} refused signatures were not given to it");
        }

        Assert.Equal([], refused.Where(test => !LibCrypto.Verifies(test.Key, test.Hash, pss(test), test.Bytes("msg"), signature(test))).Select(test => $"{test}"));
    }

    private static Answer Ask(WycheproofCase test, SignatureScheme? scheme, byte[] signature)
    {
        KeyMaterial? key = KeyOf(test.Key);
        if (key is null || scheme is null || !PublicKey.Fits(key, scheme))
        {
            return Answer.RefusedByPolicy;
        }

        byte[]? value = scheme.Keys.Contains(KeyKind.Rsa) || scheme.Keys.Contains(KeyKind.Ed25519) ? signature : Result.Parse(
            Reasons.MalformedSignature,
            () => IsFixedWidth(test) ? EcdsaSignature.FromFixedWidth(signature, EllipticCurve.Of(key.Kind)) : EcdsaSignature.FromDer(signature, EllipticCurve.Of(key.Kind))).Value;
        return value is not null && PublicKey.Bind(key, scheme).Verifies(test.Bytes("msg"), value) ? Answer.Accepted : Answer.RefusedAsWrong;
    }

    private static KeyMaterial? KeyOf(byte[] spki) => Result.Parse(Reasons.MalformedKey, () => SubjectPublicKeyInfo.Parse(spki)).Value;

    private static bool IsFixedWidth(WycheproofCase test) => test.File.Contains("p1363", StringComparison.Ordinal);

    private static int Count(List<WycheproofCase> cases, string result) => cases.Count(test => test.Result == result);

    private static KeyKind CurveOf(WycheproofCase test) => test.File.Contains("256k1", StringComparison.Ordinal) ? KeyKind.Secp256k1 : KeyKind.P256;

    private static SignatureScheme? Pkcs1(string hash) => SignatureScheme.ByLabel("RSASSA_PKCS1_V1_5_" + hash.Replace('-', '_'));

    private static SignatureScheme? Ecdsa(string hash) => SignatureScheme.ByLabel("ECDSA_" + hash.Replace('-', '_'));

    private static SignatureScheme? Pss(WycheproofCase test) =>
        PssParametersOf(test) is (var mask, var salt) && mask == test.Hash && salt == HashOf(test.Hash)?.Size()
            ? SignatureScheme.ByLabel("RSASSA_PSS_" + test.Hash.Replace('-', '_'))
            : null;

    private static (string MaskHash, int Salt) PssParametersOf(WycheproofCase test) =>
        (test.Group.GetProperty("mgfSha").GetString()!, test.Group.GetProperty("sLen").GetInt32());

    private static DigestAlgorithm? HashOf(string name) => name switch
    {
        "SHA-256" => DigestAlgorithm.Sha256,
        "SHA-384" => DigestAlgorithm.Sha384,
        "SHA-512" => DigestAlgorithm.Sha512,
        _ => null,
    };
}
