using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests;

/// <summary>Nothing of a list is passed over, nothing in it is read as an instruction, and every file has its own entry.</summary>
public sealed class BatchListTests : IDisposable
{
    private static readonly string Vectors = Repository.Path("tests", "vectors", "minisign");
    private static readonly string[] Key = ["--key", Path.Combine(Vectors, "_keys", "alice.pub")];
    private readonly string _folder = Directory.CreateTempSubdirectory("offlinekit-lists").FullName;

    public BatchListTests() => Shell("mkdir d");

    public void Dispose() => Execution.Of(["rm", "-rf", _folder]);

    [Theory]
    [InlineData("{\"path\":\"good.txt\"}")]
    [InlineData("{\"shard\":{\"of\":1,\"index\":0,\"list\":\"sha256:0\",\"entries\":1}}")]
    [InlineData("[\"good.txt\"]")]
    [InlineData("#good.txt")]
    public void A_file_is_its_name_whatever_it_is_called(string name)
    {
        Good("good.txt");
        File.WriteAllText(In(name), "unsigned");
        File.WriteAllText(In("../list"), $"{name}\ngood.txt\n");
        Assert.Equal(2, Verify("--batch", "../list").ExitCode);
        File.WriteAllText(In("../list.ndjson"), "good.txt\n");
        Assert.Equal(2, Verify("--batch", "../list.ndjson").ExitCode);
    }

