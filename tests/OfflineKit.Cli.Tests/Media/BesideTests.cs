using System.Text.Json;
using OfflineKit.Signing;
using OfflineKit.Signing.Formats;
using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests.Media;

/// <summary>Every signature beside a file is asked, whatever it is called and whatever else lies there; one that is good is enough, and the report names them all.</summary>
public sealed class BesideTests : IDisposable
{
    private readonly Stick _stick = new();

    public void Dispose() => _stick.Dispose();

    [Fact]
    public async Task A_strangers_signature_hides_no_good_one()
    {
        await _stick.SignedAsync("a", "a", _stick.Stranger, new MinisignSignature());
        await _stick.SignAsync("a", _stick.Team, new SigstoreBundleSignature(statement: null), _stick["a.sigstore.json"]);
        File.WriteAllText(_stick["a.sig"], "nothing");
        JsonElement report = Report(_stick.Verify("stick/a", "--key", "keys/team.pem", "--output", "json"), 0);
        Assert.Equal("stick/a.sigstore.json", report.GetProperty("signature").GetString());
        Assert.Equal(
            ["stick/a.minisig False", "stick/a.sig False"],
            report.GetProperty("otherSignatures").EnumerateArray().Select(other => $"{other.GetProperty("name").GetString()} {other.GetProperty("trusted").GetBoolean()}").Order(StringComparer.Ordinal));
        Assert.Contains("also there: stick/a.minisig: not trusted: key.unknown", _stick.Verify("stick/a", "--key", "keys/team.pem").Stdout, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mkfifo a.sig")]
    [InlineData("ln -s nothing a.sig")]
    [InlineData("ln -s a.sig a.sig")]
    [InlineData("mkdir a.sig")]
    public async Task What_is_no_file_and_called_a_signature_refuses_nothing(string made)
    {
        await _stick.SignedAsync("a", "a", _stick.Team, new MinisignSignature());
        Assert.Equal(0, Execution.Of(["sh", "-c", made], _stick.Path).ExitCode);
        Assert.Equal(0, _stick.Verify("stick/a", "--key", "keys").ExitCode);
        Assert.Equal(0, _stick.Verify("stick/a", "stick/a", "--recurse", "--key", "keys").ExitCode);
        Assert.Equal("trusted", _stick.Standings(_stick.Verify("stick", "--key", "keys"))["a"]);
    }

    [Fact]
    public async Task A_signature_that_cannot_be_read_is_named_beside_a_good_one_and_decides_nothing_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.UserName != "root", "only root can become somebody who may not read");
        Execution.Needs("setpriv");
        await _stick.SignedAsync("a", "a", _stick.Team, new MinisignSignature());
        File.WriteAllText(_stick["a.sig"], "closed");
        Assert.Equal(0, Execution.Of(["sh", "-c", "chmod 0 stick/a.sig && chmod 755 ."], _stick.Beside(".")).ExitCode);
        string[] nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", .. Client.Command];
        Execution run = Execution.Of([.. nobody, "verify", "stick/a", "--key", "keys", "--output", "json"], _stick.Beside("."), configuration: _stick.Beside("nobody"));
        JsonElement other = Assert.Single(Report(run, 0).GetProperty("otherSignatures").EnumerateArray());
        Assert.Equal("signature.unreadable", other.GetProperty("reason").GetString());
        File.Delete(_stick["a.minisig"]);
        Assert.Equal((2, ""), Execution.Of([.. nobody, "verify", "stick/a", "--key", "keys"], _stick.Beside("."), configuration: _stick.Beside("nobody")) is var alone ? (alone.ExitCode, alone.Stdout) : default);
    }

    [Fact]
    public async Task A_name_that_is_no_UTF8_does_not_hide_the_list_of_a_file()
    {
        await _stick.SignedAsync("SHA256SUMS", "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881  x\n", _stick.Team, new MinisignSignature());
        _stick.Write("x", "x");
        Assert.Equal(0, Execution.Of(["sh", "-c", "touch \"$(printf 'caf\\351')\""], _stick.Path).ExitCode);
        Assert.Equal(0, _stick.Verify("stick/x", "--key", "keys").ExitCode);
        File.Move(_stick["SHA256SUMS"], _stick["list"]);
        File.CreateSymbolicLink(_stick["SHA256SUMS"], "list");
        Assert.Equal(0, _stick.Verify("stick/x", "--key", "keys").ExitCode);
        Assert.NotEqual("trusted", _stick.Standings(_stick.Verify("stick", "--key", "keys"))["x"]);
    }

