using System.Security.Cryptography.X509Certificates;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Transparency;
using OfflineKit.X509;
using OfflineKit.Testing;

namespace OfflineKit.Tests.Transparency;

/// <summary>Every row of the corpus of signed certificate timestamps, with the reason of each refusal.</summary>
public sealed class SctCorpusTests
{
    private static readonly Dictionary<string, string?> Answers = new(StringComparer.Ordinal)
    {
        ["01-published-x509.sct"] = null,
        ["02-published-precert.sct"] = null,
        ["03-flip-version.sct"] = "sct.malformed",
        ["04-flip-log-id.sct"] = "sct.unknown-log",
        ["05-flip-timestamp.sct"] = "sct.signature-mismatch",
        ["06-flip-hash-alg.sct"] = "sct.algorithm-mismatch",
        ["07-flip-sig-alg.sct"] = "sct.algorithm-mismatch",
        ["08-flip-sig.sct"] = "sct.signature-mismatch",
        ["09-entry-type-swap.sct"] = "sct.signature-mismatch",
        ["10-trailing.sct"] = "sct.malformed",
        ["11-truncated.sct"] = "sct.malformed",
        ["12-extension-added.sct"] = "sct.signature-mismatch",
        ["13-wrong-log-key.sct"] = "sct.unknown-log",
        ["15-embedded-unknown-first.pem"] = null,
        ["17-embedded-empty-list.pem"] = "sct.malformed",
        ["19-embedded-trailing-in-list.pem"] = "sct.malformed",
        ["21-embedded-x509-entry-type.pem"] = "sct.signature-mismatch",
        ["23-embedded-outside-validity.pem"] = "sct.outside-certificate-validity",
        ["25-embedded-sha1.pem"] = "sct.algorithm-mismatch",
    };

    [SharedFact("corpora")]
    public void Every_row_ends_as_expected()
    {
        List<string> wrong = [];
        List<Dictionary<string, string>> rows = Corpora.Manifest("ct-sct");
        foreach (Dictionary<string, string> row in rows)
        {
            string? seen = Answer(row)?.Reason.Code, wanted = Answers[row["file"]];
            if (seen != wanted || (row["expect"] == "accept") != (wanted is null)) wrong.Add($"{row["file"]}: {seen ?? "accepted"}, wanted {wanted ?? "accepted"}");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(Answers.Count, rows.Count);
    }

    [SharedFact("corpora")]
    public void A_log_under_its_id_with_another_key_is_a_forgery()
    {
        TransparencyLog impostor = Log("own-log.pub.pem") with { Id = Log("log.pub.pem").Id };
        Result<TransparencyLog> seen = SignedCertificateTimestamp.Parse(Read("01-published-x509.sct")).Verify(LoggedCertificate.Whole(Read509("leaf.pem")), [impostor]);
        Assert.Equal("sct.signature-mismatch", seen.Finding?.Reason.Code);
    }

    [SharedFact("corpora")]
    public void The_window_of_a_log_is_closed_at_both_ends()
    {
        Certificate leaf = Read509("15-embedded-unknown-first.pem");
        TransparencyLog log = Log("own-log.pub.pem");
        DateTimeOffset time = Verify(leaf, log).Value!.Promises.Single().Time;
        TimeSpan millisecond = TimeSpan.FromMilliseconds(1);
        Assert.Null(Verify(leaf, log with { Validity = new Validity(time, time) }).Finding);
        Assert.Equal("sct.outside-log-window", Verify(leaf, log with { Validity = new Validity(time + millisecond, Until: null) }).Finding?.Reason.Code);
        Assert.Equal("sct.outside-log-window", Verify(leaf, log with { Validity = new Validity(From: null, time - millisecond) }).Finding?.Reason.Code);
        Assert.Equal(1, Verify(leaf, log).Value!.UnknownLogs);
    }

    [SharedFact("corpora")]
    public void A_trust_root_without_logs_and_a_certificate_without_timestamps_are_refused()
    {
        Certificate leaf = Read509("15-embedded-unknown-first.pem"), issuer = Read509("own-ca.pem");
        Assert.Equal("sct.no-logs", SctList.Verify(leaf, issuer.SubjectPublicKeyInfo, []).Finding?.Reason.Code);
        Assert.Equal("sct.missing", SctList.Verify(issuer, issuer.SubjectPublicKeyInfo, [Log("own-log.pub.pem")]).Finding?.Reason.Code);
    }

    [SharedFact("corpora")]
    public void Another_issuer_key_is_refused()
    {
        Certificate leaf = Read509("15-embedded-unknown-first.pem");
        Assert.Equal("sct.signature-mismatch", SctList.Verify(leaf, leaf.SubjectPublicKeyInfo, [Log("own-log.pub.pem")]).Finding?.Reason.Code);
    }

    [SharedFact("corpora")]
    public void No_changed_byte_of_a_timestamp_is_accepted_and_none_crashes()
    {
        byte[] good = Read("01-published-x509.sct");
        LoggedCertificate leaf = LoggedCertificate.Whole(Read509("leaf.pem"));
        TransparencyLog log = Log("log.pub.pem");
        for (int i = 0; i < good.Length; i++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                byte[] changed = [.. good];
                changed[i] ^= (byte)(1 << bit);
                Result<SignedCertificateTimestamp> parsed = Result.Parse(Reasons.MalformedSignature, () => SignedCertificateTimestamp.Parse(changed));
                Assert.False(parsed.Value?.Verify(leaf, [log]).Value is not null, $"byte {i}, bit {bit}");
            }
        }
    }

    private static Finding? Answer(Dictionary<string, string> row)
    {
        TransparencyLog log = Log(row["log_key"]);
        Certificate certificate = Read509(row["certificate"]);
        if (row["form"] == "embedded")
        {
            return Verify(certificate, log).Finding;
        }

        LoggedCertificate logged = row["form"] == "x509_entry"
            ? LoggedCertificate.Whole(certificate)
            : LoggedCertificate.Precertificate(certificate, IssuerKey(row["issuer"]));
        Result<SignedCertificateTimestamp> parsed = Result.Parse(Reasons.MalformedSignature, () => SignedCertificateTimestamp.Parse(Read(row["file"])));
        return parsed.Value is { } timestamp ? timestamp.Verify(logged, [log]).Finding : parsed.Finding;
    }

    private static Result<VerifiedPromises> Verify(Certificate leaf, TransparencyLog log) =>
        SctList.Verify(leaf, Read509("own-ca.pem").SubjectPublicKeyInfo, [log]);

    private static TransparencyLog Log(string file)
    {
        KeyMaterial key = SubjectPublicKeyInfo.Parse(Pem.ParseOne(Read(file), "log key").Content.Span);
        return new TransparencyLog(file, OfflineKit.Crypto.PublicKey.Bind(key, SignatureScheme.EcdsaSha256), Digest.Sha256(key.Spki.Span).Bytes.ToArray(), Validity.Always, "test root");
    }

    // The published authority has serial number 0, which our own reader refuses; only its key is wanted here.
    private static byte[] IssuerKey(string file)
    {
        using X509Certificate2 issuer = X509CertificateLoader.LoadCertificate(Pem.ParseOne(Read(file), file).Content.Span);
        return issuer.PublicKey.ExportSubjectPublicKeyInfo();
    }

    private static Certificate Read509(string file) => Certificate.ParsePem(Read(file), file);

    private static byte[] Read(string file) => File.ReadAllBytes(Path.Combine(Corpora.Folder("ct-sct"), file));
}
