using System.Security.Cryptography;
using OfflineKit.Exports;
using OfflineKit.Signing.Formats;
using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests.Media;

/// <summary>Every file in a folder has a line of its own unless it was used as a good signature in this run: a name, a length or a beginning hides nothing, over a medium and with <c>--recurse</c> alike.</summary>
public sealed class UnusedFilesTests : IDisposable
{
    private const string Script = "#!/bin/sh\necho evil\nexit\n", Time = "2026-11-30T12:00:00Z";

    private readonly Stick _stick = new();

    public static TheoryData<string> Surfaces => ["", "--recurse"];

    public void Dispose() => _stick.Dispose();

    [Theory]
    [MemberData(nameof(Surfaces))]
    public async Task A_name_of_a_signature_hides_no_file(string surface)
    {
        await _stick.SignedAsync("app", "app", _stick.Team, new MinisignSignature());
        string[] names = [.. SignatureNames.Suffixes.Where(suffix => suffix != ".minisig").Append(".alice.sig").Select(suffix => "app" + suffix)];
        Array.ForEach(names, name => _stick.Write(name, Script));
        _stick.Write("app.0123ABCD.sig", "");
        _stick.Write("gone.minisig", await File.ReadAllTextAsync(_stick["app.minisig"], TestContext.Current.CancellationToken));
        Dictionary<string, string> standings = Standings(surface, exit: null);
        Assert.Equal(["app", .. names.Append("app.0123ABCD.sig").Append("gone.minisig").Order(StringComparer.Ordinal)], standings.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["app"], standings.Where(pair => pair.Value == "trusted").Select(pair => pair.Key));
    }

    [Theory]
    [MemberData(nameof(Surfaces))]
    public async Task What_can_be_something_else_than_a_signature_is_told(string surface)
    {
        byte[] sixtyFour = Bytes((Script + new string('#', 64))[..64]);
        await _stick.SignedAsync("bare", "other", _stick.Stranger, new KmsSignature(KmsForm.Raw));
        (string What, byte[] Content)[] contents =
        [
            ("a script", Bytes(Script)),
            ("the length of a signature value", sixtyFour),
            ("the length of an RSA value", Bytes((Script + new string('#', 256))[..256])),
            ("a bare value", await File.ReadAllBytesAsync(_stick["bare.sig"], TestContext.Current.CancellationToken)),
            ("in base64", Bytes(Convert.ToBase64String(sixtyFour) + "\n")),
            ("a script before an SSH signature", [.. Bytes(Script), .. Vector("sshsig/ed/a.txt.sig")]),
            ("text after an SSH signature", [.. Vector("sshsig/ed/a.txt.sig"), .. Bytes(Script)]),
            ("text after a minisign signature", [.. Vector("joint/_any"), .. Bytes(Script)]),
            ("text after an OpenPGP signature", [.. Vector("openpgp/detached-ed/a.txt.asc"), .. Bytes(Script)]),
            ("text after an envelope", [.. Vector("dsse/ed25519/env.json"), .. Bytes(Script)]),
            ("text after a CMS signature", [.. Vector("cms/pem/a.txt.p7s"), .. Bytes(Script)]),
            ("bytes after a CMS signature", [.. Vector("cms/detached-p256/a.txt.p7s"), .. Bytes(Script)]),
            ("lines of which one is unreadable", [.. Line(Vector("dsse/ed25519/env.json")), .. "{ echo evil; }\n"u8]),
            ("a clear-signed text", Vector("openpgp/clearsigned/a.asc")),
            ("a message under its signature", Vector("signify/embedded/a.sig")),
            ("a file within its CMS signature", Vector("cms/opaque/a.txt.p7m")),
            ("a token", Vector("jws/token/a.jwt")),
            ("an event log", Vector("codesentinel/log-signed/gates.jsonl")),
            ("a dossier", Vector("dossier/kms/demo.ds.md")),
            ("a list of checksums", Vector("checksums/listed/CHECKSUMS.txt")),
            ("nothing", []),
        ];
        File.Delete(_stick["bare"]);
        File.Delete(_stick["bare.sig"]);
        for (int i = 0; i < contents.Length; i++)
        {
            await _stick.SignedAsync($"app{i:D2}", $"app{i}", _stick.Team, new MinisignSignature());
            await File.WriteAllBytesAsync(_stick[$"app{i:D2}.sig"], contents[i].Content, TestContext.Current.CancellationToken);
        }

        Dictionary<string, string> standings = Standings(surface, exit: null);
        Assert.All(Enumerable.Range(0, contents.Length), i => Assert.Equal("trusted", standings[$"app{i:D2}"]));
        Assert.Empty(Enumerable.Range(0, contents.Length).Where(i => standings.GetValueOrDefault($"app{i:D2}.sig", "trusted") == "trusted").Select(i => contents[i].What));
    }

