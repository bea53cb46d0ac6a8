using System.Text.Json;
using OfflineKit.Signing.Formats;
using OfflineKit.Signing.Formats.Dossier;
using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests.Media;

/// <summary>One command over a medium: each file on it has one word, and nothing is passed over.</summary>
public sealed class MediumTests : IDisposable
{
    private const string Dossier = "---dossier\n{\"dossier_schema_version\":\"1.0.0\",\"title\":\"T\",\"version\":\"1.0.0\",\"risk_level\":\"low\"}\n---\nbody\n";

    private readonly Stick _stick = new();

    public void Dispose() => _stick.Dispose();

    [Fact]
    public async Task Every_file_has_one_word()
    {
        await FillAsync();
        Execution run = _stick.Verify("stick", "--key", "keys");
        Dictionary<string, string> standings = _stick.Standings(run);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            [
                "alone.minisig not-signed", "b.minisig not-signed", "changed.txt changed", "deep/er/good.txt trusted", "g.ds.md trusted", "list trusted", "list/beside not-signed",
                "malformed.txt not-trusted", "malformed.txt.minisig not-signed", "stranger.ds.md signer-not-asked", "stranger.txt signer-not-asked", "two.txt trusted", "unsigned.txt not-signed",
            ],
            standings.Select(pair => $"{pair.Key} {pair.Value}").Order(StringComparer.Ordinal));
        using JsonDocument summary = JsonDocument.Parse(run.Stdout.TrimEnd('\n').Split('\n')[^1]);
        Assert.Equal(4, summary.RootElement.GetProperty("summary").GetProperty("standings").GetProperty("trusted").GetInt64());
        Assert.Contains("NOT ALL TRUSTED: 4 of 13 files are trusted", run.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_read_which_files_are_trusted_and_the_page_has_the_same()
    {
        await FillAsync();
        Execution run = _stick.Verify("stick", "--key", "keys", "--output", "text", "--html", "page.html");
        Assert.Equal(1, run.ExitCode);
        foreach (string line in (string[])["trusted: stick/two.txt (", "trusted: stick/list (team.pub; 2 files)", "changed: stick/changed.txt: signature.mismatch", "nobody signed it: stick/unsigned.txt", "signed by somebody nobody asked for: stick/stranger.txt"])
        {
            Assert.Contains(line, run.Stdout, StringComparison.Ordinal);
        }

        string page = await File.ReadAllTextAsync(_stick.Beside("page.html"), TestContext.Current.CancellationToken);
        Assert.Contains("stick/unsigned.txt", page, StringComparison.Ordinal);
        Assert.Contains("signed by somebody nobody asked for", page, StringComparison.Ordinal);
        Assert.Contains("<strong>4</strong> of <strong>13</strong> files are trusted", page, StringComparison.Ordinal);
        Assert.Equal(0, Client.Run(["report", "-", "--html", _stick.Beside("again.html")], stdin: System.Text.Encoding.UTF8.GetBytes(_stick.Verify("stick", "--key", "keys").Stdout)).ExitCode - 1);
    }

    [Fact]
    public async Task A_page_replaces_no_file_that_is_none_and_is_asked_before_anything_is_decided()
    {
        await _stick.SignedAsync("a", "a", _stick.Team, new MinisignSignature());
        File.WriteAllText(_stick.Beside("mine.html"), "mine");
        Execution run = _stick.Verify("stick", "--key", "keys", "--html", "mine.html");
        Assert.Equal((2, "", "mine"), (run.ExitCode, run.Stdout, await File.ReadAllTextAsync(_stick.Beside("mine.html"), TestContext.Current.CancellationToken)));
        Assert.Equal(0, _stick.Verify("stick/a", "--key", "keys", "--html", "one.html").ExitCode);
        Assert.True(File.Exists(_stick.Beside("one.html")));
    }

    [Fact]
    public async Task A_medium_on_which_all_is_signed_is_trusted_and_an_empty_one_is_not()
    {
        Assert.Equal(2, _stick.Verify("stick", "--key", "keys").ExitCode);
        await _stick.SignedAsync("a", "a", _stick.Team, new MinisignSignature());
        await _stick.SignAsync("a", _stick.Stranger, new SigstoreBundleSignature(statement: null), _stick["a.sigstore.json"]);
        Assert.Equal(0, _stick.Verify("stick", "--key", "keys").ExitCode);
        _stick.Write("b", "b");
        Assert.Equal(2, _stick.Verify("stick", "--key", "keys").ExitCode);
    }

    [Fact]
    public async Task A_list_of_which_one_file_was_changed_vouches_for_the_others_one_by_one()
    {
        await ListAsync("", "sub/f3");
        _stick.Write("f1", "changed");
        await _stick.SignAsync("f2", _stick.Stranger, new MinisignSignature(), _stick["f2.minisig"]);
        await _stick.SignAsync("f1", _stick.Stranger, new KmsSignature(KmsForm.Raw), _stick["f1.sig"]);
        Dictionary<string, string> standings = _stick.Standings(_stick.Verify("stick", "--key", "keys"));
        Assert.Equal(["changed", "changed", "trusted", "trusted", "trusted"], new[] { ".", "f1", "f2", "sub/f3", "SHA256SUMS" }.Select(name => standings[name]));
    }

    [Fact]
    public async Task An_archive_that_nobody_signed_is_looked_into()
    {
        await ListAsync("in/");
        System.IO.Compression.ZipFile.CreateFromDirectory(_stick["in"], _stick["whole.zip"]);
        Directory.Delete(_stick["in"], recursive: true);
        Assert.Equal("trusted", _stick.Standings(_stick.Verify("stick", "--key", "keys"))["whole.zip"]);
        Execution alone = _stick.Verify("stick/whole.zip", "--key", "keys");
        Assert.Equal((0, "trusted"), (alone.ExitCode, _stick.Standings(alone)["whole.zip"]));
        _stick.Write("plain.zip", "PK\u0003\u0004 no archive");
        Assert.Equal("not-signed", _stick.Standings(_stick.Verify("stick", "--key", "keys"))["plain.zip"]);
    }

    [Fact]
    public void An_image_is_found_with_its_signatures()
    {
        string vector = Repository.Path("tests", "vectors", "oci-image", "key");
        string layout = Directory.EnumerateFiles(vector, "oci-layout", SearchOption.AllDirectories).Select(System.IO.Path.GetDirectoryName).First()!;
        foreach (string file in Directory.EnumerateFiles(layout, "*", SearchOption.AllDirectories))
        {
            string place = _stick[$"image/{System.IO.Path.GetRelativePath(layout, file)}"];
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(place)!);
            File.Copy(file, place);
        }

        string key = Repository.Path("tests", "vectors", "oci-image", "_instance", "cosign.pub");
        Execution run = _stick.Verify("stick", "--key", key);
        Assert.Equal("image@sha256:0522ca52173d41ac32a4a8c5e9748999efdccd6d6d50489c7c9817f09b525a74 trusted", string.Join(' ', _stick.Standings(run).Select(pair => $"{pair.Key} {pair.Value}")));
        Assert.Equal(0, run.ExitCode);
        _stick.Write("image/blobs/sha256/2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881", "x");
        Execution stray = _stick.Verify("stick", "--key", key);
        Assert.Equal((2, "not-signed"), (stray.ExitCode, _stick.Standings(stray)["image/blobs/sha256/2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"]));
        Assert.DoesNotContain("\"standing\":\"trusted\"", _stick.Verify("stick", "--key", "keys").Stdout, StringComparison.Ordinal);
    }

