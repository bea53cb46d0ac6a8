using System.Text.Json;
using System.Text.RegularExpressions;
using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests;

/// <summary>One answer has the forms of a run of many: lines with header and summary, and the auditor's page.</summary>
public sealed partial class SingleRunTests : IDisposable
{
    private static readonly string Demo = Repository.Path("tests", "demo"), Vectors = Repository.Path("tests", "vectors");
    private readonly string _folder = Directory.CreateTempSubdirectory("offlinekit-single-").FullName;

    [Theory]
    [InlineData("verify export/tool-1.4.0.tar.gz --key keys/release.pub", 0)]
    [InlineData("verify export/tool-1.4.0.tar.gz --signature export/tool-1.4.0.tar.gz.minisig --key keys/release.pub", 0)]
    [InlineData("verify export/settings.conf --key keys/kms-release.pem", 1)]
    [InlineData("verify keys/release.pub --key keys/release.pub", 2)]
    [InlineData("verify-export feeds-2026.11.22.tar.zst --key keys/ada.pem --key keys/ben.pem --threshold 2", 0)]
    public void Lines_have_a_header_and_a_summary(string line, int exit)
    {
        Execution run = Client.Run([.. line.Split(' '), "--output", "ndjson"], Demo);
        Assert.True(run.ExitCode == exit, run.Everything);
        JsonElement[] said = [.. run.Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(text => JsonDocument.Parse(text).RootElement)];
        Assert.Equal(3, said.Length);
        Assert.Equal("offlinekit", said[0].GetProperty("results").GetString());
        Assert.Contains(said[0].GetProperty("asked").EnumerateArray(), asked => asked.GetString()!.StartsWith("--key keys/", StringComparison.Ordinal));
        Assert.True(said[2].GetProperty("summary").GetProperty("complete").GetBoolean());
        File.WriteAllText(Path.Combine(_folder, "results"), run.Stdout);
        Assert.Equal(exit, Client.Run(["report", "results", "--csv", "o.csv"], _folder).ExitCode);
    }

    [Theory]
    [InlineData("verify-export feeds-2026.11.22.tar.zst --key keys/ada.pem --key keys/ben.pem --threshold 2")]
    [InlineData("verify export/tool-1.4.0.tar.gz --key keys/release.pub")]
    public void The_page_says_what_was_asked_by_what_and_what_was_signed(string line)
    {
        string page = Path.Combine(_folder, "page.html");
        Execution json = Client.Run([.. line.Split(' '), "--output", "json"], Demo), run = Client.Run([.. line.Split(' '), "--html", page], Demo);
        Assert.True(run.ExitCode == 0 && run.Stdout.StartsWith("TRUSTED", StringComparison.Ordinal), run.Everything);
        string html = File.ReadAllText(page), shown = Data().Replace(html, "");
        JsonElement report = JsonDocument.Parse(json.Stdout).RootElement;
        string[] digests = [.. report.GetProperty("evidence").EnumerateArray().Where(proof => proof.GetProperty("kind").GetString() == "covers-artifact").Select(proof => proof.GetProperty("digest").GetString()!)];
        Assert.NotEmpty(digests);
        Assert.All(digests, digest => Assert.Contains(digest, shown, StringComparison.Ordinal));
        Assert.All(line.Split(' ').Where(word => word.StartsWith("keys/", StringComparison.Ordinal)), key => Assert.Contains($"--key {key}", shown, StringComparison.Ordinal));
        Assert.Contains("Policy: none was applied", shown, StringComparison.Ordinal);
        Assert.Contains("A verdict says who signed these bytes.", shown, StringComparison.Ordinal);
        string build = Client.Run(["--version"]).Stdout.Split('\n')[0]["offlinekit ".Length..];
        Assert.Contains($"with offlinekit {build.Replace("+", "&#x2B;", StringComparison.Ordinal)}, ", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_has_a_page()
    {
        string folder = Path.Combine(Vectors, "oci-image", "key"), page = Path.Combine(_folder, "page.html");
        string[] words = [.. File.ReadAllLines(Path.Combine(folder, "case.txt")).Single(line => line.StartsWith("args: ", StringComparison.Ordinal))[6..].Split(' '), "--html", page];
        Execution run = Client.Run(words, folder);
        Assert.True(run.ExitCode == 0, run.Everything);
        Assert.Contains("All files are trusted", File.ReadAllText(page), StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_replaces_nothing_else()
    {
        File.WriteAllText(Path.Combine(_folder, "mine"), "mine");
        Execution run = Client.Run(["verify-export", Path.Combine(Demo, "feeds-2026.11.22.tar.zst"), "--key", Path.Combine(Demo, "keys", "ada.pem"), "--html", "mine"], _folder);
        Assert.True(run.ExitCode == 2 && run.Stdout.Length == 0 && File.ReadAllText(Path.Combine(_folder, "mine")) == "mine", run.Everything);
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // What browsers only keep is not shown.
    [GeneratedRegex("<script.*?</script>", RegexOptions.Singleline)]
    private static partial Regex Data();
}
