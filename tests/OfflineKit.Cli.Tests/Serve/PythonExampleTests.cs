using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests.Serve;

/// <summary>The ten lines of Python in docs/spec/serve.md, run as they are written.</summary>
public sealed class PythonExampleTests
{
    [Fact]
    public void The_example_of_the_page_verifies_two_files()
    {
        Execution.Needs("python3");
        string page = File.ReadAllText(Repository.Path("docs", "spec", "serve.md"));
        int start = page.IndexOf("```python\n", StringComparison.Ordinal) + "```python\n".Length;
        string program = page[start..page.IndexOf("```", start, StringComparison.Ordinal)];
        string folder = Directory.CreateTempSubdirectory("offlinekit-python-").FullName;
        try
        {
            string vector = Repository.Path("tests", "vectors", "minisign", "prehashed");
            File.Copy(Path.Combine(vector, "a.txt"), Path.Combine(folder, "a.tar.gz"));
            File.Copy(Path.Combine(vector, "a.txt.minisig"), Path.Combine(folder, "a.tar.gz.minisig"));
            File.WriteAllText(Path.Combine(folder, "b.tar.gz"), "tampered");
            File.Copy(Path.Combine(vector, "a.txt.minisig"), Path.Combine(folder, "b.tar.gz.minisig"));
            File.Copy(Repository.Path("tests", "vectors", "minisign", "_keys", "alice.pub"), Path.Combine(folder, "release.pub"));
            // Only the program's name differs: the tests run the build beside them.
            string words = string.Join(", ", Client.Command.Append("serve").Select(word => $"\"{word}\""));
            File.WriteAllText(Path.Combine(folder, "example.py"), program.Replace("[\"offlinekit\", \"serve\"]", $"[{words}]", StringComparison.Ordinal));
            Execution run = Execution.Of(["python3", "example.py"], folder);
            Assert.True(run.ExitCode == 0, run.Everything);
            Assert.Equal(["a.tar.gz True", "b.tar.gz False"], run.Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
