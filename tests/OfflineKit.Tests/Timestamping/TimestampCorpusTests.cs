using OfflineKit.Encoding;
using OfflineKit.Timestamping;
using OfflineKit.X509;
using OfflineKit.Testing;

namespace OfflineKit.Tests.Timestamping;

/// <summary>Every row of the corpus of timestamps, with the reason of each refusal.</summary>
public sealed class TimestampCorpusTests
{
    [SharedTheory("corpora")]
    [InlineData("tok/01-ec-sha256-cert.tsr", "data.bin", "2026-11-22T01:45:21Z")]
    [InlineData("tok/03-p384-sha384-cert.tsr", "data.bin", "accepted")]
    [InlineData("tok/04-no-cert-in-token.tsr", "data.bin", "timestamp.missing-signer")]
    [InlineData("tok/06-policy-2.tsr", "data.bin", "accepted")]
    [InlineData("tok/01-ec-sha256-cert.token.der", "data.bin", "2026-11-22T01:45:21Z")]
    [InlineData("tok/08a-no-tsa-name.tsr", "data.bin", "accepted")]
    [InlineData("tok/08-sha1-imprint.tsr", "data.bin", "timestamp.weak-imprint")]
    [InlineData("tok/09-eku-not-critical.token.der", "data.bin", "cert.wrong-purpose")]
    [InlineData("tok/11-eku-multiple.token.der", "data.bin", "cert.wrong-purpose")]
    [InlineData("tok/26-signer-expired-today-valid-at-gentime.token.der", "data.bin", "2019-06-01T12:00:00Z")]
    [InlineData("tok/23-no-ess-signing-cert.token.der", "data.bin", "timestamp.missing-signing-certificate")]
    [InlineData("tok/25-two-signers.token.der", "data.bin", "timestamp.several-signers")]
    [InlineData("tok/13-signature-flip.tsr", "data.bin", "timestamp.signature-mismatch")]
    [InlineData("tok/15-gentime-changed.tsr", "data.bin", "timestamp.signature-mismatch")]
    [InlineData("tok/17-truncated.tsr", "data.bin", "timestamp.malformed")]
    [InlineData("tok/19-text.tsr", "data.bin", "timestamp.malformed")]
    [InlineData("tok/01-ec-sha256-cert.tsr", "data2.bin", "timestamp.imprint-mismatch")]
    [InlineData("tok/27-tsa-name-mismatch.token.der", "data.bin", "timestamp.authority-name-mismatch")]
    public void A_token_ends_as_expected(string file, string data, string wanted)
    {
        Result<VerifiedTime> seen = Tokens.Verify(Tokens.Read(file), Tokens.Read(data), Tokens.Authority());
        string answer = seen.Finding?.Reason.Code
            ?? (wanted == "accepted" ? wanted : seen.Value!.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(wanted, answer);
    }

    [SharedFact("corpora")]
    public void No_row_of_the_corpus_is_left_out()
    {
        HashSet<string> tested = [.. typeof(TimestampCorpusTests).GetMethod(nameof(A_token_ends_as_expected))!
            .GetCustomAttributes(typeof(InlineDataAttribute), inherit: false).Cast<InlineDataAttribute>().Select(row => $"{row.Data[0]} {row.Data[1]}")];
        Assert.Equal([], Corpora.Manifest("rfc3161").Select(row => $"{row["file"]} {row["verify_against"].Split(',')[0]}").Where(row => !tested.Contains(row)));
    }
}

/// <summary>Tokens and authorities of the corpus.</summary>
internal static class Tokens
{
    public static byte[] Read(string file) => File.ReadAllBytes(Path.Combine(Corpora.Folder("rfc3161"), file));

    public static TimestampAuthority Authority() =>
        new("test authority", [Certificate.ParsePem(Read("root.pem"), "root")], Validity.Always, "test root");

    public static Result<VerifiedTime> Verify(byte[] token, byte[] data, params TimestampAuthority[] authorities)
    {
        Result<TimestampToken> parsed = Result.Parse(TimestampReasons.Malformed, () => TimestampToken.Parse(token));
        return parsed.Value is { } read ? read.Verify(data, [.. authorities], new PathBudget()) : new Result<VerifiedTime>(Value: null, parsed.Finding);
    }
}
