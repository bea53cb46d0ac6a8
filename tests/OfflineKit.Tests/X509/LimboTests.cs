using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using OfflineKit.Encoding;
using OfflineKit.X509;
using OfflineKit.Testing;

namespace OfflineKit.Tests.X509;

/// <summary>Path validation answers as x509-limbo wants, or limbo-exceptions.tsv says why not and with which reason.</summary>
public sealed class LimboTests
{
    private static readonly CertificatePurpose ServerAuth = new("1.3.6.1.5.5.7.3.1", "server authentication");
    private static readonly CertificatePurpose ClientAuth = new("1.3.6.1.5.5.7.3.2", "client authentication");

    [SharedFact("corpora")]
    public void Every_marked_case_ends_as_expected_or_as_excepted()
    {
        Dictionary<string, JsonElement> cases = Cases();
        Dictionary<string, string> exceptions = Exceptions();
        List<string> wrong = [];
        int run = 0;
        foreach (Dictionary<string, string> row in Rows())
        {
            run++;
            string id = row["id"];
            string seen = Answer(cases[id]) is { } finding ? finding.Reason.Code : "SUCCESS";
            bool agrees = row["expected"] == "SUCCESS" == (seen == "SUCCESS");
            bool excepted = exceptions.Remove(id, out string? wanted);
            if (excepted && agrees) wrong.Add($"{id}: the exception is stale");
            if (excepted ? seen != wanted : !agrees) wrong.Add($"{id}: {seen}, wanted {wanted ?? row["expected"]}");
        }

        wrong.AddRange(exceptions.Keys.Select(id => $"{id}: an exception for no case"));
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(109 + 24, run);
    }

    [SharedTheory("corpora")]
    [InlineData("cve::cve-2025-61727", "cert.name-constraint")]
    [InlineData("invalid::invalid-issuer-key", "cert.unsupported-signature")]
    [InlineData("pathlen::intermediate-violates-pathlen-0", "cert.path-too-long")]
    [InlineData("pathlen::max-chain-depth-1-exhausted", "cert.path-too-long")]
    [InlineData("pathological::intermediate-cycle-distinct-cas", "cert.untrusted-issuer")]
    [InlineData("rfc5280::aki::leaf-missing-aki", "cert.bad-profile")]
    [InlineData("rfc5280::ski::critical-ski", "cert.bad-profile")]
    [InlineData("rfc5280::ski::root-missing-ski", "cert.bad-profile")]
    [InlineData("rfc5280::eku::ee-wrong-eku", "cert.wrong-purpose")]
    [InlineData("rfc5280::eku::ee-eku-empty", "cert.malformed")]
    [InlineData("rfc5280::nc::permitted-dns-mismatch", "cert.name-constraint")]
    [InlineData("rfc5280::nc::permitted-dns-match-noncritical", "cert.bad-profile")]
    [InlineData("rfc5280::nc::excluded-dn-match", "cert.name-constraint")]
    [InlineData("rfc5280::nc::nc-permits-email-literal-asterisk-rejects-user", "cert.name-constraint")]
    [InlineData("rfc5280::nc::not-allowed-in-ee-critical", "cert.bad-profile")]
    [InlineData("rfc5280::san::malformed", "cert.malformed")]
    [InlineData("rfc5280::serial::zero", "cert.malformed")]
    [InlineData("rfc5280::serial::negative", "cert.malformed")]
    [InlineData("rfc5280::validity::expired-root", "cert.expired")]
    [InlineData("rfc5280::validity::expired-leaf", "cert.expired")]
    [InlineData("rfc5280::validity::notbefore-fractional", "cert.not-yet-valid")]
    [InlineData("rfc5280::unknown-critical-extension-ee", "cert.unknown-critical-extension")]
    [InlineData("rfc5280::unknown-critical-extension-root", "cert.unknown-critical-extension")]
    [InlineData("rfc5280::chain-untrusted-root", "cert.untrusted-issuer")]
    [InlineData("rfc5280::intermediate-ca-without-ca-bit", "cert.not-a-ca")]
    [InlineData("rfc5280::root-inconsistent-ca-extensions", "cert.malformed")]
    [InlineData("rfc5280::root-non-critical-basic-constraints", "cert.not-a-ca")]
    [InlineData("rfc5280::leaf-ku-keycertsign", "cert.wrong-purpose")]
    [InlineData("rfc5280::duplicate-extensions", "cert.malformed")]
    [InlineData("webpki::forbidden-weak-rsa-in-leaf", "cert.unsupported-signature")]
    [InlineData("webpki::explicit-curve", "cert.unsupported-signature")]
    public void A_case_is_refused_for_its_own_reason(string id, string code) => Assert.Equal(code, Answer(Cases()[id])?.Reason.Code);

