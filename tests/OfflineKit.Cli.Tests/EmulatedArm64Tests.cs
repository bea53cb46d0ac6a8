using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests;

/// <summary>The linux-arm64 program under qemu-user: it decides as the machine's own does, on our vectors, on the corpora and in the demo, and opens no socket.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class EmulatedArm64Tests
{
    private const int SampleOfEachCorpus = 8;

    public static TheoryData<string> Formats() => [.. Directory.EnumerateDirectories(Repository.Path("tests", "vectors")).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    private static string Corpora => Repository.Path("..", "shared", "corpora");

    // One accepted and one refused case of each format: what differs between architectures is below the formats.
    [Theory]
    [MemberData(nameof(Formats))]
    public void It_decides_a_sample_of_the_vectors(string format)
    {
        Published arm = Published.Of("linux-arm64");
        IEnumerable<string> cases = Directory.EnumerateFiles(Repository.Path("tests", "vectors", format), "case.txt", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .GroupBy(file => CaseFile.Field(file, "expect") == "trusted")
            .SelectMany(group => group.Take(1));
        foreach (string file in cases)
        {
            string[] arguments = CaseFile.Arguments(file);
            Execution run = arm.Run(arguments, Path.GetDirectoryName(file)), own = Published.Of("linux-x64").Run(arguments, Path.GetDirectoryName(file));
            Assert.True(run.ExitCode == own.ExitCode && run.Stdout == own.Stdout, $"{file}\n{own.Everything}\n{run.Everything}");
        }
    }

    [SharedFact("corpora")]
    public void It_decides_a_sample_of_every_corpus()
    {
        Published arm = Published.Of("linux-arm64");
        Assert.SkipUnless(Directory.Exists(Corpora), "../shared/corpora is not there");
        Execution.Needs("python3");
        int corpora = 0;
        foreach (string corpus in Directory.EnumerateDirectories(Corpora).Order(StringComparer.Ordinal))
        {
            string[][] cases = Cases(corpus);
            corpora += cases.Length == 0 ? 0 : 1;
            for (int i = 0; i < cases.Length; i += 1 + (cases.Length / SampleOfEachCorpus))
            {
                Execution run = Execution.Of(["sh", "-c", $"exec {string.Join(' ', arm.Command)} {cases[i][3]}"], seconds: 120);
                Assert.True(run.ExitCode == (cases[i][1] == "accept" ? 0 : 1), $"{cases[i][0]}\n{run.Everything}");
            }
        }

        Assert.True(corpora >= 7, $"only {corpora} corpora have cases for a command line");
    }

    // What every client must decide, of what is there as files: keys that stand in a manifest are written for one run only. Some corpora are for libraries and have none.
    private static string[][] Cases(string corpus) =>
        [.. Execution.Of(["python3", Path.Combine(Corpora, "run.py"), corpus, "--list"]).Stdout
            .Split('\n').Select(line => line.Split('\t')).Where(fields => fields is [_, "accept" or "reject", "MUST", _] && !fields[3].Replace(Corpora, "", StringComparison.Ordinal).Contains(Path.GetTempPath(), StringComparison.Ordinal))];

    [Fact]
    public void It_runs_the_demo()
    {
        Published arm = Published.Of("linux-arm64");
        string starter = Path.Combine(Directory.CreateTempSubdirectory("offlinekit-arm64-").FullName, "offlinekit");
        try
        {
            File.WriteAllText(starter, $"#!/bin/sh\nexec {string.Join(' ', arm.Command)} \"$@\"\n");
            File.SetUnixFileMode(starter, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            Execution run = Execution.Of(["sh", Repository.Path("build", "demo.sh"), starter], seconds: 240);
            Assert.True(run.ExitCode == 0, run.Everything);
            Assert.Contains("TRUSTED: feeds-2026.11.22.tar.zst", run.Stdout);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(starter)!, recursive: true);
        }
    }

    [Theory]
    [InlineData("verify export/tool-1.4.0.tar.gz --key keys/release.pub")]
    [InlineData("verify-export feeds-2026.11.22.tar.zst --key keys/ada.pem")]
    [InlineData("selftest")]
    public void It_opens_no_socket(string arguments)
    {
        Published arm = Published.Of("linux-arm64");
        Assert.SkipWhen(arm.Emulator is null, "the machine runs it itself: strace tells (SystemCallTests)");
        Execution run = Execution.Of([arm.Emulator!, "-strace", arm.Binary, .. arguments.Split(' ')], Repository.Path("tests", "demo"), seconds: 120);
        Assert.Contains("openat(", run.Stderr);
        Assert.DoesNotMatch(SystemCallTests.NetworkCall(), run.Stderr);
        Assert.DoesNotContain("openssl.cnf", run.Stderr);
    }
}
