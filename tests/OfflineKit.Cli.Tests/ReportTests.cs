using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using OfflineKit.Host;
using OfflineKit.Host.Results;
using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests;

/// <summary>Parts of lists, merged results, and reports that untrusted names cannot break.</summary>
public sealed partial class ReportTests : IDisposable
{
    private const string Hostile = "=x<b>&\"'<!--<script>.txt";
    private readonly string _folder = Directory.CreateTempSubdirectory("offlinekit-report-").FullName;
    private readonly string[] _key = ["--key", Repository.Path("tests", "vectors", "minisign", "_keys", "alice.pub")];

    [Fact]
    public void Every_entry_is_in_exactly_one_part_whatever_else_is_in_the_list()
    {
        string[] names = [.. Enumerable.Range(0, 300).Select(i => $"file {i}")];
        File.WriteAllLines(In("list"), names);
        File.WriteAllLines(In("half"), names.Take(150));
        List<string> together = [];
        for (int i = 0; i < 4; i++)
        {
            string[] part = Plain("list", i);
            Assert.InRange(part.Length, 40, 110);
            Assert.Equal(part.Where(name => Array.IndexOf(names, name) < 150), Plain("half", i));
            together.AddRange(part);
        }

        Assert.Equal(names.Order(StringComparer.Ordinal), together.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Merged_parts_are_the_whole_and_a_missing_part_is_named()
    {
        string[] names = [.. Enumerable.Range(0, 40).Select(i => $"f{i}.txt")];
        Array.ForEach(names, Copy);
        File.WriteAllLines(In("list"), names);
        for (int i = 0; i < 3; i++)
        {
            File.WriteAllText(In($"part{i}"), Run("shard", "list", "--of", "3", "--index", $"{i}").Stdout);
            File.WriteAllText(In($"results{i}"), Run(["verify", "--batch", $"part{i}", .. _key]).Stdout);
        }

        Execution whole = Run("report", "merge", "results2", "results0", "results1");
        Assert.Equal(0, whole.ExitCode);
        Assert.Equal(whole.Stdout, Run("report", "merge", "results0", "results1", "results2").Stdout);
        Assert.Contains("\"total\":40", whole.Stdout, StringComparison.Ordinal);
        Execution holed = Run("report", "merge", "results0", "results2");
        Assert.Equal(2, holed.ExitCode);
        Assert.Contains("1 of 3 parts are missing: 1", holed.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_contents_of_one_path_are_two_entries()
    {
        Copy("a.txt");
        File.WriteAllText(In("list"), "a.txt\n");
        File.WriteAllText(In("good"), Run(["verify", "--batch", "list", .. _key]).Stdout);
        File.AppendAllText(In("a.txt"), "x");
        File.WriteAllText(In("bad"), Run(["verify", "--batch", "list", .. _key]).Stdout);
        Execution merged = Run("report", "merge", "good", "bad");
        Assert.Equal(1, merged.ExitCode);
        Assert.Contains("\"total\":2,\"valid\":1,\"invalid\":1", merged.Stdout, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("merge", "results", "results.2")]
    [InlineData("merge", "results.2")]
    [InlineData("results.2", "--csv", "o.csv")]
    public void Two_lines_about_one_entry_are_no_results(params string[] words)
    {
        Results();
        string[] lines = File.ReadAllLines(In("results"));
        File.WriteAllLines(In("results.2"), [.. lines[..2], lines[1], .. lines[2..]]);
        Execution run = Run(["report", .. words]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("two lines are about \"a.txt\"", run.Stderr, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("merge", "cut")]
    [InlineData("cut", "--html", "o.html")]
    public void Results_that_lost_a_line_are_no_results(params string[] words)
    {
        Results();
        string[] lines = File.ReadAllLines(In("results"));
        File.WriteAllLines(In("cut"), [lines[0], .. lines[2..]]);
        Execution run = Run(["report", .. words]);
        Assert.Equal((2, ""), (run.ExitCode, run.Stdout));
        Assert.Contains("lines are lost, or were added", run.Stderr, StringComparison.Ordinal);
        Assert.False(File.Exists(In("o.html")));
    }

    [Theory]
    [InlineData(4, false, "its header says that it is a part of 4 entries")]
    [InlineData(2, false, "its header says that it is a part of 2 entries")]
    [InlineData(3, true, "there is something after the summary")]
    public void A_part_has_the_entries_that_its_header_says_and_one_summary(int entries, bool twice, string said)
    {
        Results();
        string[] lines = File.ReadAllLines(In("results"));
        lines[0] = $"{lines[0][..^1]},\"shard\":{{\"of\":1,\"index\":0,\"list\":\"sha256:{new string('0', 64)}\",\"entries\":{entries}}}}}";
        File.WriteAllLines(In("part"), twice ? [.. lines, lines[^1]] : lines);
        foreach (string[] words in (string[][])[["report", "part", "--csv", "o.csv"], ["report", "merge", "part"]])
        {
            Execution run = Run(words);
            Assert.Equal((2, ""), (run.ExitCode, run.Stdout));
            Assert.Contains(said, run.Stderr, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("report", "merge", "written")]
    [InlineData("verify", "--batch", "list", "--resume", "written")]
    public void Results_that_PowerShell_wrote_are_told_where_lines_must_be_found_again(params string[] words)
    {
        Results();
        foreach (System.Text.Encoding encoding in (System.Text.Encoding[])[new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: true), System.Text.Encoding.Unicode])
        {
            File.WriteAllText(In("written"), File.ReadAllText(In("results")), encoding);
            Execution run = Run(words[0] == "verify" ? [.. words, .. _key] : words);
            Assert.Equal((2, ""), (run.ExitCode, run.Stdout));
            Assert.Contains("results file written begins with a byte order mark", run.Stderr, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Parts_that_change_between_the_readings_are_not_merged()
    {
        Results();
        using MergedResults merged = MergedResults.Read([In("results")]);
        File.WriteAllText(In("results"), File.ReadAllText(In("results")).Replace("\"status\":\"error\"", "\"status\":\"valid\"", StringComparison.Ordinal));
        using MemoryStream output = new();
        UsageException fault = Assert.Throws<UsageException>(() => merged.Write(output, TextWriter.Null, static _ => { }));
        Assert.Contains("changed while it was read", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("summary", System.Text.Encoding.UTF8.GetString(output.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void Reports_of_every_form_hold_hostile_names_as_text()
    {
        Results();
        Assert.Equal(2, Run("report", "results", "--html", "o.html", "--junit", "o.xml", "--csv", "o.csv", "--sarif", "o.sarif").ExitCode);
        string html = File.ReadAllText(In("o.html"));
        Assert.Single(Regex.Matches(html, "<script", RegexOptions.IgnoreCase));
        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
        Assert.Equal(3, JsonDocument.Parse(Data().Match(html).Groups["json"].Value).RootElement.GetArrayLength());
        Assert.DoesNotMatch("(src|href)=", html);
        Assert.Contains("\r\n\"'" + Hostile.Replace("\"", "\"\"", StringComparison.Ordinal) + "\",error,", File.ReadAllText(In("o.csv")), StringComparison.Ordinal);
        XElement suite = XDocument.Load(In("o.xml")).Root!.Element("testsuite")!;
        Assert.Equal(["3", "0", "2"], new[] { "tests", "failures", "errors" }.Select(name => suite.Attribute(name)!.Value));
        Assert.Contains(suite.Elements("testcase"), test => test.Attribute("name")!.Value == Hostile);
        JsonElement run = JsonDocument.Parse(File.ReadAllText(In("o.sarif"))).RootElement.GetProperty("runs")[0];
        Assert.Equal(2, run.GetProperty("results").GetArrayLength());
        foreach (JsonElement result in run.GetProperty("results").EnumerateArray())
        {
            string rule = run.GetProperty("tool").GetProperty("driver").GetProperty("rules")[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString()!;
            Assert.Equal(rule, result.GetProperty("ruleId").GetString());
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Results()
    {
        Copy("a.txt");
        File.WriteAllText(In("unsigned"), "");
        File.WriteAllText(In("list"), $"a.txt\nunsigned\n{Hostile}\n");
        File.WriteAllText(In("results"), Run(["verify", "--batch", "list", .. _key]).Stdout);
    }

    private string[] Plain(string list, int index) => Run("shard", list, "--of", "4", "--index", $"{index}", "--plain").Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private Execution Run(params string[] words) => Client.Run(words, _folder, configuration: In("configuration"));

    private string In(string name) => Path.Combine(_folder, name);

    private void Copy(string name)
    {
        string good = Repository.Path("tests", "vectors", "minisign", "prehashed", "a.txt");
        File.Copy(good, In(name));
        File.Copy(good + ".minisig", In(name) + ".minisig");
    }

    [GeneratedRegex("id=\"results\">(?<json>.*?)</script>", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Data();
}
