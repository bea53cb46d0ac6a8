using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using System.Text.Json;
using System.Text.RegularExpressions;
using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests;

/// <summary>A long batch in front of somebody: what a terminal shows, and what is left when it is stopped.</summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class BatchInterruptionTests : IDisposable
{
    private const int Many = 500_000;

    // Runs a command with its standard error on a terminal, types Ctrl-C when the wanted text has been shown, and prints what was shown.
    private const string Terminal = """
        import os, pty, re, signal, sys, time
        wanted, out, command = sys.argv[1], sys.argv[2], sys.argv[3:]
        pid, terminal = pty.fork()
        if pid == 0:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            os.dup2(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 1)
            os.execvp(command[0], command)
        shown, typed, end = b"", False, time.time() + 60
        while time.time() < end:
            try:
                part = os.read(terminal, 65536)
            except OSError:
                break
            if not part:
                break
            shown += part
            if not typed and re.search(wanted, shown.decode(errors="replace")):
                os.write(terminal, b"\x03")
                typed = True
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        print(shown.decode(errors="replace"))
        print("exit", status)
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("offlinekit-stop-").FullName;
    private readonly string[] _key = ["--key", Repository.Path("tests", "vectors", "minisign", "_keys", "alice.pub")];

    public BatchInterruptionTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "terminals and signals of Unix");
        string good = Repository.Path("tests", "vectors", "minisign", "prehashed", "a.txt");
        File.Copy(good, In("a"));
        File.Copy(good + ".minisig", In("a.minisig"));
        File.WriteAllText(In("b"), "unsigned");
    }

    [Fact]
    public void A_terminal_shows_bar_rate_and_time_left_and_Control_C_leaves_whole_lines()
    {
        Execution.Needs("python3");
        List();
        Execution run = Execution.Of(["python3", "-c", Terminal, "left", In("results"), .. Client.Command, "verify", "--batch", "list", "--output", "ndjson", .. _key], _folder, seconds: 90);
        Assert.Matches(@"\[#*\.+\] \d+ %, \d+ files, \d+/s, (\d+\.)?\d\d:\d\d:\d\d left, \d+ not trusted", run.Stdout);
        Assert.Contains("STOPPED BEFORE THE END", run.Stdout, StringComparison.Ordinal);
        Assert.Contains("exit 2", run.Stdout, StringComparison.Ordinal);
        WholeAndUnfinished(File.ReadAllLines(In("results")));
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_leaves_whole_lines_a_summary_and_exit_status_2(string signal)
    {
        List();
        // Tests that a script started in the background were told to ignore interrupts, and would pass that on.
        ProcessStartInfo start = new("env", ["--default-signal=INT", .. Client.Command, "verify", "--batch", "list", "--output", "ndjson", .. _key])
        {
            WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        List<string> lines = [];
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            lines.Add(line);
            if (lines.Count == 500)
            {
                Assert.Equal(0, Execution.Of(["kill", $"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]).ExitCode);
            }
        }

        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, process.ExitCode);
        Assert.StartsWith("STOPPED BEFORE THE END", await errors, StringComparison.Ordinal);
        WholeAndUnfinished(lines);
    }

    [Fact]
    public void Results_of_a_stopped_run_are_kept_by_the_next_one()
    {
        File.WriteAllLines(In("list"), Enumerable.Range(0, 30).Select(i => Spelled("a", i)));
        Execution whole = Client.Run(["verify", "--batch", "list", "--output", "ndjson", .. _key], _folder);
        File.WriteAllText(In("earlier"), whole.Stdout[..(whole.Stdout.Length / 2)]);
        Execution again = Client.Run(["verify", "--batch", "list", "--resume", "earlier", "--output", "ndjson", .. _key], _folder);
        Assert.Equal(0, again.ExitCode);
        Assert.Contains("\"complete\":true,\"total\":30,\"valid\":30", again.Stdout, StringComparison.Ordinal);
        Assert.DoesNotContain("\"resumed\":0", again.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_from_a_pipe_cannot_be_kept_and_that_is_said()
    {
        Execution run = Client.Run(["verify", "a", "./a", "--resume", "/dev/stdin", .. _key], _folder, stdin: [1]);
        Assert.Equal((2, true), (run.ExitCode, run.Stderr.Contains("/dev/stdin is a pipe", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_tab_in_a_name_is_spelled_out_in_an_error()
    {
        Execution run = Client.Run(["verify", "a\tb", .. _key], _folder);
        Assert.Equal((2, @"offlinekit: error: artefact a\u{9}b does not exist"), (run.ExitCode, run.Stderr.Split('\n')[0]));
    }

    [Fact]
    public void A_list_that_breaks_off_leaves_the_results_before_it()
    {
        File.WriteAllText(In("list"), "a\n./a\n" + new string('x', 1 << 21) + "\na\n");
        Execution run = Client.Run(["verify", "--batch", "list", "--output", "ndjson", .. _key], _folder);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("a line of the list is longer than", run.Stderr, StringComparison.Ordinal);
        WholeAndUnfinished(run.Stdout.TrimEnd('\n').Split('\n'));
        Assert.Contains("\"total\":2", run.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public void Memory_does_not_grow_with_the_list()
    {
        Execution.Needs("python3");
        Assert.InRange(PeakOf(60_000) - PeakOf(5_000), -64, 32);
    }

    [Fact]
    public void A_key_is_read_once_however_many_entries_name_it()
    {
        Execution.Needs("strace");
        File.Copy(_key[1], In("own.pub"));
        File.WriteAllLines(In("list"), Enumerable.Range(0, 100).Select(i => $$"""{"path":"{{Spelled("a", i)}}","keyIds":["own.pub"]}"""));
        Execution run = Execution.Of(["strace", "-f", "-qq", "-e", "trace=open,openat", "-o", In("trace"), .. Client.Command, "verify", "--batch", "list", "--list-format", "ndjson", "--key", "own.pub", "--output", "ndjson"], _folder, seconds: 90);
        Assert.SkipWhen(run.ExitCode != 0 && run.Stderr.Contains("ptrace", StringComparison.Ordinal), "strace may not trace here");
        Assert.Contains("\"valid\":100", run.Stdout, StringComparison.Ordinal);
        Assert.Equal(1, Opened().Count(File.ReadAllText(In("trace"))));
    }

    [Fact]
    public void The_summary_counts_by_reason_in_words_as_well()
    {
        File.WriteAllLines(In("list"), ["a", "b", "./b", "missing"]);
        Execution run = Client.Run(["verify", "--batch", "list", "--output", "text", .. _key], _folder);
        Assert.Equal(2, run.ExitCode);
        Assert.EndsWith("NOT ALL TRUSTED: 1 of 4 files are trusted\n         2 nobody signed it\n         1 could not be looked at\n         1 path-not-found\n         2 signature.missing\n", run.Stdout, StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void WholeAndUnfinished(IReadOnlyList<string> lines)
    {
        JsonElement[] values = [.. lines.Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal("offlinekit", values[0].GetProperty("results").GetString());
        JsonElement summary = values[^1].GetProperty("summary");
        Assert.False(summary.GetProperty("complete").GetBoolean());
        Assert.Equal(values.Length - 2, summary.GetProperty("total").GetInt32());
        Assert.All(values[1..^1], value => Assert.True(value.TryGetProperty("status", out _)));
    }

    // More than any machine decides while a test waits.
    private void List()
    {
        using StreamWriter list = new(In("list"));
        for (int i = 0; i < Many; i++)
        {
            list.Write(Spelled(i % 10 == 0 ? "b" : "a", i) + "\n");
        }
    }

    // One file by any number of names: each bit of the number is a way to stay where one is.
    private static string Spelled(string name, int number) => "." + string.Concat(Convert.ToString(number, 2).Select(bit => bit == '1' ? "/." : "/")) + "/" + name;

    private double PeakOf(int entries)
    {
        File.WriteAllLines(In("list"), Enumerable.Range(0, entries).Select(i => Spelled("a", i)));
        const string Peak = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True); print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)";
        Execution run = Execution.Of(["python3", "-c", Peak, .. Client.Command, "verify", "--batch", "list", "--jobs", "2", "--output", "ndjson", .. _key], _folder, seconds: 120);
        return double.Parse(run.Stdout.Trim(), CultureInfo.InvariantCulture);
    }

    private string In(string name) => Path.Combine(_folder, name);

    [GeneratedRegex("own\\.pub")]
    private static partial Regex Opened();
}
