using OfflineKit.Crypto;
using OfflineKit.Formats.Sentinel;
using OfflineKit.Policy;
using OfflineKit.Trust;
using OfflineKit.Testing;

namespace OfflineKit.Tests.Formats.Sentinel;

public sealed class SentinelSampleTests
{
    private static byte[] Sample(string name)
    {
        string folder = Corpora.Shared("samples/sentinel/synthetic");
        return File.ReadAllBytes(Path.Combine(folder, name));
    }

    private static Verdict Verify(byte[] policy, string signature, string key) => Verifier.Verify(new VerificationRequest(
        Artifact.FromStream("policy.yaml", new MemoryStream(policy)),
        Sample(signature),
        new VerificationContext(new TrustStore { Keys = [KeyFile.Parse(Sample(key), key, "--key " + key)] }, Expectations.None, StatedTime: null),
        SignaturePolicy.AnyPinnedSigner));

    [SharedTheory("samples")]
    [InlineData("policy.sig.json", "kms-public-key.pem")]
    [InlineData("ssm-signature.json", "kms-public-key.der")]
    public void Both_layouts_of_the_sample_verify(string signature, string key)
    {
        Verdict verdict = Verify(Sample("policy.yaml"), signature, key);
        Assert.True(verdict.IsTrusted, string.Join("; ", verdict.Findings));
        Assert.Equal("sentinel", verdict.Format);
        Assert.Contains(verdict.Proof.Checks, check => check is { Code: "policy-hash", Outcome: CheckOutcome.Passed });
    }

    [SharedFact("samples")]
    public void Every_changed_byte_of_the_policy_is_noticed_by_hash_and_signature()
    {
        byte[] policy = Sample("policy.yaml");
        for (int i = 0; i < policy.Length; i++)
        {
            policy[i] ^= 1;
            Verdict verdict = Verify(policy, "policy.sig.json", "kms-public-key.pem");
            Assert.Equal(["sentinel.policy-hash-mismatch", "signature.mismatch"], verdict.Findings.Select(finding => finding.Reason.Code));
            policy[i] ^= 1;
        }
    }

    [SharedFact("samples")]
    public void Sample_log_is_intact_and_every_changed_byte_is_noticed()
    {
        SharedSecret secret = SharedSecret.FromHex(System.Text.Encoding.ASCII.GetString(Sample("signed-log.key.hex")), "key");
        byte[] log = Sample("signed-log.jsonl");
        Assert.Equal((2, 2, true), Counted(AuditLog.Verify(new MemoryStream(log), secret)));
        for (int i = 0; i < log.Length - 1; i++)
        {
            byte was = log[i];
            log[i] ^= 1;
            bool isHexDigitOfOtherCase = char.IsAsciiHexDigit((char)was) && char.ToLowerInvariant((char)was) == char.ToLowerInvariant((char)log[i]);
            Assert.True(isHexDigitOfOtherCase || !AuditLog.Verify(new MemoryStream(log), secret).IsIntact, $"byte {i}");
            log[i] = was;
        }

        static (long, long, bool) Counted(AuditLogResult result) => (result.Lines, result.Valid, result.IsIntact);
    }
}