    private async Task FillAsync()
    {
        await ListAsync("list/");
        _stick.Write("list/beside", "not on the list");
        await _stick.SignedAsync("deep/er/good.txt", "good", _stick.Team, new MinisignSignature());
        await _stick.SignedAsync("two.txt", "two", _stick.Stranger, new MinisignSignature());
        await _stick.SignAsync("two.txt", _stick.Team, new SigstoreBundleSignature(statement: null), _stick["two.txt.sigstore.json"]);
        await _stick.SignedAsync("changed.txt", "before", _stick.Team, new MinisignSignature());
        _stick.Write("changed.txt", "after");
        await _stick.SignedAsync("stranger.txt", "stranger", _stick.Stranger, new MinisignSignature());
        await _stick.SignedAsync("alone", "alone", _stick.Team, new MinisignSignature());
        File.Delete(_stick["alone"]);
        File.Copy(_stick["alone.minisig"], _stick["b.minisig"]);
        _stick.Write("malformed.txt", "m");
        _stick.Write("malformed.txt.minisig", "untrusted comment: x\nnothing\n");
        _stick.Write("unsigned.txt", "u");
        foreach ((string name, var signer) in new[] { ("g.ds.md", _stick.Team), ("stranger.ds.md", _stick.Stranger) })
        {
            _stick.Write(name, Dossier);
            await _stick.SignAsync(name, signer, new DossierInPlace(), _stick[name]);
        }
    }

    private async Task ListAsync(string folder, params string[] more)
    {
        string[] names = ["f1", "f2", .. more];
        Array.ForEach(names, name => _stick.Write(folder + name, "content of " + name));
        string list = string.Concat(names.Select(name => $"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes("content of " + name)))}  {name}\n"));
        await _stick.SignedAsync($"{folder}SHA256SUMS", list, _stick.Team, new MinisignSignature());
    }
}
