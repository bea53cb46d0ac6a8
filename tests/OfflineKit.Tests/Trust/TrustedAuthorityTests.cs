using System.Security.Cryptography.X509Certificates;
using OfflineKit.Crypto;
using OfflineKit.Trust;
using OfflineKit.X509;

namespace OfflineKit.Tests.Trust;

/// <summary>A key that a certificate brings is revoked like any other: by itself, by its certificate, or by whoever issued it.</summary>
public sealed class TrustedAuthorityTests
{
    [Theory]
    [InlineData("nothing", true)]
    [InlineData("key", false)]
    [InlineData("certificate", false)]
    [InlineData("issuer's key", false)]
    [InlineData("issuer's certificate", false)]
    public void Whatever_of_the_path_is_revoked_the_key_does_not_count(string revoked, bool counts)
    {
        using X509Certificate2 issuer = TestCertificates.Authority("kits authority");
        Certificate anchor = Certificate.Parse(issuer.RawData), leaf = Certificate.Parse(TestCertificates.Leaf(issuer));
        VerifiedPath path = CertificatePath.Validate(leaf, [], [anchor], TestCertificates.From, CertificatePurpose.CodeSigning, new PathBudget()).Value!;
        string entry = revoked switch
        {
            "key" => $"\"fingerprint\":\"{KeyOf(leaf)}\"",
            "certificate" => $"\"certificate\":\"{leaf.Fingerprint}\"",
            "issuer's key" => $"\"fingerprint\":\"{KeyOf(anchor)}\"",
            "issuer's certificate" => $"\"certificate\":\"{anchor.Fingerprint}\"",
            _ => $"\"fingerprint\":\"{new string('0', 64)}\"",
        };
        RevocationList list = RevocationList.Parse(System.Text.Encoding.UTF8.GetBytes($$"""{"version":1,"revoked":[{{{entry}},"reason":"stolen"}]}"""));
        TrustStore store = TrustStore.Empty.WithAuthority(new TrustedAuthority(anchor, "--ca test")).Without(list);
        TrustedKey key = TrustedAuthority.KeyOf(path, store.Authorities);
        Assert.Equal("--ca test", key.Root);
        Assert.Equal("CN=signer", key.Name);
        string? reason = KeyJudgement.Of(key, SignatureScheme.EcdsaSha256, new SignatureFacts("dsse"), new VerificationContext(store, Expectations.None, TestCertificates.From))?.Reason.Code;
        Assert.True(counts ? reason is null : reason?.StartsWith("key.revoked", StringComparison.Ordinal) == true, reason);
    }

    private static string KeyOf(Certificate certificate) => Digest.Sha256(certificate.SubjectPublicKeyInfo.Span).Hex;
}
