using OfflineKit.Policy;
using OfflineKit.Testing;
using OfflineKit.Trust;

namespace OfflineKit.Tests;

/// <summary>What holds for the verdict on any format.</summary>
public sealed class VerifierTests
{
    /// <summary>A good document of every format that carries its own signature, its key, and the content that it signs, where that is a file of its own.</summary>
    public static TheoryData<string, string, string> Documents { get; } = new()
    {
        { "dossier/kms/demo.ds.md", "dossier/_keys/team.pem", "dossier" },
        { "codesentinel/aws-kms/gate.csevent.json", "codesentinel/_keys/p256.pem", "codesentinel" },
        { "codesentinel/log-signed/gates.jsonl", "codesentinel/_keys/p256.pem", "codesentinel" },
        { "signify/embedded/a.sig", "signify/_keys/alice.pub", "signify-embedded" },
        { "openpgp/clearsigned/a.asc", "openpgp/_keys/ed.asc", "openpgp-clearsigned" },
        { "cms/opaque/a.txt.p7m", "cms/_keys/build-p256.pem", "cms-signed" },
        { "dsse/attestation-alone/env.json", "dsse/_keys/one.pem", "dsse" },
        { "jws/rfc7515-a4-es512/a.jwt", "jws/rfc7515-a4-es512/key.jwk", "jws" },
    };

    [Theory]
    [MemberData(nameof(Documents))]
    public void A_document_that_carries_its_content_is_the_signature_of_no_other_file(string document, string key, string format)
    {
        Assert.True(Verify(document, key, format, artifact: null).IsTrusted);
        Verdict beside = Verify(document, key, format, Artifact.FromBytes("evil.sh", "evil\n"u8.ToArray()));
        Assert.False(beside.IsTrusted);
        Assert.Contains(beside.Findings[0].Reason.Code, (string[])["artifact.self-contained", "codesentinel.separate-artifact", "statement.artifact-not-subject", "dsse.payload-mismatch"]);
    }

    [Fact]
    public void Every_format_that_carries_its_own_signature_is_among_them() =>
        Assert.Equal(
            KnownFormats.All.Where(format => format.IsSelfContained).Select(format => format.Name).Order(StringComparer.Ordinal),
            Documents.Select(row => row.Data.Item3).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void The_content_that_a_document_carries_is_verified_by_it()
    {
        byte[] message = File.ReadAllBytes(Repository.Path("tests", "vectors", "signify", "embedded", "a.txt"));
        Assert.True(Verify("signify/embedded/a.sig", "signify/_keys/alice.pub", "signify-embedded", Artifact.FromBytes("a.txt", message)).IsTrusted);
        Assert.False(Verify("signify/embedded/a.sig", "signify/_keys/alice.pub", "signify-embedded", Artifact.FromBytes("a.txt", (byte[])[.. message, (byte)'\n'])).IsTrusted);
    }

    [Fact]
    public void A_signature_without_its_artefact_is_refused() =>
        Assert.Equal("artifact.missing", Verify("minisign/crlf-lines/a.txt.minisig", "minisign/_keys/alice.pub", "minisign", artifact: null).Findings[0].Reason.Code);

    private static Verdict Verify(string document, string key, string format, Artifact? artifact)
    {
        TrustStore trust = new() { Keys = [KeyFile.Parse(Read(key), "key", "test")] };
        return Verifier.Verify(new VerificationRequest(artifact, Read(document), new VerificationContext(trust, Expectations.None, StatedTime: null), SignaturePolicy.AnyPinnedSigner)
        {
            Format = KnownFormats.ByName(format),
        });
    }

    private static byte[] Read(string path) => File.ReadAllBytes(Repository.Path("tests", "vectors", path));
}