    [Theory]
    [MemberData(nameof(Surfaces))]
    public async Task A_well_formed_signature_by_somebody_else_is_what_it_seems_to_be(string surface)
    {
        string[] signatures = ["sshsig/ed/a.txt.sig", "openpgp/detached-ed/a.txt.asc", "openpgp/binary/a.txt.sig", "dsse/ed25519/env.json", "sigstore/cli-verify/bundle.sigstore.json", "cms/detached-p256/a.txt.p7s", "cms/pem/a.txt.p7s", "signify/detached/a.txt.sig"];
        for (int i = 0; i < signatures.Length; i++)
        {
            await _stick.SignedAsync($"app{i:D2}", $"app{i}", _stick.Team, new MinisignSignature());
            await File.WriteAllBytesAsync(_stick[$"app{i:D2}.sig"], Vector(signatures[i]), TestContext.Current.CancellationToken);
        }

        Dictionary<string, string> standings = Standings(surface, exit: null);
        Assert.Empty(standings.Keys.Where(name => name.EndsWith(".sig", StringComparison.Ordinal)).Select(name => $"{signatures[int.Parse(name[3..5], System.Globalization.CultureInfo.InvariantCulture)]}"));
        Assert.All(standings.Values, standing => Assert.Equal("trusted", standing));
    }

    [Theory]
    [InlineData("exports/archive-bsdtar/e.tar", "exports/_keys/dora.minisign.pub")]
    [InlineData("oci-image/tar/layout.tar", "oci-image/_instance/cosign.pub")]
    public void Beside_an_archive_that_is_trusted_as_a_whole_nothing_is_hidden(string archive, string key)
    {
        File.WriteAllBytes(_stick["kit.tar"], Vector(archive));
        string[] names = [.. SignatureNames.Suffixes.Select(suffix => "kit.tar" + suffix)];
        Array.ForEach(names, name => _stick.Write(name, Script));
        Dictionary<string, string> standings = _stick.Standings(_stick.Verify("stick", "--key", Repository.Path(["tests", "vectors", .. key.Split('/')])));
        Assert.Equal(names.Order(StringComparer.Ordinal), standings.Where(pair => pair.Value != "trusted").Select(pair => pair.Key).Order(StringComparer.Ordinal));
        Assert.Equal("trusted", Assert.Single(standings, pair => !names.Contains(pair.Key, StringComparer.Ordinal)).Value);
    }

    [Fact]
    public void What_a_signer_left_out_and_what_is_permitted_is_told()
    {
        string vector = Repository.Path("tests", "vectors", "exports", "model-signing-git"), key = Word("--key");
        foreach (string file in Directory.EnumerateFiles(Path.Combine(vector, Word("verify-export")), "*", SearchOption.AllDirectories))
        {
            string to = _stick[Path.Combine("model", Path.GetRelativePath(Path.Combine(vector, Word("verify-export")), file))];
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }

        Execution run = _stick.Verify("stick", "--key", Path.Combine(vector, key), "--at", Time);
        Dictionary<string, string> standings = _stick.Standings(run);
        Assert.Equal("trusted", standings["model"]);
        Assert.NotEmpty(standings.Where(pair => pair.Key.StartsWith("model/.git", StringComparison.Ordinal)));
        Assert.All(standings.Where(pair => pair.Key != "model"), pair => Assert.Equal("not-signed", pair.Value));

        string Word(string before)
        {
            string[] words = CaseFile.Arguments(Path.Combine(vector, "case.txt"));
            return words[Array.IndexOf(words, before) + 1];
        }
    }

