using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Transparency;
using OfflineKit.X509;
using OfflineKit.Testing;

namespace OfflineKit.Tests.X509;

/// <summary>Real certificates of the public Sigstore instance, from the bundles of CPython releases.</summary>
public sealed class FulcioTests
{
    private static readonly JsonElement Root = Json(Path.Combine(Corpora.Folder("trust-roots"), "production-trusted_root.json"));

    [SharedFact("corpora")]
    public void Every_real_leaf_leads_to_the_root_and_was_logged()
    {
        List<Certificate> leaves = Leaves();
        Assert.Equal(40, leaves.Count);
        foreach (Certificate leaf in leaves)
        {
            ImmutableArray<Certificate> chain = Chains("certificateAuthorities")[^1];
            VerifiedPath path = Verify(leaf, chain, leaf.Validity.From!.Value).Value!;
            Assert.Equal(3, path.Certificates.Length);
            Assert.True(SctList.Verify(leaf, path.Issuer.SubjectPublicKeyInfo, Logs()).Value?.Promises.Length > 0);
        }
    }

    [SharedFact("corpora")]
    public void A_leaf_is_valid_in_both_of_its_last_seconds_and_not_beyond()
    {
        Certificate leaf = Leaves()[0];
        ImmutableArray<Certificate> chain = Chains("certificateAuthorities")[^1];
        DateTimeOffset from = leaf.Validity.From!.Value, until = leaf.Validity.Until!.Value;
        TimeSpan second = TimeSpan.FromSeconds(1);
        Assert.Null(Verify(leaf, chain, from).Finding);
        Assert.Null(Verify(leaf, chain, until).Finding);
        Assert.Equal("cert.not-yet-valid", Verify(leaf, chain, from - second).Finding?.Reason.Code);
        Assert.Equal("cert.expired", Verify(leaf, chain, until + second).Finding?.Reason.Code);
    }

    [SharedFact("corpora")]
    public void An_intermediate_may_be_the_anchor()
    {
        Certificate leaf = Leaves()[0], intermediate = Chains("certificateAuthorities")[^1][0];
        Assert.Equal(2, Verify(leaf, [intermediate], leaf.Validity.From!.Value).Value!.Certificates.Length);
    }

    [SharedFact("corpora")]
    public void The_links_of_a_trusted_chain_are_verified_unless_they_were_before()
    {
        Certificate leaf = Leaves()[0], intermediate = Chains("certificateAuthorities")[^1][0], anchor = Chains("certificateAuthorities")[^1][^1];
        byte[] der = intermediate.Der.ToArray();
        der[^1] ^= 1;
        Certificate unsigned = Certificate.Parse(der);
        DateTimeOffset time = leaf.Validity.From!.Value;
        Assert.Equal("cert.signature-mismatch", Verify(leaf, [unsigned, anchor], time).Finding?.Reason.Code);
        Assert.Equal(3, CertificatePath.Under([unsigned, anchor], [unsigned], leaf, time, CertificatePurpose.CodeSigning, new PathBudget()).Value!.Certificates.Length);

        // A copy that somebody hands over is no certificate of the chain; and the leaf is verified in any case.
        Assert.Equal("cert.signature-mismatch", CertificatePath.Validate(leaf, [unsigned], [anchor], time, CertificatePurpose.CodeSigning, new PathBudget()).Finding?.Reason.Code);
        der = leaf.Der.ToArray();
        der[^1] ^= 1;
        Assert.Equal("cert.signature-mismatch", CertificatePath.Under([unsigned, anchor], [unsigned], Certificate.Parse(der), time, CertificatePurpose.CodeSigning, new PathBudget()).Finding?.Reason.Code);
    }

    [SharedFact("corpora")]
    public void The_authority_of_another_instance_is_refused()
    {
        Certificate leaf = Leaves()[0];
        JsonElement staging = Json(Path.Combine(Corpora.Folder("trust-roots"), "staging-trusted_root.json"));
        ImmutableArray<Certificate> chain = Chains("certificateAuthorities", staging)[0];

        // Both instances use the same names: only the signature tells them apart.
        Assert.Equal("cert.signature-mismatch", Verify(leaf, chain, leaf.Validity.From!.Value).Finding?.Reason.Code);
    }

