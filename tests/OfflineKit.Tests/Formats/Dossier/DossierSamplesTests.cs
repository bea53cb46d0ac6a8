using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Formats.Dossier;
using OfflineKit.Policy;
using OfflineKit.Testing;
using OfflineKit.Trust;

namespace OfflineKit.Tests.Formats.Dossier;

/// <summary>Genuine dossiers, read where they lie.</summary>
public sealed class DossierSamplesTests
{
    private const string Official = "dossier-official";

    [SharedTheory("samples")]
    [InlineData("kms-architecture-patterns.ds.md", Official, "OFFICIAL", "WARN", "")]
    [InlineData("kms-readme-reality-check.ds.md", Official, "OFFICIAL", "WARN", "")]
    [InlineData("kms-schema-capability-check.ds.md", Official, "OFFICIAL", "WARN", "")]
    [InlineData("kms-body-edited-after-signing.ds.md", Official, "INVALID", "BLOCK", "dossier.checksum-mismatch signature.mismatch")]
    [InlineData("kms-readme-reality-check.ds.md", "", "SIGNED_UNKNOWN", "BLOCK", "key.unknown")]
    [InlineData("hello-world.ed25519.ds.md", Official, "SIGNED_UNKNOWN", "BLOCK", "key.unknown")]
    [InlineData("hello-world.ed25519.ds.md", "test-public-key.pem", "TRUSTED", "WARN", "")]
    [InlineData("synthetic/minisign-prehashed-ED.ds.md", "synthetic/minisign.pub", "TRUSTED", "WARN", "")]
    [InlineData("synthetic/minisign-legacy-Ed.ds.md", "synthetic/minisign.pub", "INVALID", "BLOCK", "minisign.legacy-denied")]
    public void Sample_gets_its_words_and_reasons(string file, string trusted, string status, string recommendation, string reasons)
    {
        Verdict verdict = Verify(file, trusted, Expectations.None);
        Assert.Equal(reasons, string.Join(' ', verdict.Findings.Select(finding => finding.Reason.Code)));
        Assert.Equal(reasons.Length == 0, verdict.IsTrusted);
        Assert.Contains(KeyValuePair.Create("status", status), verdict.Words);
        Assert.Contains(KeyValuePair.Create("recommendation", recommendation), verdict.Words);
    }

    [SharedTheory("samples")]
    [InlineData("hello-world.v3.ds.md", "TRUSTED", "ALLOW", "")]
    [InlineData("dossier-v2.ds.md", "TRUSTED", "WARN", "")]
    [InlineData("dossier-covers-relabelled.ds.md", "INVALID", "BLOCK", "signature.mismatch")]
    [InlineData("dossier-covers-unknown.ds.md", "", "", "dossier.unknown-coverage")]
    public void Sample_that_says_what_it_covers_is_read_so(string file, string status, string recommendation, string reasons)
    {
        byte[] keys = File.ReadAllBytes(Sample("trusted-keys.txt", "dossier-v3"));
        VerificationContext context = new(TrustedKeysFile.Parse(keys, "test").Store, Expectations.None, StatedTime: null);
        byte[] document = File.ReadAllBytes(Sample(file, "dossier-v3"));
        Verdict verdict = Verifier.Verify(new VerificationRequest(Artifact: null, document, context, SignaturePolicy.AnyPinnedSigner));
        Assert.Equal(reasons, string.Join(' ', verdict.Findings.Select(finding => finding.Reason.Code)));
        Assert.Equal(status, string.Concat(verdict.Words.Where(word => word.Key == "status").Select(word => word.Value)));
        Assert.Equal(recommendation, string.Concat(verdict.Words.Where(word => word.Key == "recommendation").Select(word => word.Value)));
    }

    [SharedFact("samples")]
    public void Legacy_minisign_is_trusted_only_where_it_is_allowed() =>
        Assert.True(Verify("synthetic/minisign-legacy-Ed.ds.md", "synthetic/minisign.pub", new Expectations { AllowLegacyMinisign = true }).IsTrusted);

    [SharedFact("samples")]
    public void All_eleven_signatures_of_the_official_key_give_the_recorded_answer()
    {
        JsonValue rows = StrictJson.ParseObject(File.ReadAllBytes(Sample("kms-vectors.json")), "kms-vectors.json");
        PublicKey key = OfficialTrust().Keys.Single().Under(SignatureScheme.EcdsaSha256)!;
        Assert.Equal(11, rows.Array("vectors").Length);
        foreach (JsonValue row in rows.Array("vectors"))
        {
            Digest body = Digest.FromHex(DigestAlgorithm.Sha256, row.String("body_sha256"), "body_sha256");
            byte[] signature = EcdsaSignature.FromDer(row.Base64("signature_der_b64"), EllipticCurve.P256);
            Assert.Equal(row["signature_valid"].Boolean, key.Verifies(body, signature));
        }
    }

    private static Verdict Verify(string file, string trusted, Expectations expectations)
    {
        byte[] document = File.ReadAllBytes(Sample(file));
        TrustStore trust = trusted switch
        {
            "" => TrustStore.Empty,
            Official => OfficialTrust(),
            _ => new TrustStore { Keys = [KeyFile.Parse(File.ReadAllBytes(Sample(trusted)), trusted, "test")] },
        };
        VerificationContext context = new(trust, expectations, StatedTime: null);
        return Verifier.Verify(new VerificationRequest(Artifact: null, document, context, SignaturePolicy.AnyPinnedSigner));
    }

    private static TrustStore OfficialTrust() => BundledTrust.Open(BundledTrust.ReadManifest().Find(Official)!);

    private static string Sample(string name, string folder = "dossier")
    {
        string path = Path.Combine(Repository.Root, "..", "shared", "samples", folder, name);
        Assert.SkipUnless(File.Exists(path), $"the dossier sample {name} is not here");
        return path;
    }
}
