using System.Text.Json;
using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests.State;

/// <summary>Imports kept in order: what is remembered, written down, moved away, and what is left alone.</summary>
public sealed class ImportTests : IDisposable
{
    private const string Newer = """{"version":1,"accepted":[{"sequence":"offlinekit-kit feeds","version":"2026.12","numbers":[2026,12],"list":"0000000000000000000000000000000000000000000000000000000000000000"}]}""";

    private static readonly string Exports = Repository.Path("tests", "vectors", "exports");

    private readonly string _folder = Directory.CreateTempSubdirectory("offlinekit-import-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void An_accepted_kit_is_remembered_and_written_down()
    {
        Copy("offlinekit-kit-good");
        Expect(0, Import());
        JsonElement line = Assert.Single(Audit());
        Assert.Equal(("accepted", "offlinekit-kit feeds", "2026.11.22"), (Text(line, "decision"), Text(line, "sequence"), Text(line, "version")));
        Assert.Equal(Text(line, "list"), Accepted().GetProperty("list").GetString());
        Expect(0, Import());
        Assert.Equal(2, Audit().Length);
    }

    [Fact]
    public void An_older_kit_is_refused_moved_away_and_written_down_with_the_version_it_claims()
    {
        Copy("offlinekit-kit-good");
        Write("state/accepted.json", Newer);
        Execution run = Import("--quarantine", "quarantine");
        Expect(1, run);
        Assert.Contains("export.rollback", run.Stdout, StringComparison.Ordinal);
        JsonElement line = Assert.Single(Audit());
        Assert.Equal(("refused", "2026.11.22", "export.rollback"), (Text(line, "decision"), Text(line, "version"), line.GetProperty("reasons")[0].GetString()));
        Assert.False(Directory.Exists(In("e")));
        Assert.True(File.Exists(In("quarantine/e/kit.json")));
        Assert.Equal("2026.12", Text(Accepted(), "version"));
    }

    [Fact]
    public void Quarantine_keeps_every_refused_export_under_a_name_of_its_own()
    {
        foreach (int _ in Enumerable.Range(0, 2))
        {
            Copy("offlinekit-kit-digest");
            Expect(1, Import("--quarantine", "quarantine"));
        }

        Assert.Equal(["e", "e.1"], Directory.EnumerateDirectories(In("quarantine")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_refused_archive_is_moved_like_a_folder()
    {
        File.Copy(Path.Combine(Exports, "container-cut", "e.tar"), In("e.tar"));
        Expect(1, Run("e.tar", "--quarantine", "quarantine"));
        Assert.True(File.Exists(In("quarantine/e.tar")) && !File.Exists(In("e.tar")));
    }

    [Theory]
    [InlineData("--quarantine", "e/quarantine")]
    [InlineData("--quarantine", "e")]
    [InlineData("--state", "e/../e/state")]
    public void Nothing_is_written_into_the_export(string option, string place)
    {
        Copy("offlinekit-kit-digest");
        string[] before = [.. Directory.EnumerateFileSystemEntries(In("e"), "*", SearchOption.AllDirectories)];
        Expect(2, Run("e", option, place));
        Assert.Equal(before, Directory.EnumerateFileSystemEntries(In("e"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Of_a_link_the_export_is_moved_and_not_the_name_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a privilege there");
        Directory.CreateDirectory(In("received"));
        File.Copy(Path.Combine(Exports, "container-cut", "e.tar"), In("received/real.tar"));
        File.CreateSymbolicLink(In("newest.tar"), "received/real.tar");
        Expect(1, Run("newest.tar", "--quarantine", "quarantine"));
        Assert.True(File.Exists(In("quarantine/real.tar")) && !File.Exists(In("received/real.tar")));
    }

    [Fact]
    public void A_forced_return_is_written_down_and_the_newest_version_stays_remembered()
    {
        Copy("offlinekit-kit-good");
        Write("state/accepted.json", Newer);
        Execution run = Import("--force-activate", "--force-reason", "the new feed is broken");
        Expect(0, run);
        Assert.Contains("the operator forced the activation", run.Stdout, StringComparison.Ordinal);
        JsonElement line = Assert.Single(Audit());
        Assert.Equal(("forced", "the new feed is broken", "2026.11.22"), (Text(line, "decision"), Text(line, "forceReason"), Text(line, "version")));
        Assert.Equal("2026.12", Text(Accepted(), "version"));
        Expect(1, Import());
    }

    [Fact]
    public void Force_excuses_no_fault_but_the_order()
    {
        Copy("offlinekit-kit-digest");
        Expect(1, Import("--force-activate", "--force-reason", "any"));
        Assert.Equal("refused", Text(Assert.Single(Audit()), "decision"));
        Assert.Equal("""{"version":1,"accepted":[]}""", File.ReadAllText(In("state/accepted.json")));
    }

    [Theory]
    [InlineData]
    [InlineData("--dry-run")]
    public void What_was_accepted_and_is_no_longer_told_is_a_loss(params string[] more)
    {
        Copy("offlinekit-kit-good");
        Expect(0, Import());
        File.Delete(In("state/accepted.json"));
        Execution run = Import(["--quarantine", "quarantine", .. more]);
        Expect(2, run);
        Assert.Contains("audit.jsonl says that offlinekit-kit feeds 2026.11.22 was accepted", run.Stderr, StringComparison.Ordinal);
        Assert.Single(Audit());
        Assert.False(File.Exists(In("state/accepted.json")) || Directory.Exists(In("quarantine")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"decision\":\"refused\",\"sequence\":\"offlinekit-kit feeds\",\"version\":\"2026.12\"}\n")]
    [InlineData("{\"decision\":\"forced\",\"sequence\":null,\"version\":null}\n")]
    [InlineData("{\"decision\":\"refused\",\"sequence\":null}\n{\"time\":\"2026-1")]
    public void Lines_without_an_acceptance_are_no_loss(string lines)
    {
        Copy("offlinekit-kit-good");
        Write("state/audit.jsonl", lines);
        Expect(0, Import());
        Assert.Equal("2026.11.22", Text(Accepted(), "version"));
    }

    [Theory]
    [InlineData("offlinekit-kit-good", 0)]
    [InlineData("offlinekit-kit-digest", 1)]
    public void A_dry_run_decides_and_touches_nothing(string vector, int exit)
    {
        Copy(vector);
        Expect(exit, Import("--dry-run", "--quarantine", "quarantine"));
        Assert.Equal(["e"], Directory.EnumerateFileSystemEntries(_folder).Select(Path.GetFileName));
    }

    [Fact]
    public void Of_two_imports_at_once_one_decides_nothing()
    {
        Copy("offlinekit-kit-digest");
        Directory.CreateDirectory(In("state"));
        using (new FileStream(In("state/.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            Execution run = Import("--quarantine", "quarantine");
            Expect(2, run);
            Assert.Contains("in use", run.Stderr, StringComparison.Ordinal);
        }

        Assert.True(Directory.Exists(In("e")) && !File.Exists(In("state/audit.jsonl")));
        Expect(1, Import());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"version":2,"accepted":[]}""")]
    [InlineData("""{"version":1,"accepted":[{"sequence":"offlinekit-kit feeds","version":"1","numbers":[1],"list":"00"}]}""")]
    [InlineData("""{"version":1,"accepted":[],"more":1}""")]
    [InlineData("""{"version":1,"accepted":[{"sequence":"a","version":"1","numbers":[1],"list":"0000000000000000000000000000000000000000000000000000000000000000"},{"sequence":"a","version":"9","numbers":[9],"list":"0000000000000000000000000000000000000000000000000000000000000000"}]}""")]
    public void Nothing_is_decided_with_a_damaged_state(string state)
    {
        Copy("offlinekit-kit-good");
        Write("state/accepted.json", state);
        Execution run = Import("--quarantine", "quarantine");
        Expect(2, run);
        Assert.Contains("is damaged", run.Stderr, StringComparison.Ordinal);
        Assert.Equal(state, File.ReadAllText(In("state/accepted.json")));
        Assert.True(Directory.Exists(In("e")) && !File.Exists(In("state/audit.jsonl")));
    }

    [Theory]
    [InlineData("--hmac-key-file", "bad")]
    [InlineData("--log-key", "bad")]
    [InlineData("--log-key", "not-there")]
    [InlineData("--archive-signature", "not-there")]
    [InlineData("--layout", "none")]
    [InlineData("--key", "not-there")]
    public void A_bad_file_of_the_operator_touches_nothing(string option, string value)
    {
        Copy("offlinekit-kit-digest");
        Write("bad", "xyz");
        Expect(2, Import("--quarantine", "quarantine", option, value));
        Assert.Equal(["bad", "e"], Directory.EnumerateFileSystemEntries(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private Execution Import(params string[] more) => Run("e", ["--state", "state", .. more]);

    private Execution Run(string export, params string[] more) => Client.Run(["verify-export", export, "--key", Path.Combine(Exports, "_keys", "alice.pem"), .. more], _folder);

    private static void Expect(int exit, Execution run) => Assert.True(run.ExitCode == exit, run.Everything);

    private static string Text(JsonElement json, string member) => json.GetProperty(member).GetString()!;

    private JsonElement Accepted() => JsonDocument.Parse(File.ReadAllText(In("state/accepted.json"))).RootElement.GetProperty("accepted")[0];

    private JsonElement[] Audit() => [.. File.ReadAllLines(In("state/audit.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)];

    private string In(string path) => Path.Combine(_folder, path);

    private void Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(In(path))!);
        File.WriteAllText(In(path), content);
    }

    // The export of a vector, as folder e.
    private void Copy(string vector)
    {
        string source = Path.Combine(Exports, vector, "e");
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(In("e"), Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