    [SharedFact("corpora")]
    public void The_platform_reads_the_same_names_serials_and_times()
    {
        foreach (Certificate leaf in Leaves())
        {
            using X509Certificate2 oracle = X509CertificateLoader.LoadCertificate(leaf.Der.Span);
            Assert.Equal(oracle.SubjectName.RawData, leaf.Subject.Der.ToArray());
            Assert.Equal(oracle.IssuerName.RawData, leaf.Issuer.Der.ToArray());
            Assert.Equal(oracle.SerialNumberBytes.ToArray(), leaf.Serial.ToArray());
            Assert.Equal(oracle.NotBefore.ToUniversalTime(), leaf.Validity.From!.Value.UtcDateTime);
            Assert.Equal(oracle.NotAfter.ToUniversalTime(), leaf.Validity.Until!.Value.UtcDateTime);
            Assert.Equal(oracle.PublicKey.ExportSubjectPublicKeyInfo(), leaf.SubjectPublicKeyInfo.ToArray());
        }
    }

    [SharedFact("corpora")]
    public void The_signer_and_the_issuer_of_the_identity_are_readable()
    {
        foreach (Certificate leaf in Leaves())
        {
            GeneralName name = leaf.Extensions.SubjectAlternativeNames.Single();
            Assert.True(name.Kind is GeneralNameKind.Email or GeneralNameKind.Uri);
            Assert.Matches("^(https://|[a-z0-9.]+@)", name.Text);
            Assert.StartsWith("https://", System.Text.Encoding.UTF8.GetString(leaf.Extensions.Find(CertificateExtension.FulcioArc + ".1")!.Value.Span), StringComparison.Ordinal);
        }
    }

    [SharedFact("corpora")]
    public void No_changed_byte_of_a_leaf_is_accepted_and_none_crashes()
    {
        Certificate leaf = Leaves()[0];
        ImmutableArray<Certificate> chain = Chains("certificateAuthorities")[^1];
        List<int> accepted = [];
        for (int i = 0; i < leaf.Der.Length; i++)
        {
            foreach (byte mask in (byte[])[0x01, 0x20, 0x80, 0xFF])
            {
                byte[] changed = leaf.Der.ToArray();
                changed[i] ^= mask;
                Result<Certificate> parsed = Result.Parse(CertificateReasons.Malformed, () => Certificate.Parse(changed));
                if (parsed.Value is { } read && Verify(read, chain, leaf.Validity.From!.Value).Value is not null) accepted.Add(i);
            }
        }

        Assert.Equal([], accepted);
    }

    private static Result<VerifiedPath> Verify(Certificate leaf, ImmutableArray<Certificate> chain, DateTimeOffset time) =>
        CertificatePath.Under(chain, linked: [], leaf, time, CertificatePurpose.CodeSigning, new PathBudget());

    private static List<Certificate> Leaves()
    {
        List<Certificate> leaves = [];
        foreach (string file in Directory.GetFiles(Corpora.Folder("cpython-releases"), "*.sigstore*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            JsonElement material = Json(file).GetProperty("verificationMaterial");
            JsonElement certificate = material.TryGetProperty("certificate", out JsonElement single)
                ? single
                : material.GetProperty("x509CertificateChain").GetProperty("certificates")[0];
            leaves.Add(Certificate.Parse(certificate.GetProperty("rawBytes").GetBytesFromBase64()));
        }

        return leaves;
    }

    private static List<ImmutableArray<Certificate>> Chains(string member, JsonElement? root = null) =>
        [.. (root ?? Root).GetProperty(member).EnumerateArray().Select(authority => authority.GetProperty("certChain").GetProperty("certificates").EnumerateArray()
            .Select(certificate => Certificate.Parse(certificate.GetProperty("rawBytes").GetBytesFromBase64())).ToImmutableArray())];

    private static ImmutableArray<TransparencyLog> Logs() =>
        [.. Root.GetProperty("ctlogs").EnumerateArray().Select(log =>
        {
            KeyMaterial key = SubjectPublicKeyInfo.Parse(log.GetProperty("publicKey").GetProperty("rawBytes").GetBytesFromBase64());
            JsonElement window = log.GetProperty("publicKey").GetProperty("validFor");
            return new TransparencyLog(
                log.GetProperty("baseUrl").GetString()!,
                OfflineKit.Crypto.PublicKey.Bind(key, SignatureScheme.EcdsaSha256),
                log.GetProperty("logId").GetProperty("keyId").GetBytesFromBase64(),
                new Validity(Time(window, "start"), Time(window, "end")),
                "production");
        })];

    private static DateTimeOffset? Time(JsonElement window, string member) =>
        window.TryGetProperty(member, out JsonElement time) ? DateTimeOffset.Parse(time.GetString()!, CultureInfo.InvariantCulture) : null;

    private static JsonElement Json(string file) => JsonDocument.Parse(File.ReadAllBytes(file)).RootElement;
}
