using System.CommandLine;
using System.Text.RegularExpressions;
using OfflineKit.Testing;

namespace OfflineKit.Signing.Tests.Output;

/// <summary>Every command of the signing program, in every place of its command line that takes a name, given names that attack a terminal, stand for something else, or are no UTF-8.</summary>
public sealed partial class HostileNamesTests
{
    private const string Name = "a\u001b[2J\u202e\u3164\u009b\nTRUSTED: b", There = Name + ".there", Missing = Name + ".missing", Inside = Name + ".d", Nowhere = Name + ".nowhere", Circle = Name + ".circle", Pipe = Name + ".pipe";

    // In braces what names a file, a folder or a key; with > what is written.
    private static readonly string[] Lines =
    [
        "sign {a} --format minisign --key {own.key} --public-key {own.pub} --output {>o} --audit-log {>log} --audit-key {key.pem}",
        "sign {b} --format dsse --key {own.key} --append {b.dsse.json}",
        "sign a --format dsse --key key.pem --predicate-type t --predicate {pred.json} -o o",
        "sign a --format sigstore --key key.pem --signing-config {pred.json} --trusted-root {pred.json} -o o",
        "sign a --format sigstore --keyless --yes --identity-token {token} --fulcio-url https://127.0.0.1:1 -o o",
        "policy sign {bad.yaml} --key {key.pem} --public-key {key.pub} --output {>o} --audit-log {>log} --audit-key {key.pem}",
        "policy push prod {bad.yaml} --sign --key-id {key.pem} --public-key {key.pub} --audit-log {>log} --audit-key {key.pem}",
        "policy push prod bad.yaml --signature {pred.json} --public-key key.pub",
        "policy push prod bad.yaml --sign --key-id key.pem --public-key key.pub --output {>o}",
        "policy validate {bad.yaml}",
        "policy diff prod {bad.yaml}",
        "policy pull prod --output {>o}",
        "policy load prod --public-key {key.pub}",
        "dossier sign {guide.ds.md} --key {key.pem} --public-key {key.pub} --output {>o} --audit-log {>log} --audit-key {key.pem}",
        "dossier keys add {>list} --public-key {key.pub} --name n",
        "dossier keys deprecate {list} --public-key {key.pub}",
        "dossier keys retire {list} --public-key {key.pub} --reason r",
        "dossier keys revoke {list} --public-key {key.pub} --reason r",
        "event sign {event.json} --provider aws_kms --key {key.pem} --public-key {key.pub} --output {>o} --audit-log {>log} --audit-key {key.pem}",
        "event sign {event.json} --allow-bare-sha256-instead-of-signature --output {>o}",
        "log sign {event.json} --output {>o} --audit-log {>log} --audit-key {key.pem}",
        "keygen -W --secret-key {>s} --public-key {>p}",
        "key change-password {own.key} -W",
        "key recreate-public {own.key} --output {>o}",
        "public-key {key.pem} --public-key {key.pub} --output {>o}",
        "audit verify {a} --public-key {key.pub}",
        "trust init {>new} --root {key.pub} --targets {key.pub} --snapshot {key.pub} --timestamp {key.pub}",
        "trust add {repo} {key.pub} --name n",
        "trust add repo {a} --as policies/a",
        "trust revoke {repo} n --reason r",
        "trust rotate {repo} --role root --add {other.pub} --remove {key.pub}",
        "trust sign {repo} --key {key.pem} --public-key {key.pub}",
        "trust sign repo --from {in}",
        "trust publish {repo} --key {key.pem} --public-key {key.pub} --timestamp-key {key.pem} --bundle {>t.tar}",
        "export pack {in} --name k --version 2 --key {key.pem} --public-key {key.pub} --minisign-key {own.key} --certificates {key.pub} --trust-bundle {in} --output {>new.tar} --audit-log {>log} --audit-key {key.pem}",
        "remote sign {a} --service https://127.0.0.1:1 --token {a} --poe {a} --key {key.pem} --predicate-type t --predicate {pred.json} --public-key {key.pub} --output {>o}",
        "remote sign a --service https://127.0.0.1:1 --token a --poe a --client-certificate {key.pub} --client-certificate-key {key.pem} --predicate-type t --predicate pred.json --public-key key.pub -o o",
        "remote export {a} --archive {a} --export-id e --tool t=1 --service https://127.0.0.1:1 --token {a} --poe {a} --key {key.pem} --public-key {key.pub} --output {>o}",
        "remote export a --archive a --export-id e --tool t=1 --service https://127.0.0.1:1 --token a --poe a --client-certificate {key.pub} --client-certificate-key {key.pem} --public-key key.pub -o o",
    ];

    // They name no file.
    private static readonly string[] Nameless = ["serve", "cosign-plugin", "explain", "completion", "manual"];
    private static readonly string[] HelpNames = ["FILE", "OUT", "KEY", "JSON", "DIR", "FILE.tar[.zst]"];

