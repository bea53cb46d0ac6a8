using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests;

/// <summary>What other programs read: each form keeps its own rules, whatever files are called.</summary>
public sealed class ReportFormsTests : IDisposable
{
    private static readonly string[] Names =
    [
        "plain.tar", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "a\nb", "a,b", "a\"b", "]]>", "<b>&'\"", "\u0001\u001b[31m", "\uFFFE\uFFFF\u0085", @"C:\x:y", "//host/x",
        "/a b%20c#?", "\u202Egpj.exe", "😀", "http://x/", "..", "a/../b",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("offlinekit-forms-").FullName;

    public ReportFormsTests()
    {
        File.WriteAllLines(In("results"),
        [
            """{"results":"offlinekit","version":1,"engine":"0.1.0","startedAt":"2026-11-22T08:30:00Z","question":"sha256:00"}""",
            .. Names.Select((name, i) => JsonSerializer.Serialize(new { path = name, status = i % 2 == 0 ? "error" : "not-signed", files = Array.Empty<object>(), error = new { code = i % 2 == 0 ? "usage" : "signature.missing", message = name } })),
            $$$"""{"summary":{"complete":true,"total":{{{Names.Length}}},"valid":0,"invalid":0,"not-signed":{{{Names.Length / 2}}},"error":{{{(Names.Length + 1) / 2}}}}}""",
        ]);
        Execution run = Client.Run(["report", "results", "--junit", "o.xml", "--csv", "o.csv", "--sarif", "o.sarif", "--html", "o.html"], _folder);
        Assert.Equal(2, run.ExitCode);
    }

    [Fact]
    public void Every_line_of_the_table_has_every_cell_and_none_is_a_formula()
    {
        List<List<string>> table = Table(File.ReadAllText(In("o.csv")));
        Assert.Equal(["path", "status", "reason", "detail", "format", "size", "digest", "signature", "signers", "signed_at", "policies"], table[0]);
        Assert.Equal(Names.Length + 1, table.Count);
        for (int i = 0; i < Names.Length; i++)
        {
            Assert.Equal(table[0].Count, table[i + 1].Count);
            Assert.Equal(Reporting.TerminalText.Spell(Names[i], ""), table[i + 1][0].TrimStart('\''));
            Assert.All(table[i + 1].Where(cell => cell.Length > 0), cell => Assert.DoesNotContain(cell[0], "=+-@\t\r\n"));
        }
    }

    [Fact]
    public void JUnit_is_well_formed_and_counts_what_it_holds()
    {
        XElement suites = XDocument.Load(In("o.xml")).Root!;
        XElement suite = Assert.Single(suites.Elements("testsuite"));
        XElement[] cases = [.. suite.Elements("testcase")];
        foreach (XElement counted in (XElement[])[suites, suite])
        {
            Assert.Equal([$"{Names.Length}", "0", $"{Names.Length}", "0"], new[] { "tests", "failures", "errors", "skipped" }.Select(name => counted.Attribute(name)!.Value));
        }

        Assert.Equal(Names.Length, cases.Length);
        Assert.All(cases, test => Assert.NotEmpty(test.Attribute("name")!.Value));
        Assert.All(cases, test => Assert.NotEmpty(test.Attribute("classname")!.Value));
        Assert.All(cases, test => Assert.NotEmpty(Assert.Single(test.Elements("error")).Attribute("type")!.Value));
        Assert.Equal("]]>", cases[Array.IndexOf(Names, "]]>")].Attribute("name")!.Value);
        Assert.DoesNotContain('\u202E', File.ReadAllText(In("o.xml")));
    }

    // What the schema of SARIF 2.1.0 demands of the members that we write.
    [Fact]
    public void Sarif_has_what_its_schema_demands()
    {
        JsonElement log = JsonDocument.Parse(File.ReadAllText(In("o.sarif"))).RootElement;
        Assert.Equal("2.1.0", log.GetProperty("version").GetString());
        Assert.True(Uri.IsWellFormedUriString(log.GetProperty("$schema").GetString(), UriKind.Absolute));
        JsonElement run = Assert.Single(log.GetProperty("runs").EnumerateArray());
        JsonElement driver = run.GetProperty("tool").GetProperty("driver");
        Assert.NotEmpty(driver.GetProperty("name").GetString()!);
        string[] rules = [.. driver.GetProperty("rules").EnumerateArray().Select(rule => rule.GetProperty("id").GetString()!)];
        Assert.Equal(rules.Distinct(StringComparer.Ordinal), rules);
        Assert.All(driver.GetProperty("rules").EnumerateArray(), rule => Assert.NotEmpty(rule.GetProperty("shortDescription").GetProperty("text").GetString()!));
        JsonElement invocation = Assert.Single(run.GetProperty("invocations").EnumerateArray());
        Assert.True(invocation.GetProperty("executionSuccessful").GetBoolean());
        Assert.Equal(DateTimeKind.Utc, invocation.GetProperty("startTimeUtc").GetDateTime().Kind);
        JsonElement[] results = [.. run.GetProperty("results").EnumerateArray()];
        Assert.Equal(Names.Length, results.Length);
        for (int i = 0; i < results.Length; i++)
        {
            Assert.Equal(rules[results[i].GetProperty("ruleIndex").GetInt32()], results[i].GetProperty("ruleId").GetString());
            Assert.Contains(results[i].GetProperty("level").GetString(), new[] { "none", "note", "warning", "error" });
            Assert.NotEmpty(results[i].GetProperty("message").GetProperty("text").GetString()!);
            string uri = Assert.Single(results[i].GetProperty("locations").EnumerateArray()).GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString()!;
            Assert.Matches("^(file:///?)?([A-Za-z0-9._~!$&'()*+,;=@/-]|%[0-9A-F]{2})*$", uri);
            Assert.Equal(Names[i].Replace(Path.DirectorySeparatorChar, '/'), Uri.UnescapeDataString(uri.Replace("file://", "", StringComparison.Ordinal)));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // RFC 4180 §2.
    private static List<List<string>> Table(string text)
    {
        List<List<string>> lines = [[]];
        StringBuilder cell = new();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '"' && cell.Length == 0)
            {
                for (i++; text[i] != '"' || (i + 1 < text.Length && text[i + 1] == '"'); i++)
                {
                    cell.Append(text[i]);
                    i += text[i] == '"' ? 1 : 0;
                }
            }
            else if (text[i] == ',' || text.AsSpan(i).StartsWith("\r\n"))
            {
                lines[^1].Add(cell.ToString());
                cell.Clear();
                if (text[i] == '\r')
                {
                    lines.Add([]);
                    i++;
                }
            }
            else
            {
                cell.Append(text[i]);
            }
        }

        lines.RemoveAt(lines.Count - 1);
        return lines;
    }

    private string In(string name) => Path.Combine(_folder, name);
}