    [Theory]
    [InlineData("stranger", 0)]
    [InlineData("script", 2)]
    public async Task A_listed_file_is_trusted_whatever_a_stranger_signed_and_hides_nothing(string beside, int exit)
    {
        await _stick.SignedAsync("list/a", "a", _stick.Stranger, new MinisignSignature());
        await _stick.SignedAsync("list/SHA256SUMS", $"{Convert.ToHexStringLower(SHA256.HashData("a"u8))}  a\n", _stick.Team, new MinisignSignature());
        if (beside == "script")
        {
            _stick.Write("list/a.minisig", Script);
        }

        Dictionary<string, string> standings = Standings("", exit);
        Assert.Equal(exit == 0 ? ["list"] : ["list", "list/a.minisig"], standings.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("openpgp/clearsigned/a.asc")]
    [InlineData("jws/token/a.jwt")]
    public async Task A_document_that_is_called_a_signature_of_a_list_is_a_file_that_the_list_does_not_name(string document)
    {
        await _stick.SignedAsync("list/SHA256SUMS", $"{Convert.ToHexStringLower(SHA256.HashData("a"u8))}  a\n", _stick.Team, new MinisignSignature());
        _stick.Write("list/a", "a");
        await File.WriteAllBytesAsync(_stick["list/SHA256SUMS.sig"], Vector(document), TestContext.Current.CancellationToken);
        Assert.NotEqual("trusted", Standings("", exit: null)["list/SHA256SUMS.sig"]);
        Execution whole = Client.Run(["verify-export", "list", "--key", _stick.Beside("keys/team.pub")], _stick.Path);
        Assert.Equal(1, whole.ExitCode);
    }

    [Fact]
    public async Task A_signature_of_a_refused_file_is_in_its_line_and_a_script_is_not()
    {
        await _stick.SignedAsync("a", "a", _stick.Team, new MinisignSignature());
        _stick.Write("a", "changed");
        _stick.Write("a.sig", Script);
        Assert.Equal(["a changed", "a.sig not-signed"], Standings("", 1).Select(pair => $"{pair.Key} {pair.Value}"));
        Assert.Equal(["a changed", "a.sig not-signed"], Standings("--recurse", 1).Select(pair => $"{pair.Key} {pair.Value}"));
    }

    [Theory]
    [MemberData(nameof(Surfaces))]
    public async Task A_file_that_the_user_names_has_a_line_whatever_it_was_used_for(string surface)
    {
        await _stick.SignedAsync("a", "a", _stick.Team, new MinisignSignature());
        Execution run = _stick.Verify(["stick", "stick/a.minisig", "--key", "keys", .. surface.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Equal(["a trusted", "a.minisig not-signed"], _stick.Standings(run).Select(pair => $"{pair.Key} {pair.Value}"));
    }

    [Fact]
    public async Task Links_to_folders_and_names_that_cannot_be_said_are_told_by_recurse_as_over_a_medium()
    {
        await _stick.SignedAsync("a", "a", _stick.Team, new MinisignSignature());
        Directory.CreateDirectory(_stick.Beside("out"));
        File.WriteAllText(_stick.Beside("out/evil"), "evil");
        Directory.CreateSymbolicLink(_stick["sub"], "../out");
        Execution recurse = _stick.Verify("stick", "--key", "keys", "--recurse"), medium = _stick.Verify("stick", "--key", "keys");
        Assert.Equal((2, 2), (recurse.ExitCode, medium.ExitCode));
        Assert.All([recurse, medium], run => Assert.Contains("link-not-followed", run.Stdout, StringComparison.Ordinal));
        Assert.Equal(Words(medium), Words(recurse));

        IEnumerable<string> Words(Execution run) => _stick.Standings(run).Select(pair => $"{pair.Key} {pair.Value}").Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task Resumed_results_hide_no_file_either()
    {
        await _stick.SignedAsync("a", "a", _stick.Team, new MinisignSignature());
        File.WriteAllText(_stick.Beside("earlier"), _stick.Verify("stick", "--key", "keys", "--recurse").Stdout);
        _stick.Write("a.sig", Script);
        Execution run = _stick.Verify("stick", "--key", "keys", "--recurse", "--resume", "earlier");
        Assert.Equal(["a trusted", "a.sig not-signed"], _stick.Standings(run).Select(pair => $"{pair.Key} {pair.Value}"));
        Assert.Contains("\"resumed\":1", run.Stdout, StringComparison.Ordinal);
    }

    private static byte[] Vector(string path) => path == "joint/_any"
        ? File.ReadAllBytes(Directory.EnumerateFiles(Repository.Path("tests", "vectors", "minisign"), "a.txt.minisig", SearchOption.AllDirectories).First(file => File.ReadAllText(Path.Combine(Path.GetDirectoryName(file)!, "case.txt")).Contains("expect: trusted", StringComparison.Ordinal)))
        : File.ReadAllBytes(Repository.Path(["tests", "vectors", .. path.Split('/')]));

    private static byte[] Bytes(string text) => System.Text.Encoding.ASCII.GetBytes(text);

    private static byte[] Line(byte[] json) => [.. JsonCompact(json), (byte)'\n'];

    private static byte[] JsonCompact(byte[] json) => System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(System.Text.Json.JsonDocument.Parse(json).RootElement);

    private Dictionary<string, string> Standings(string surface, int? exit)
    {
        Execution run = _stick.Verify(["stick", "--key", "keys", "--at", Time, .. surface.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.True(exit is null || run.ExitCode == exit, run.Everything);
        return _stick.Standings(run);
    }
}