    [Theory]
    [InlineData("good.txt\r", "good.txt\r\n")]
    [InlineData("\uFEFFgood.txt", "\uFEFFgood.txt\n")]
    public void A_line_that_may_name_another_file_names_none(string other, string list)
    {
        Good("good.txt");
        File.WriteAllText(In("../list"), list);
        Assert.Equal(0, Verify("--batch", "../list").ExitCode);
        File.WriteAllText(In(other), "unsigned");
        Execution run = Verify("--batch", "../list");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("which one is meant", run.Stdout, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("good.txt\r", "good.txt\r\n")]
    [InlineData("\uFEFFgood.txt", "\uFEFFgood.txt\n")]
    public void A_line_that_may_name_another_file_names_none_in_a_part_of_the_list_either(string other, string list)
    {
        Good("good.txt");
        File.WriteAllText(In("../list"), list);
        foreach (string form in (string[])["", "--plain"])
        {
            File.WriteAllText(In("../part"), Client.Run(["shard", "../list", "--of", "1", "--index", "0", .. form.Split(' ', StringSplitOptions.RemoveEmptyEntries)], In(".")).Stdout);
            Assert.Equal(0, Verify("--batch", "../part").ExitCode);
            File.WriteAllText(In(other), "unsigned");
            Assert.Equal(2, Verify("--batch", "../part").ExitCode);
            File.Delete(In(other));
        }
    }

    [Theory]
    [InlineData("/dev/stdin")]
    [InlineData("/dev/./stdin")]
    [InlineData("/proc/thread-self/fd/0")]
    [InlineData("link")]
    public void A_line_that_is_standard_input_by_any_name_reads_no_other_line(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "names of Linux");
        Good("good.txt");
        Shell("ln -s /dev/stdin d/link");
        const int Others = 20_000;
        string list = $$"""{"path":"{{name}}","signaturePath":"good.txt.minisig"}""" + "\n" + string.Concat(Enumerable.Range(0, Others).Select(i => $$"""{"path":"missing-{{i}}"}""" + "\n"));
        Execution run = Client.Run(["verify", "--batch", "-", "--list-format", "ndjson", "--jobs", "1", "--output", "ndjson", .. Key], In("."), System.Text.Encoding.UTF8.GetBytes(list));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"\"total\":{Others + 1},", run.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_with_a_NUL_in_it_is_a_line_that_is_malformed()
    {
        Good("good.txt");
        File.WriteAllText(In("../list.ndjson"), "{\"path\":\"good.txt\",\"signaturePath\":\"good.txt.minisig\\u0000\"}\n{\"path\":\"good.txt\\u0000\"}\n{\"path\":\"good.txt\",\"policy\":\"x\\u0000\"}\n");
        Assert.Equal(3, Verify("--batch", "../list.ndjson").Stdout.Split("\"code\":\"malformed-request\"").Length - 1);
    }

    [Fact]
    public void Only_imports_are_looked_into_where_trust_was_imported()
    {
        Good("good.txt");
        Execution.Needs("cp");
        Assert.Equal(0, Execution.Of(["cp", "-r", Repository.Path("tests", "vectors", "trust-life", "state-in-force", "state"), In("../state")]).ExitCode);
        Directory.CreateDirectory(In("../state/other"));
        Directory.CreateSymbolicLink(In("../state/other/everything"), "/");
        File.WriteAllText(In("../list"), "good.txt\n");
        Assert.Equal(0, Verify("--batch", "../list", "--state", "../state").ExitCode);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_line_that_is_too_long_is_never_passed_over(int before)
    {
        Good("good.txt");
        File.WriteAllText(In("../list"), string.Concat(Enumerable.Repeat("good.txt\n", before)) + new string('x', (1 << 20) + 1) + "\ngood.txt\n");
        Assert.Equal(2, Verify("--batch", "../list").ExitCode);
    }

    [Theory]
    [InlineData("good.txt\ngood.txt\n")]
    [InlineData("good.txt\n./good.txt\ngood.txt\r\n")]
    public void A_line_that_stands_twice_is_answered_once_and_is_an_error_then(string list)
    {
        Good("good.txt");
        File.WriteAllText(In("../list"), list);
        Execution run = Verify("--batch", "../list");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("\"code\":\"malformed-request\",\"message\":\"it was named before", run.Stdout, StringComparison.Ordinal);
        Assert.Contains("\"complete\":true", run.Stdout, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("valid", "invalid")]
    [InlineData("valid", "valid")]
    public void Earlier_results_with_two_lines_about_one_file_are_none(string first, string second)
    {
        Good("good.txt");
        File.WriteAllText(In("../list"), "good.txt\n");
        string results = Verify("--batch", "../list").Stdout, line = results.Split('\n')[1];
        string Other(string status) => line.Replace("\"status\":\"valid\"", $"\"status\":\"{status}\"", StringComparison.Ordinal);
        File.WriteAllText(In("../earlier"), results.Replace(line, Other(first) + "\n" + Other(second), StringComparison.Ordinal));
        Execution run = Verify("--batch", "../list", "--resume", "../earlier");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("two lines are about \"good.txt\"", run.Stderr, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("head -n -1", 2)]
    [InlineData("cat", 0)]
    [InlineData("head -c -1", 2)]
    [InlineData("sed '$p'", 2)]
    public void A_part_is_whole_or_refused(string change, int exit)
    {
        Array.ForEach(["a1", "a2", "a3"], Good);
        File.WriteAllText(In("../list"), "a1\na2\na3\n");
        File.WriteAllText(In("../part"), Client.Run(["shard", "../list", "--of", "1", "--index", "0"], In(".")).Stdout);
        Shell($"{change} part > cut");
        Execution run = Verify("--batch", "../cut");
        Assert.True(exit == run.ExitCode, run.Everything);
        Assert.Contains($"\"complete\":{(exit == 0 ? "true" : "false")}", run.Stdout, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("good.txt.bundle")]
    [InlineData("good.txt.sig")]
    [InlineData("good.txt.sigstore.json")]
    [InlineData("other.minisig")]
    public void Recurse_passes_over_the_signatures_that_it_read_and_no_other_file(string unsigned)
    {
        Good("good.txt");
        Assert.Equal(0, Verify("--recurse", ".").ExitCode);
        File.WriteAllText(In(unsigned), "unsigned");
        Execution run = Verify("--recurse", ".");
        Assert.NotEqual(0, run.ExitCode);
    }

    // Whoever writes a list would choose what counts as "I made this": a scan that found something is signed as well.
    [Theory]
    [InlineData("", "", 1)]
    [InlineData(",\"predicateType\":\"https://in-toto.io/attestation/test-result/v0.1\"", "", 1)]
    [InlineData(",\"policy\":\"p.yaml\"", "", 1)]
    [InlineData("", "--predicate-type=https://in-toto.io/attestation/test-result/v0.1", 0)]
    [InlineData("", "--policy=p.yaml", 0)]
    public void What_counts_as_a_signature_is_said_for_the_whole_batch(string onLine, string forAll, int exit)
    {
        Shell($"cp '{Repository.Path("tests", "vectors", "exports", "checksums-test-result", "e")}'/* d");
        File.WriteAllText(In("p.yaml"), "version: 1\nname: scans\nsigners:\n  - any-of: [erin]\npredicate-types: [\"https://in-toto.io/attestation/test-result/v0.1\"]\n");
        File.WriteAllText(In("../list.ndjson"), "{\"path\":\"a.txt\",\"signaturePath\":\"SHA256SUMS\"" + onLine + "}\n");
        string[] words = ["verify", "--batch", "../list.ndjson", "--key", $"erin={Repository.Path("tests", "vectors", "exports", "_keys", "erin.pem")}", .. forAll.Length == 0 ? (string[])[] : [forAll]];
        Execution run = Client.Run(words, In("."));
        Assert.Equal((exit, exit == 1), (run.ExitCode, run.Stdout.Contains("export.wrong-predicate", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_name_that_is_no_utf8_is_an_error_in_every_list()
    {
        Good("good.txt");
        Shell("printf 'caf\\351\\ngood.txt\\n' > list; mkdir e; cp d/* e; : > \"e/$(printf 'caf\\351')\"");
        Assert.Equal(2, Verify("--batch", "../list").ExitCode);
        Execution run = Verify("--recurse", "../e");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("caf\\\\xe9", run.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_paths_of_two_machines_are_two_entries()
    {
        Good("good.txt");
        File.WriteAllText(In("../one"), Verify("good.txt", "good.txt").Stdout);
        File.WriteAllText(In("good.txt"), "another");
        File.WriteAllText(In("../two"), Verify("good.txt", "good.txt").Stdout);
        Execution run = Client.Run(["report", "merge", "one", "two"], _folder);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(2, run.Stdout.Split('\n').Count(line => line.Contains("\"path\":\"good.txt\",\"status\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_is_no_name_of_a_file_is_an_error_of_its_entry_and_no_bug()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "names of Unix");
        File.WriteAllText(In("../list"), "a\0b\n");
        Assert.Contains("malformed-request", Verify("--batch", "../list").Stdout, StringComparison.Ordinal);
        Assert.Equal(0, Execution.Of(["sh", "-c", "printf x > \"$(printf 't\\377')\" && ln -s \"$(printf 't\\377')\" lnk && mkdir e"], In(".")).ExitCode);
        Assert.Contains("file.name-not-utf8", Verify("lnk", "./lnk").Stdout, StringComparison.Ordinal);
        Execution one = Client.Run(["verify", "e/../lnk", .. Key], In("."));
        Assert.Equal(2, one.ExitCode);
        Assert.DoesNotContain("internal", one.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public void A_signature_through_a_pipe_is_read_once()
    {
        Execution.Needs("bash");
        string good = Repository.Path("tests", "vectors", "minisign", "prehashed", "a.txt");
        Execution run = Execution.Of(["bash", "-c", $"exec \"$@\" --signature <(cat '{good}.minisig')", "bash", .. Client.Command, "verify", good, .. Key]);
        Assert.True(run.ExitCode == 0, run.Everything);
    }

    private Execution Verify(params string[] words) => Client.Run(["verify", .. words, .. Key, "--output", "ndjson"], In("."));

    private void Good(string name)
    {
        File.Copy(Path.Combine(Vectors, "prehashed", "a.txt"), In(name));
        File.Copy(Path.Combine(Vectors, "prehashed", "a.txt.minisig"), In(name + ".minisig"));
    }

    private string In(string name) => Path.Combine(_folder, "d", name);

    private void Shell(string command)
    {
        Execution run = Execution.Of(["sh", "-c", command], _folder);
        Assert.True(run.ExitCode == 0, run.Everything);
    }
}
