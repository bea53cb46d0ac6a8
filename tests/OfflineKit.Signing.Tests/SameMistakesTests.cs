using System.Text.RegularExpressions;
using OfflineKit.Testing;

namespace OfflineKit.Signing.Tests;

/// <summary>Both programs answer the same mistake in the same words.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed partial class SameMistakesTests
{
    // What offlinekit is asked, what offlinekit-sign is asked, and what both say; {} is the command that was typed.
    public static TheoryData<string, string, string> Mistakes => new()
    {
        { "", "", "required command was not provided | `{} --help` shows the usage" },
        { "trust", "trust", "required command was not provided | `{} --help` shows the usage" },
        { "bogus", "bogus", "there is no command \"bogus\" | `{} --help` shows the usage" },
        { "help bogus", "help bogus", "there is no command \"bogus\" | `{} --help` shows the usage" },
        { "bogus --help", "bogus --help", "there is no command \"bogus\" | `{} --help` shows the usage" },
        { "help trust stats", "help trust pubish", "there is no command \"trust WORD\" | did you mean `{} trust WORD`?" },
        { "complet x", "complet x", "there is no command \"complet\" | did you mean `{} completion`?" },
        { "trust stats", "trust pubish", "there is no command \"trust WORD\" | did you mean `{} trust WORD`?" },
        { "verify a --kye b", "sign a --kye b", "there is no option --kye | did you mean --key?" },
        { "verify a --key=key.pub --outpt=b", "sign a --key=key.pub --outpt=b", "there is no option --outpt=b | did you mean --output?" },
        { "verify a -Z", "sign a -Z", "there is no option -Z | a file of that name is written after -- or as ./NAME, and the value of an option as --option=VALUE" },
        { "verify --hlep", "sign --hlep", "there is no option --hlep | did you mean --help?" },
        { "--bogus", "--bogus", "there is no option --bogus | a file of that name is written after -- or as ./NAME, and the value of an option as --option=VALUE" },
        { "verify a --key", "sign a --key", "required argument missing for option: '--key' | `{} --help` shows the usage" },
        { "completion", "completion", "required argument 'SHELL' missing for command: 'completion' | `{} --help` shows the usage" },
        { "completion bash zsh", "completion bash zsh", "unrecognized command or argument 'zsh' | `{} --help` shows the usage" },
        { "manual --markdown=yes", "manual --markdown=yes", "unrecognized command or argument 'yes' | `{} --help` shows the usage" },
        { "verify a --output xml", "public-key a --as xml", "--WORD is \"xml\", wanted WORDS | `{} --help` shows the usage" },
        { "verify a --threshold 1 --threshold 2", "sign a --key b --key c", "option '--WORD' expects a single argument but 2 were provided | `{} --help` shows the usage" },
        { "verify a --format minisgn --key key.pub", "sign a --format minisgn --key key.pub", "there is no format \"minisgn\" | formats: WORDS" },
        { "verify a --key key.pub --at noon", "sign a --format kms --key key.pem --signed-at noon", "--WORD: \"noon\" is no time of RFC 3339, wanted 2026-11-22T08:30:00Z" },
        { "inspect /h", "sign /h --format kms --key key.pem", "file /h does not exist" },
        { "inspect absent", "sign absent --format kms --key key.pem", "file absent does not exist" },
        { "inspect .", "sign . --format kms --key key.pem", "file . is a directory | name a file" },
        { "verify a --key absent", "sign a --format kms --key absent", "key file absent does not exist" },
        { "trust fingerprint absent", "public-key absent", "key file absent does not exist" },
        { "trust fingerprint .", "public-key .", "key file . is a directory" },
        { "explain key.unknwon", "explain sign.key-unreadabel", "there is no reason \"WORD\" | did you mean WORD?" },
        { "explain bogus", "explain bogus", "there is no reason \"bogus\" | `{} explain` lists the reasons" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void The_same_mistake_has_the_same_answer(string verifying, string signing, string wanted)
    {
        using Folder folder = new();
        folder.Write("a", "hello\n");
        Peer.Must(folder.Path, "openssl", ["genpkey", "-algorithm", "ed25519", "-out", "key.pem"]);
        Peer.Must(folder.Path, "openssl", ["pkey", "-in", "key.pem", "-pubout", "-out", "key.pub"]);
        Answer("offlinekit", verifying, Client.Run(Words(verifying), folder.Path).Stderr, wanted);
        Answer("offlinekit-sign", signing, Peer.Sign(folder.Path, Words(signing)).Output, wanted);
    }

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static void Answer(string program, string line, string said, string wanted)
    {
        string error = Line(said, program, "error"), hint = wanted.Contains('|', StringComparison.Ordinal) ? " | " + Line(said, program, "hint") : "";
        string pattern = Regex.Escape(wanted).Replace("WORDS", "[a-z-]+, .+", StringComparison.Ordinal).Replace("WORD", @"[a-z.-]+", StringComparison.Ordinal)
            .Replace(@"\{}", $"{program}( [a-z-]+)?( [a-z-]+)?", StringComparison.Ordinal);
        Assert.True(Regex.IsMatch(Code().Replace(error, "") + hint, $"^{pattern}$"), $"{program} {line}: {said}\nwanted {wanted}");
    }

    private static string Line(string said, string program, string kind) =>
        said.Split('\n').FirstOrDefault(line => line.StartsWith($"{program}: {kind}: ", StringComparison.Ordinal))?[$"{program}: {kind}: ".Length..] ?? "";

    // The signing program names the reason behind a refusal.
    [GeneratedRegex(@" \[[a-z.-]+\]$")]
    private static partial Regex Code();
}