    // Nothing of a network: what a line reaches without a good name refuses to answer.
    private static readonly string[] Program =
    [
        "env", $"SENTINEL_LOG_SIGNING_KEY={new string('0', 64)}", "AWS_ACCESS_KEY_ID=none", "AWS_SECRET_ACCESS_KEY=none", "AWS_REGION=none", "AWS_ENDPOINT_URL=http://127.0.0.1:1", "AWS_MAX_ATTEMPTS=1",
        .. Environment.GetEnvironmentVariable("OFFLINEKIT_SIGN") is { Length: > 0 } built ? [Path.GetFullPath(built)] : new[] { "dotnet", Path.Combine(AppContext.BaseDirectory, "OfflineKit.Signing.Cli.dll") },
    ];

    public static TheoryData<string> Commands => [.. Lines];

    [Theory]
    [MemberData(nameof(Commands))]
    public void No_command_shows_a_name_raw_or_takes_it_for_another(string line)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "names and pipes of Unix");
        string[] words = line.Split(' ');
        for (int at = 0; at < words.Length; at++)
        {
            foreach (string name in words[at].StartsWith('{') ? [There, Missing, Inside, Nowhere, Circle, Pipe] : Array.Empty<string>())
            {
                using Bench bench = new();
                Prepare(bench.Folder);
                string[] before = Tree.Of(bench.Folder.Path);
                Execution run = Execution.Of([.. Program, .. words.Select((word, i) => i == at ? name : Plain(word))], bench.Folder.Path, stdin: []);
                string output = run.Stdout + run.Stderr, told = $"{name.ReplaceLineEndings("?")} for {words[at]}: {run.Everything}";
                Assert.True(run.ExitCode is 0 or 1 or 2 && !output.Contains("internal error", StringComparison.Ordinal), told);
                Assert.False(output.Any(c => c is '\u001b' or '\u009b' or '\u202e' or '\u3164') || output.Split('\n').Any(said => said.StartsWith("TRUSTED: b", StringComparison.Ordinal)), told);
                string[] changes = run.ExitCode == 0 ? [] : [.. Tree.Of(bench.Folder.Path).Except(before, StringComparer.Ordinal).Concat(before.Except(Tree.Of(bench.Folder.Path), StringComparer.Ordinal))];
                Assert.True(changes.All(change => IsLog(change, words, at)), $"{told}\nbut: {string.Join("; ", changes)}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_word_that_is_no_utf8_is_refused_in_every_place(string line)
    {
        Execution.Needs("sh");
        string[] words = line.Split(' ');
        using Bench bench = new();
        string[] before = Tree.Of(bench.Folder.Path);
        foreach (int at in Enumerable.Range(0, words.Length).Where(at => words[at].StartsWith('{')))
        {
            string quoted = string.Join(' ', words.Select((word, i) => i == at ? "\"$(printf 'caf\\351')\"" : $"'{Plain(word)}'"));
            Execution run = Execution.Of(["sh", "-c", $"exec \"$@\" {quoted}", "sh", .. Program], bench.Folder.Path);
            Assert.True(run.ExitCode == 2 && run.Stderr.Contains("is not UTF-8", StringComparison.Ordinal), $"{words[at]}: {run.Everything}");
        }

        Assert.Equal(before, Tree.Of(bench.Folder.Path));
    }

    [Fact]
    public void Every_command_and_every_place_for_a_name_is_in_the_table()
    {
        List<string> missing = [];
        foreach ((string name, Command command) in Leaves(Cli.Program.Root(), "").Where(leaf => !Nameless.Contains(leaf.Name, StringComparer.Ordinal)))
        {
            string[] lines = [.. Lines.Where(line => line.StartsWith(name + " ", StringComparison.Ordinal))];
            missing.AddRange(command.Options.Where(option => HelpNames.Contains(option.HelpName, StringComparer.Ordinal))
                .Where(option => !lines.Any(line => option.Aliases.Prepend(option.Name).Any(spelling => line.Contains($" {spelling} {{", StringComparison.Ordinal)))).Select(option => $"{name} {option.Name}"));
            missing.AddRange(lines.Length == 0 ? [name] : []);
        }

        Assert.Equal("", string.Join('\n', missing));
    }

    // The log says what was refused as well.
    private static bool IsLog(string change, string[] words, int at) => change.StartsWith("log ", StringComparison.Ordinal) || (words[at] == "{>log}" && change.StartsWith(Name, StringComparison.Ordinal));

    private static void Prepare(Folder folder)
    {
        folder.Write(There, "{\"payload\":\"\\u001b[2J\",\"path\":\"\\u202e\"}\n");
        Directory.CreateDirectory(folder[Inside]);
        File.WriteAllText(Path.Combine(folder[Inside], Name), "x");
        File.CreateSymbolicLink(folder[Nowhere], Missing);
        File.CreateSymbolicLink(folder[Circle], Circle);
        Peer.Must(folder.Path, "mkfifo", [Pipe]);
    }

    private static string Plain(string word) => Place().Match(word) is { Success: true } place ? place.Groups[1].Value : word;

    private static IEnumerable<(string Name, Command Command)> Leaves(Command command, string name) => command.Subcommands.Count == 0
        ? [(name, command)]
        : command.Subcommands.SelectMany(sub => Leaves(sub, name.Length == 0 ? sub.Name : $"{name} {sub.Name}"));

    [GeneratedRegex("^{>?(.*)}$")]
    private static partial Regex Place();
}