    [Fact]
    public async Task What_two_signatures_say_together_answers_nothing()
    {
        await _stick.SignedAsync("a", "a", _stick.Team, new MinisignSignature());
        await _stick.SignAsync("a", _stick.Stranger, new SigstoreBundleSignature(statement: null), _stick["a.sigstore.json"]);
        File.WriteAllBytes(_stick.Beside("stranger.pem"), PublicKeyText.Write(_stick.Stranger, PublicKeyForm.Pem));
        Assert.Equal(1, _stick.Verify("stick/a", "--key", "keys/team.pub", "--key", "stranger.pem", "--threshold", "2").ExitCode);
        Assert.Equal(0, _stick.Verify("stick/a", "--key", "keys/team.pub", "--key", "stranger.pem").ExitCode);
    }

    [Fact]
    public async Task A_changed_file_is_said_to_be_one_whatever_a_stranger_signed()
    {
        await _stick.SignedAsync("a", "a", _stick.Team, new MinisignSignature());
        await _stick.SignAsync("a", _stick.Stranger, new SigstoreBundleSignature(statement: null), _stick["a.sigstore.json"]);
        File.AppendAllText(_stick["a"], "x");
        JsonElement report = Report(_stick.Verify("stick/a", "--key", "keys/team.pub", "--output", "json"), 1);
        Assert.Equal("stick/a.minisig", report.GetProperty("signature").GetString());
        Assert.Equal("signature.mismatch", report.GetProperty("findings")[0].GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData("sha256:{0}.jsonl", 0)]
    [InlineData("sha256-{0}.jsonl", 0)]
    [InlineData("sha256:{0}.json", 2)]
    [InlineData("sha1:{0}.jsonl", 2)]
    public async Task A_file_that_is_called_by_the_artefacts_digest_is_found(string name, int exit)
    {
        await _stick.SignedAsync("a", "a", _stick.Team);
        string hex = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("a"u8));
        await _stick.SignAsync("a", _stick.Team, new SigstoreBundleSignature(statement: null), _stick[string.Format(System.Globalization.CultureInfo.InvariantCulture, name, hex)]);
        Assert.Equal(exit, _stick.Verify("stick/a", "--key", "keys/team.pem").ExitCode);
        Assert.Equal(exit, Client.Run(["verify", "a", "--key", _stick.Beside("keys/team.pem")], _stick.Path).ExitCode);
    }

    [Fact]
    public async Task A_folder_of_keys_is_a_key_and_what_is_none_in_it_is_named_once()
    {
        await _stick.SignedAsync("a", "a", _stick.Team, new SigstoreBundleSignature(statement: null));
        File.WriteAllText(_stick.Beside("keys/README"), "these are our keys");
        Directory.CreateDirectory(_stick.Beside("keys/old"));
        Execution run = _stick.Verify("stick/a", "--key", "keys");
        Assert.Equal((0, 1), (run.ExitCode, run.Stderr.Split("README").Length - 1));
        Assert.Equal(0, _stick.Verify("stick/a", "stick/a", "--key", "keys").Stderr.Split("README").Length - 2);
        Directory.CreateDirectory(_stick.Beside("empty"));
        Assert.Equal(2, _stick.Verify("stick/a", "--key", "empty").ExitCode);
    }

    [Fact]
    public async Task A_minisign_signature_fits_the_same_key_in_PEM_where_the_user_says_its_id()
    {
        await _stick.SignedAsync("a", "a", _stick.Team, new MinisignSignature());
        Execution run = _stick.Verify("stick/a", "--key", "keys/team.pem");
        Assert.Equal(1, run.ExitCode);
        string advice = run.Stdout.Split("trust it as ")[1].Split('\n')[0];
        Assert.EndsWith("=FILE", advice, StringComparison.Ordinal);
        Assert.Equal(0, _stick.Verify("stick/a", "--key", advice.Replace("FILE", "keys/team.pem", StringComparison.Ordinal)).ExitCode);
        Assert.Equal(1, _stick.Verify("stick/a", "--key", "0000000000000000=keys/team.pem").ExitCode);
    }

    [Fact]
    public async Task A_key_in_a_trust_store_serves_bare_signatures()
    {
        await _stick.SignedAsync("a", "a", _stick.Team, new KmsSignature(KmsForm.Raw));
        Execution added = Client.Run(["trust", "add", "team", _stick.Beside("keys/team.pem"), "--fingerprint", _stick.Team.PublicKey.Material.Fingerprint], _stick.Path, configuration: _stick.Beside("home"));
        Assert.True(added.ExitCode == 0, added.Stderr);
        Execution run = Client.Run(["verify", "a"], _stick.Path, configuration: _stick.Beside("home"));
        Assert.True(run.ExitCode == 0, run.Stdout + run.Stderr);
        Assert.Equal(0, _stick.Verify("stick/a", "--key", "keys/team.pem").ExitCode);
    }

    private static JsonElement Report(Execution run, int exit)
    {
        Assert.True(run.ExitCode == exit, run.Stdout + run.Stderr);
        return JsonDocument.Parse(run.Stdout).RootElement;
    }
}
