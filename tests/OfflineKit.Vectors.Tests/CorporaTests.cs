using OfflineKit.Testing;

namespace OfflineKit.Vectors.Tests;

/// <summary>The command-line corpora of others, by their own runner. Read in place; skipped where they are absent.</summary>
public sealed class CorporaTests
{
    /// <summary>The corpora that must pass whole. Add a folder of ../shared/corpora here when its format is finished.</summary>
    public static TheoryData<string> Finished() => ["minisign", "kms", "signify", "sshsig", "dsse", "sigstore-conformance", "cpython-releases"];

    [SharedTheory("corpora")]
    [MemberData(nameof(Finished))]
    public void Corpus_passes_whole(string corpus)
    {
        string folder = Repository.SharedFolder(Path.Combine("corpora", corpus));
        Execution.Needs("python3");
        string[] command = ["python3", Path.Combine(folder, "..", "run.py"), folder, "--client", string.Join(' ', Client.Command), "--jobs", "2"];
        Execution run = Execution.Of(command, seconds: 500);
        TestContext.Current.SendDiagnosticMessage(run.Stdout);
        Assert.True(run.ExitCode == 0, run.Everything);
    }
}
