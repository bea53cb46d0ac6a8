using OfflineKit;
using OfflineKit.Policy;
using OfflineKit.Trust;

// Verifies FILE with SIGNATURE, trusting KEY: the example of docs/library.md.
if (args is not [string file, string signature, string key])
{
    Console.Error.WriteLine("usage: OfflineKit.Example FILE SIGNATURE KEY");
    return 2;
}

// 1 Whom do we trust? Only what is named here.
TrustStore trust = TrustStore.Empty.WithKey(File.ReadAllBytes(key), Path.GetFileName(key));

// 2 What is asked? The library has no clock: the time is stated, or nobody states one.
using Artifact artifact = Artifact.FromStream(file, File.OpenRead(file));
VerificationContext context = new(trust, Expectations.None, StatedTime: DateTimeOffset.UtcNow);
Verdict verdict = Verifier.Verify(new VerificationRequest(artifact, File.ReadAllBytes(signature), context, SignaturePolicy.AnyPinnedSigner));

// 3 What was decided, and why?
Console.WriteLine(verdict.IsTrusted ? "trusted" : "not trusted");
foreach (SignedByKey signer in verdict.Evidence.OfType<SignedByKey>())
{
    Console.WriteLine($"signed by {signer.Signer}, sha256:{signer.Fingerprint}");
}

foreach (Finding finding in verdict.Findings)
{
    Console.WriteLine($"{finding.Reason.Code}: {finding.Reason.Meaning}");
}

return verdict.IsTrusted ? 0 : 1;
