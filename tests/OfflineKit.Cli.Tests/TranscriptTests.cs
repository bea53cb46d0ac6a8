using System.Text;
using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests;

/// <summary>Runs the transcripts of tests/transcripts against the built binary, word for word.</summary>
/// <remarks>
/// A transcript holds comments (<c>#</c>), commands (<c>$ offlinekit …</c>, words separated by blanks, <c>&lt; FILE</c> feeds standard input), then standard
/// output as it is, standard error with <c>! </c> before each line, and <c>? STATUS</c>. UPDATE=1 writes the answers down instead of comparing them.
/// Each transcript runs in a fresh folder with the files of <see cref="Inputs"/> and its own configuration folder.
/// </remarks>
public sealed class TranscriptTests
{
    public static TheoryData<string> Names => [.. Directory.GetFiles(Repository.Path("tests", "transcripts"), "*.txt").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Transcript_is_what_the_program_says(string name)
    {
        string path = Repository.Path("tests", "transcripts", name + ".txt");
        string folder = Directory.CreateTempSubdirectory("offlinekit-").FullName;
        try
        {
            Inputs(folder);
            string expected = File.ReadAllText(path);
            string actual = Replay(expected, folder);
            if (Environment.GetEnvironmentVariable("UPDATE") == "1")
            {
                File.WriteAllText(path, actual);
            }
            else
            {
                Assert.Equal(expected, actual);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Replay(string transcript, string folder)
    {
        StringBuilder said = new();
        foreach (string line in transcript.Split('\n').Where(line => line.StartsWith('#') || line.StartsWith("$ offlinekit", StringComparison.Ordinal)))
        {
            said.Append(line).Append('\n');
            if (line[0] == '$')
            {
                Answer(line["$ offlinekit".Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries), folder, said);
            }
        }

        return said.ToString();
    }

    private static void Answer(string[] words, string folder, StringBuilder said)
    {
        byte[]? stdin = null;
        if (words is [.. string[] before, "<", string file])
        {
            (words, stdin) = (before, File.ReadAllBytes(Path.Combine(folder, file)));
        }

        Execution run = Client.Run(words, folder, stdin, configuration: Path.Combine(folder, "configuration"));
        Lines(said, run.Stdout, "", folder);
        Lines(said, run.Stderr, "! ", folder);
        said.Append("? ").Append(run.ExitCode).Append('\n');
    }

    // The build beside the tests is named after its assembly; the published binary is called offlinekit.
    private static void Lines(StringBuilder said, string text, string prefix, string folder)
    {
        foreach (string line in text.Replace("\r", "", StringComparison.Ordinal).TrimEnd('\n').Split('\n').Where(_ => text.Length > 0))
        {
            said.Append((prefix + line.Replace("OfflineKit.Cli", "offlinekit", StringComparison.Ordinal).Replace(folder, "FOLDER", StringComparison.Ordinal)).TrimEnd()).Append('\n');
        }
    }

    private static void Inputs(string folder)
    {
        string minisign = Repository.Path("tests", "vectors", "minisign"), dossier = Repository.Path("tests", "vectors", "dossier");
        Copy(Path.Combine(minisign, "prehashed", "a.txt"), "app.txt");
        Copy(Path.Combine(minisign, "prehashed", "a.txt.minisig"), "app.txt.minisig");
        Copy(Path.Combine(minisign, "_keys", "alice.pub"), "alice.pub");
        Copy(Path.Combine(minisign, "private-key-given", "secret.key"), "secret.key");
        Copy(Path.Combine(dossier, "kms", "demo.ds.md"), "demo.ds.md");
        Copy(Path.Combine(dossier, "_keys", "team.pem"), "team.pem");
        byte[] signature = File.ReadAllBytes(Path.Combine(folder, "app.txt.minisig"));
        Directory.CreateDirectory(Path.Combine(folder, "folder"));
        Write("empty", []);
        Write("binary", [.. Enumerable.Range(0, 256).Select(i => (byte)i)]);
        Write("long-line", System.Text.Encoding.ASCII.GetBytes(new string('A', 2 * 1024 * 1024)));
        Write("deep.json", System.Text.Encoding.ASCII.GetBytes(new string('[', 10_000) + new string(']', 10_000)));
        Write("crlf.minisig", System.Text.Encoding.ASCII.GetBytes(System.Text.Encoding.ASCII.GetString(signature).Replace("\n", "\r\n", StringComparison.Ordinal)));
        Write("bom.minisig", [0xEF, 0xBB, 0xBF, .. signature]);
        Write("cut.minisig", signature[..150]);
        Write("release-policy.yaml", "version: 1\nname: releases\nsigners:\n  - any-of: [release, team]\n    threshold: 2\nmax-age-days: 30\nminimum-version: \"1.4.0\"\n"u8.ToArray());
        Write("impossible-policy.yaml", "version: 1\nname: releases\nsigners:\n  - any-of: [release, team]\n    threshold: 3\n"u8.ToArray());
        Write("ambiguous-policy.yaml", "version: 1\nname: releases\nsigners:\n  - any-of: [release]\nminimum-version: 1.10\n"u8.ToArray());
        Write("app-policy.yaml", "version: 1\nname: app\nsigners:\n  - any-of: [alice.pub]\nalgorithms: [ED25519_SHA_512]\n"u8.ToArray());
        Write("version-policy.yaml", "version: 1\nname: app\nsigners:\n  - any-of: [alice.pub]\nminimum-version: \"1.4.0\"\n"u8.ToArray());

        void Copy(string from, string name) => File.WriteAllBytes(Path.Combine(folder, name), File.ReadAllBytes(from));
        void Write(string name, byte[] content) => File.WriteAllBytes(Path.Combine(folder, name), content);
    }
}