    private static Finding? Answer(JsonElement test)
    {
        Result<Certificate> leaf = Result.Parse(CertificateReasons.Malformed, () => Read(test.GetProperty("peer_certificate")));
        if (leaf.Value is null) return leaf.Finding;
        // Cases without a time hold at any time from 1970 to 2969.
        string time = test.GetProperty("validation_time").GetString() ?? "2024-01-01T00:00:00Z";
        PathBudget budget = test.GetProperty("max_chain_depth") is { ValueKind: JsonValueKind.Number } depth
            ? new PathBudget { Intermediates = depth.GetInt32() }
            : new PathBudget();
        Finding? broken = null;
        return CertificatePath.Validate(
            leaf.Value,
            All(test.GetProperty("untrusted_intermediates"), ref broken),
            All(test.GetProperty("trusted_certs"), ref broken),
            DateTimeOffset.Parse(time, CultureInfo.InvariantCulture),
            test.GetProperty("extended_key_usage").EnumerateArray().Any(usage => usage.GetString() == "clientAuth") ? ClientAuth : ServerAuth,
            budget) is { Finding: { } finding } ? broken ?? finding : null;
    }

    // A certificate that does not parse is none; its fault is the better reason when no path is found.
    private static ImmutableArray<Certificate> All(JsonElement certificates, ref Finding? broken)
    {
        List<Certificate> all = [];
        foreach (JsonElement certificate in certificates.EnumerateArray())
        {
            Result<Certificate> parsed = Result.Parse(CertificateReasons.Malformed, () => Read(certificate));
            if (parsed.Value is { } read) all.Add(read);
            broken ??= parsed.Finding;
        }

        return [.. all];
    }

    private static Certificate Read(JsonElement pem) => Certificate.ParsePem(System.Text.Encoding.UTF8.GetBytes(pem.GetString()!), "certificate");

    private static IEnumerable<Dictionary<string, string>> Rows() => Corpora.Manifest("x509-limbo", "SUBSET.tsv")
        .Where(row => row["relevance_for_fulcio_chain"].StartsWith("use", StringComparison.Ordinal) || row["relevance_for_fulcio_chain"].StartsWith("review", StringComparison.Ordinal));

    private static Dictionary<string, JsonElement> Cases()
    {
        using GZipStream stream = new(File.OpenRead(Path.Combine(Corpora.Folder("x509-limbo"), "limbo-no-bettertls.json.gz")), CompressionMode.Decompress);
        return JsonDocument.Parse(stream).RootElement.GetProperty("testcases").EnumerateArray()
            .ToDictionary(test => test.GetProperty("id").GetString()!, StringComparer.Ordinal);
    }

    private static Dictionary<string, string> Exceptions()
    {
        Dictionary<string, string> exceptions = new(StringComparer.Ordinal);
        using Stream stream = typeof(LimboTests).Assembly.GetManifestResourceStream("limbo-exceptions.tsv")!;
        using StreamReader reader = new(stream, System.Text.Encoding.UTF8);
        foreach (string line in reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith('#')))
        {
            string[] cells = line.Split('\t');
            Assert.True(cells.Length == 3 && cells[2].Length > 10, $"limbo-exceptions.tsv: wanted id, answer, reason: {line}");
            exceptions.Add(cells[0], cells[1]);
        }

        return exceptions;
    }
}
