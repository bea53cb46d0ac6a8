using System.Text.Json;
using System.Text.RegularExpressions;
using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests;

/// <summary>The report's page as people meet it: in a browser, with a screen reader, on paper, and when there is very much of it.</summary>
public sealed partial class ReportPageTests : IDisposable
{
    private static readonly string LongName = string.Concat(Enumerable.Repeat("a-very-long-name-without-a-blank", 8));
    private readonly string _folder = Directory.CreateTempSubdirectory("offlinekit-page-").FullName;

    [Fact]
    public async Task A_browser_shows_headings_tables_with_headers_and_nothing_from_elsewhere()
    {
        Write([.. Rows(40), Row(LongName + ".tar", "valid"), Row("evil/<script>alert(1)</script>" + LongName, "invalid"), Row("feeds/new.json", "invalid"), Row("feeds/unsigned.json", "error")]);
        await using Browser browser = await Browser.OpenAsync(In("o.html"), _folder);
        List<(string Role, string Name, int Level)> tree = await browser.TreeAsync();
        Assert.Equal(["Not all files are trusted"], Headings(tree, 1));
        Assert.Equal(["Counts", "What failed, and what to do next", "What was asked", "Who signed what", "When it was signed", "Trust roots and their age", "Trusted files"], Headings(tree, 2));
        Assert.Equal(6, tree.Count(node => node.Role == "table"));
        Assert.All(["Next step", "Reason", "Signed by", "Key or issuer", "Age in days"], name => Assert.Contains(tree, node => node.Role == "columnheader" && node.Name == name));
        Assert.Contains(tree, node => node.Role == "rowheader" && node.Name.StartsWith("evil/<script>", StringComparison.Ordinal));
        Assert.Contains(tree, node => node.Role == "image" && node.Name.Contains("signing times from", StringComparison.Ordinal));
        Assert.Contains(tree, node => node.Role == "main");
        Assert.Equal([$"file://{In("o.html")}"], browser.Requests);
        Assert.Empty(browser.Complaints);
        foreach (int width in (int[])[1280, 380])
        {
            byte[] picture = await browser.PictureAsync(width, "screen");
            Assert.True(picture.Length > 10_000, $"{picture.Length} bytes");
            Assert.True(await browser.OverhangAsync() <= 0, $"the page is wider than {width} pixels");
            Keep($"report-{width}.png", picture);
        }

        Keep("report-print.png", await browser.PictureAsync(800, "print"));
        byte[] paper = await browser.PaperAsync();
        Assert.StartsWith("%PDF-", System.Text.Encoding.ASCII.GetString(paper, 0, 5), StringComparison.Ordinal);
        Keep("report.pdf", paper);
    }

    [Fact]
    public void Of_very_many_results_every_failure_is_shown_the_rest_is_grouped_and_the_data_are_whole()
    {
        const int Failed = 3000, Valid = 5000;
        Write([.. Enumerable.Range(0, Failed).Select(i => Row($"bad/{i}.json", "invalid")), .. Rows(Valid)]);
        string html = File.ReadAllText(In("o.html"));
        Assert.Equal(Failed, Regex.Count(html, "<tr><th scope=\"row\">bad/[0-9]+[.]json"));
        Assert.Contains("All 3,000 files that are not trusted", html, StringComparison.Ordinal);
        Assert.Contains("5,000 files, too many to list: grouped by folder, format and signer. Each file is in the data of this page", html, StringComparison.Ordinal);
        Assert.Equal(5, Regex.Count(html, "<tr><th scope=\"row\">feeds/[0-9]</th>"));
        Assert.Equal(Failed + Valid, JsonDocument.Parse(Data().Match(html).Groups["json"].Value).RootElement.GetArrayLength());
    }

    [Fact]
    public void What_even_groups_leave_out_is_counted()
    {
        Write([.. Enumerable.Range(0, 2500).Select(i => Row($"folder-{i}/a", "valid", $"signer {i}"))]);
        string html = File.ReadAllText(In("o.html"));
        Assert.Contains("the largest 2,000 of 2,500 groups, the others have 500 files", html, StringComparison.Ordinal);
        Assert.Contains("the largest 2,000 of 2,500 signers, the others have 500 files", html, StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // Whoever builds may look at them.
    private static void Keep(string name, byte[] content) =>
        File.WriteAllBytes(Path.Combine(Directory.CreateDirectory(Repository.Path("artifacts", "pictures")).FullName, name), content);

    private static IEnumerable<string> Headings(List<(string Role, string Name, int Level)> tree, int level) =>
        tree.Where(node => node.Role == "heading" && node.Level == level).Select(node => node.Name);

    private static IEnumerable<string> Rows(int count) => Enumerable.Range(0, count).Select(i => Row($"feeds/{i % 5}/{i:D5}.json", "valid"));

    // A line as `verify --batch` writes it: docs/spec/results.md.
    private static string Row(string path, string status, string signer = "release.pub")
    {
        object? report = status == "error" ? null : new
        {
            trusted = status == "valid",
            format = "minisign",
            artifact = new { name = path, size = 10240 + path.Length, digests = new[] { $"sha256:{new string('a', 64)}" } },
            signature = path + ".minisig",
            evidence = status != "valid" ? [] : new object[]
            {
                new { kind = "signed-by-key", signer, fingerprint = new string('b', 64), scheme = "ED25519_SHA_512", root = "--key release.pub" },
                new { kind = "signed-at", time = $"2026-0{1 + (path[^6] % 9)}-1{path.Length % 10}T08:30:00Z", authority = "tsa" },
            },
            findings = status == "valid" ? [] : new object[]
            {
                new { reason = "signature.mismatch", meaning = "the signature does not fit the artefact and the key", nextStep = "do not use the artefact; fetch artefact and signature again from the source", detail = $"the signature does not verify under key \"release.pub\" ({LongName})" },
            },
            trustRoots = new[] { new { name = "release-2026", source = "https://example.org/keys", retrievedOn = "2026-01-15" } },
        };
        return JsonSerializer.Serialize(report is null
            ? new { path, status, files = Array.Empty<object>(), error = (object)new { code = "path-not-found", message = $"artefact {path} does not exist" } }
            : (object)new { path, status, files = Array.Empty<object>(), report });
    }

    private void Write(IReadOnlyCollection<string> rows)
    {
        File.WriteAllLines(In("results"),
        [
            """{"results":"offlinekit","version":1,"engine":"0.1.0","startedAt":"2026-11-22T08:30:00Z","question":"sha256:00"}""",
            .. rows,
            $$$"""{"summary":{"complete":true,"total":{{{rows.Count}}}}}""",
        ]);
        Execution run = Client.Run(["report", "results", "--html", "o.html"], _folder);
        Assert.True(File.Exists(In("o.html")), run.Everything);
    }

    private string In(string name) => Path.Combine(_folder, name);

    [GeneratedRegex("id=\"results\">(?<json>.*?)</script>", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Data();
}
