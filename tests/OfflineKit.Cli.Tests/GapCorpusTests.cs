using System.Text.Json;
using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests;

/// <summary>The gap corpus (tests/gap-corpus): what is committed is what its generator makes, and our own program answers every case rightly.</summary>
public sealed class GapCorpusTests : IDisposable
{
    private const int Minutes = 10;
    private static readonly string Corpus = Repository.Path("tests", "gap-corpus");
    private readonly string _folder = Directory.CreateTempSubdirectory("offlinekit-gap-").FullName;

    public GapCorpusTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the adapters are written for Linux");
        Execution.Needs("python3");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_generator_makes_what_is_committed()
    {
        string made = Path.Combine(_folder, "cases");
        Execution run = Execution.Of(["python3", "-B", Path.Combine(Corpus, "generate.py"), made], seconds: Minutes * 60);
        Assert.True(run.ExitCode == 0, run.Everything);
        string committed = Path.Combine(Corpus, "cases");
        Assert.Equal(Names(committed), Names(made));
        Assert.All(Names(made), name => Assert.True(File.ReadAllBytes(Path.Combine(made, name)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(committed, name))), $"{name} differs: run tests/gap-corpus/generate.py"));
    }

    [Fact]
    public void Our_own_program_answers_every_case()
    {
        // Hundreds of starts: under the JIT they take minutes.
        Assert.SkipUnless(Client.Command.Length == 1, "artifacts/linux-x64/offlinekit is not published (./build.sh publish)");
        string results = Path.Combine(_folder, "results.jsonl");
        string[] command = ["env", $"OFFLINEKIT={string.Join(' ', Client.Command)}", "PYTHONDONTWRITEBYTECODE=1", "python3", Path.Combine(Corpus, "run.py"), "--client", "offlinekit", "--results", results];
        Execution run = Execution.Of(command, seconds: Minutes * 60);
        Assert.True(run.ExitCode == 0, run.Everything);
        JsonElement[] answers = [.. File.ReadLines(results).Skip(1).Select(line => JsonElement.Parse(line))];
        Assert.Equal(Directory.GetFiles(Path.Combine(Corpus, "cases"), "case.json", SearchOption.AllDirectories).Length, answers.Length);
        // Certificates of SSH are a form that the program names and does not read.
        Assert.Equal(["sshsig/certificate"], answers.Where(answer => answer.GetProperty("answer").GetString() != "right").Select(answer => answer.GetProperty("case").GetString()));
    }

    private static string[] Names(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal)];
}
