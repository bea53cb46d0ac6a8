using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using OfflineKit.Encoding;
using OfflineKit.Timestamping;
using OfflineKit.X509;
using OfflineKit.Testing;

namespace OfflineKit.Tests.Timestamping;

/// <summary>Tokens of real and staged authorities, from the bundles that a correct verifier accepts.</summary>
public sealed class RealTokenTests
{
    [SharedFact("corpora")]
    public void Every_token_of_an_accepted_bundle_gives_a_time()
    {
        int tokens = 0;
        foreach (Dictionary<string, string> row in Corpora.Manifest("sigstore-conformance").Where(row => row["expected"] == "pass"))
        {
            string file = Path.Combine(Corpora.Folder("sigstore-conformance"), row["path"]);
            JsonElement bundle = Json(file), material = bundle.GetProperty("verificationMaterial");
            if (!material.TryGetProperty("timestampVerificationData", out JsonElement stamps) || !stamps.TryGetProperty("rfc3161Timestamps", out JsonElement list)) continue;
            foreach (JsonElement stamp in list.EnumerateArray())
            {
                TimestampToken token = TimestampToken.Parse(stamp.GetProperty("signedTimestamp").GetBytesFromBase64());
                Result<VerifiedTime> time = token.Verify(Signature(bundle), Authorities(file), new PathBudget());
                Assert.True(time.Value is not null || time.Finding!.Reason.Code == "timestamp.unknown-authority", $"{row["path"]}: {time.Finding}");
                tokens += time.Value is null ? 0 : 1;
            }
        }

        Assert.True(tokens >= 5, $"{tokens} tokens verified");
    }

    private static byte[] Signature(JsonElement bundle) => bundle.TryGetProperty("messageSignature", out JsonElement message)
        ? message.GetProperty("signature").GetBytesFromBase64()
        : bundle.GetProperty("dsseEnvelope").GetProperty("signatures")[0].GetProperty("sig").GetBytesFromBase64();

    private static ImmutableArray<TimestampAuthority> Authorities(string bundle)
    {
        string own = Path.Combine(Path.GetDirectoryName(bundle)!, "trusted_root.json");
        JsonElement root = Json(File.Exists(own) ? own : Path.Combine(Corpora.Folder("trust-roots"), "production-trusted_root.json"));
        return root.TryGetProperty("timestampAuthorities", out JsonElement authorities)
            ? [.. authorities.EnumerateArray().Select(Authority)]
            : [];
    }

    private static TimestampAuthority Authority(JsonElement authority)
    {
        Validity validity = authority.TryGetProperty("validFor", out JsonElement window) ? new Validity(Time(window, "start"), Time(window, "end")) : Validity.Always;
        return new TimestampAuthority(
            authority.TryGetProperty("uri", out JsonElement uri) ? uri.GetString()! : "no uri",
            [.. authority.GetProperty("certChain").GetProperty("certificates").EnumerateArray().Select(certificate => Certificate.Parse(certificate.GetProperty("rawBytes").GetBytesFromBase64()))],
            validity,
            "corpus");
    }

    private static DateTimeOffset? Time(JsonElement window, string member) =>
        window.TryGetProperty(member, out JsonElement time) ? DateTimeOffset.Parse(time.GetString()!, CultureInfo.InvariantCulture) : null;

    private static JsonElement Json(string file) => JsonDocument.Parse(File.ReadAllBytes(file)).RootElement;
}
