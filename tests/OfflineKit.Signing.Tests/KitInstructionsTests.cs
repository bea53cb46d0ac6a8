using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using OfflineKit.Testing;

namespace OfflineKit.Signing.Tests;

/// <summary>VERIFY.txt of a kit: every command in it is typed as it stands, with the real cosign, minisign, openssl and jq.</summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class KitInstructionsTests : IDisposable
{
    private readonly Folder _folder = new();

    public KitInstructionsTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the instructions are written for a Unix shell");
        Array.ForEach(["cosign", "minisign", "openssl", "jq", "zstd"], program => _ = Peer.Needed(program));
        Directory.CreateDirectory(_folder["in/feeds"]);
        File.WriteAllText(_folder["in/feeds/ä b.json"], "{}\n");
        Peer.Must(_folder.Path, "openssl", ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "p256.pem"]);
        Peer.Must(_folder.Path, "openssl", ["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:3072", "-out", "rsa.pem"]);
        Peer.Must(_folder.Path, "minisign", ["-GW", "-s", "mini.key", "-p", "mini.pub"]);
        Guide.Shim(_folder.Path, "offlinekit", Client.Command);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("feeds-2026.11.tar.zst", "p256.pem")]
    [InlineData("it's a kit.tar", "rsa.pem")]
    [InlineData("feeds", "mini.key")]
    [InlineData("two keys.tar.zst", "p256.pem rsa.pem")]
    public void Every_command_works_as_it_stands(string name, string keys)
    {
        Pack(name, keys);
        List<(string Command, string Said)> commands = Commands(Instructions(name));
        Assert.Contains(commands, pair => pair.Command.StartsWith("cosign verify-blob ", StringComparison.Ordinal));
        Assert.Contains(commands, pair => pair.Command.StartsWith("minisign ", StringComparison.Ordinal));
        foreach ((string command, string said) in commands)
        {
            (int exit, string output) = Shell(command);
            Assert.True(exit == 0 && output.Contains(said, StringComparison.Ordinal), $"$ {command}\nexit {exit}, wanted \"{said}\"\n{output}");
        }
    }

    [Theory]
    [InlineData("feeds-2026.11.tar.zst")]
    [InlineData("feeds")]
    public void Every_verifying_command_finds_a_change(string name)
    {
        Pack(name, "p256.pem");
        List<string> commands = [.. Commands(Instructions(name)).Select(pair => pair.Command)];
        List<string> verifying = [.. commands.Where(command => Verifying().IsMatch(command))];
        commands.Where(command => !Verifying().IsMatch(command)).ToList().ForEach(command => Assert.Equal(0, Shell(command).Exit));
        string unpacked = name == "feeds" ? "feeds" : "kit";
        File.AppendAllText(_folder[unpacked + "/feeds/ä b.json"], " ");
        Assert.NotEqual(0, Shell(verifying.Single(command => command.StartsWith("jq", StringComparison.Ordinal))).Exit);
        File.AppendAllText(_folder[unpacked + "/kit.json"], " ");
        if (name != "feeds")
        {
            byte[] archive = File.ReadAllBytes(_folder[name]);
            archive[archive.Length / 2] ^= 1;
            File.WriteAllBytes(_folder[name], archive);
        }

        foreach (string command in verifying.Where(command => !command.StartsWith("jq", StringComparison.Ordinal)))
        {
            (int exit, string output) = Shell(command);
            Assert.True(exit != 0, $"$ {command}\n{output}");
        }
    }

    private void Pack(string name, string keys)
    {
        (int exit, string output) = Peer.Sign(
            _folder.Path, ["export", "pack", "in", "--name", "feeds", "--version", "2026.11", .. keys.Split(' ').SelectMany(key => new[] { "--key", key }), "--minisign-key", "mini.key", "-o", name]);
        Assert.True(exit == 0, output);
    }

    private string Instructions(string name)
    {
        if (Directory.Exists(_folder[name]))
        {
            return File.ReadAllText(_folder[name + "/VERIFY.txt"]);
        }

        return Peer.Must(_folder.Path, "tar", ["-xOf", name, "VERIFY.txt"]);
    }

    private (int Exit, string Output) Shell(string command)
    {
        string cosign = Path.GetDirectoryName(Peer.Needed("cosign"))!;
        return Peer.Run(_folder.Path, "bash", ["-o", "pipefail", "-c", $"PATH={_folder["bin"]}:{cosign}:$PATH; {command}"]);
    }

    // What a command says stands below it, as far as the instructions say it.
    private static List<(string Command, string Said)> Commands(string text)
    {
        string[] lines = text.Split('\n');
        return [.. lines.Select((line, i) => (line, next: i + 1 < lines.Length ? lines[i + 1] : "")).Where(pair => pair.line.StartsWith("  $ ", StringComparison.Ordinal))
            .Select(pair => (pair.line[4..], pair.next.StartsWith("  $ ", StringComparison.Ordinal) ? "" : pair.next.Trim()))];
    }

    [GeneratedRegex("^(offlinekit|cosign|minisign|jq)")]
    private static partial Regex Verifying();
}
