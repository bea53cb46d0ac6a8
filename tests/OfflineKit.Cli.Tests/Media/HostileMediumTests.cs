using OfflineKit.Signing;
using OfflineKit.Signing.Formats;
using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests.Media;

/// <summary>Whoever fills a medium controls all of it: nothing on it gives trust, hides anything, or leads out of it.</summary>
public sealed class HostileMediumTests : IDisposable
{
    private readonly Stick _stick = new();

    public void Dispose() => _stick.Dispose();

    [Fact]
    public async Task Keys_lists_stores_and_policies_on_the_medium_give_no_trust()
    {
        await _stick.SignedAsync("evil", "evil", _stick.Stranger, new MinisignSignature());
        await _stick.SignedAsync("other", "other", _stick.Stranger, new SigstoreBundleSignature(statement: null), new KmsSignature(KmsForm.Raw));
        byte[] pem = PublicKeyText.Write(_stick.Stranger, PublicKeyForm.Pem), mini = PublicKeyText.Write(_stick.Stranger, PublicKeyForm.Minisign);
        foreach (string name in (string[])["team.pem", "evil.pub", "evil.pem", "keys/team.pem", "keys/team.pub", "trust/team.pem", "release.pub", "minisign.pub", "cosign.pub"])
        {
            _stick.Write(name, "");
            await File.WriteAllBytesAsync(_stick[name], name.EndsWith(".pem", StringComparison.Ordinal) ? pem : mini, TestContext.Current.CancellationToken);
        }

        _stick.Write("KEYS.txt", $"{System.Text.Encoding.UTF8.GetString(mini).Split('\n')[1]} team\n");
        _stick.Write("trusted-keys.txt", $"{System.Text.Encoding.UTF8.GetString(mini).Split('\n')[1]} team\n");
        _stick.Write("trust.json", "{\"version\":1,\"roots\":[]}");
        _stick.Write("trusted_root.json", "{}");
        _stick.Write("allowed_signers", "* ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJKc\n");
        _stick.Write("policy.yaml", "version: 1\n");
        Execution run = _stick.Verify("stick", "--key", "keys");
        Dictionary<string, string> standings = _stick.Standings(run);
        Assert.DoesNotContain("trusted", standings.Values);
        Assert.Equal(("signer-not-asked", "not-trusted"), (standings["evil"], standings["other"]));

        // Run from within the medium as well: a word of the command line means what the user named.
        Execution inside = Client.Run(["verify", ".", "--key", _stick.Beside("keys/team.pub")], _stick.Path);
        Assert.DoesNotContain("\"standing\":\"trusted\"", inside.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public void A_medium_is_not_judged_where_nobody_is_trusted()
    {
        _stick.Write("a", "a");
        Execution run = _stick.Verify("stick");
        Assert.Equal((2, ""), (run.ExitCode, run.Stdout));
        Assert.Contains("no key and no trust root was given", run.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_key_is_said_once_and_not_about_every_file()
    {
        _stick.Write("a", "a");
        _stick.Write("b", "b");
        File.WriteAllText(_stick.Beside("bad.pem"), "no key");
        Execution run = _stick.Verify("stick", "--key", "bad.pem", "--key", "keys/team.pem");
        Assert.Equal((2, "", 1), (run.ExitCode, run.Stdout, run.Stderr.Split("key.malformed").Length - 1));
    }

    [Fact]
    public async Task Links_are_not_followed_and_are_said()
    {
        await _stick.SignedAsync("good", "good", _stick.Team, new MinisignSignature());
        File.Move(_stick["good"], _stick.Beside("outside"));
        File.CreateSymbolicLink(_stick["good"], "../outside");
        Directory.CreateDirectory(_stick.Beside("tree"));
        File.WriteAllText(_stick.Beside("tree/inside"), "x");
        Directory.CreateSymbolicLink(_stick["folder"], "../tree");
        _stick.Write("other", "good");
        File.CreateSymbolicLink(_stick["other.minisig"], "good.minisig");
        Dictionary<string, string> standings = _stick.Standings(_stick.Verify("stick", "--key", "keys"));
        Assert.Equal(["folder undecided", "good undecided", "good.minisig not-signed", "other not-signed", "other.minisig undecided"], standings.Select(pair => $"{pair.Key} {pair.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_link_in_an_export_keeps_it_from_being_trusted()
    {
        await _stick.SignedAsync("e/SHA256SUMS", "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881  x\n", _stick.Team, new MinisignSignature());
        File.WriteAllText(_stick.Beside("x"), "x");
        File.CreateSymbolicLink(_stick["e/x"], "../../x");
        Dictionary<string, string> standings = _stick.Standings(_stick.Verify("stick", "--key", "keys"));
        Assert.Equal(("not-trusted", "undecided", "trusted"), (standings["e"], standings["e/x"], standings["e/SHA256SUMS"]));
    }

    [Fact]
    public async Task Names_that_cannot_be_said_hide_no_other_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || OperatingSystem.IsMacOS(), "names are text there");
        await _stick.SignedAsync("good", "good", _stick.Team, new MinisignSignature());
        Execution made = Execution.Of(["bash", "-c", "printf x > $'bad\\xff'; mkdir $'dir\\xfe'; printf x > $'dir\\xfe/hidden'; printf x > $'line\\nbreak'; printf x > $'esc\\e[31m'"], _stick.Path);
        Assert.Equal(0, made.ExitCode);
        Execution run = _stick.Verify("stick", "--key", "keys");
        Dictionary<string, string> standings = _stick.Standings(run);
        Assert.Equal("trusted", standings["good"]);
        Assert.Equal(["bad", "dir"], standings.Where(pair => pair.Value == "undecided").Select(pair => pair.Key[..3]).Order(StringComparer.Ordinal));
        Assert.Equal("not-signed", standings["line\nbreak"]);
        Assert.DoesNotContain("\u001b", _stick.Verify("stick", "--key", "keys", "--output", "text").Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_called_as_another_name_is_shown_keeps_its_line()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || OperatingSystem.IsMacOS(), "names are text there");
        await _stick.SignedAsync(@"evil\xff", "signed", _stick.Team, new MinisignSignature());
        File.WriteAllText(_stick[@"evil\xff"], "edited");
        Assert.Equal(0, Execution.Of(["bash", "-c", @"printf x > $'evil\xff'"], _stick.Path).ExitCode);
        foreach (string[] words in (string[][])[["verify", "stick", "--key", "keys"], ["verify", "--recurse", "stick", "--key", "keys"]])
        {
            Execution run = Client.Run([.. words, "--output", "ndjson"], _stick.Beside("."));
            Assert.Equal((1, 1), (run.ExitCode, run.Stdout.Split('\n').Count(line => line.Contains("\"status\":\"invalid\"", StringComparison.Ordinal))));
            File.WriteAllText(_stick.Beside("results"), run.Stdout);
            Assert.Equal(1, Client.Run(["report", "merge", "results"], _stick.Beside(".")).ExitCode);
        }

        // In a list the line with the byte comes first, and the file that is called as it is shown is no second of it.
        Assert.Equal(0, Execution.Of(["bash", "-c", @"printf 'evil\xff\nevil\\xff\n' > list"], _stick.Path).ExitCode);
        Assert.Equal(1, Client.Run(["verify", "--batch", "list", "--key", "../keys"], _stick.Path).ExitCode);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_read_is_said_and_not_taken_for_an_empty_one()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.UserName != "root", "only root can become somebody who may not read");
        Execution.Needs("setpriv");
        await _stick.SignedAsync("good", "good", _stick.Team, new MinisignSignature());
        Directory.CreateDirectory(_stick["closed"]);
#pragma warning disable CA1416
        File.SetUnixFileMode(_stick["closed"], UnixFileMode.None);
        try
        {
            File.SetUnixFileMode(_stick.Beside("."), (UnixFileMode)0b111_101_101);
            Execution run = Execution.Of(["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", .. Client.Command, "verify", "stick", "--key", "keys"], _stick.Beside("."), configuration: _stick.Beside("nobody"));
            Assert.Equal((2, "undecided"), (run.ExitCode, _stick.Standings(run)["closed"]));
        }
        finally
        {
            File.SetUnixFileMode(_stick["closed"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
#pragma warning restore CA1416
    }

    [Fact]
    public async Task What_is_called_a_signature_and_is_none_is_a_file_that_nobody_signed()
    {
        await _stick.SignedAsync("good", "good", _stick.Team, new MinisignSignature());
        _stick.Write("good.sig", "a program");
        _stick.Write("good.sigstore.json", "{\"not\":\"a bundle\"}");
        Execution run = _stick.Verify("stick", "--key", "keys/team.pub");
        Assert.Equal(["good trusted", "good.sig not-signed", "good.sigstore.json not-signed"], _stick.Standings(run).Select(pair => $"{pair.Key} {pair.Value}").Order(StringComparer.Ordinal));
        Assert.Equal(2, run.ExitCode);
    }

    [Fact]
    public async Task What_lies_in_an_archive_beside_the_list_keeps_the_archive_from_being_trusted()
    {
        await _stick.SignedAsync("in/SHA256SUMS", "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881  x\n", _stick.Team, new MinisignSignature());
        _stick.Write("in/x", "x");
        System.IO.Compression.ZipFile.CreateFromDirectory(_stick["in"], _stick["good.zip"]);
        _stick.Write("in/evil", "evil");
        System.IO.Compression.ZipFile.CreateFromDirectory(_stick["in"], _stick["evil.zip"]);
        Dictionary<string, string> standings = _stick.Standings(_stick.Verify("stick", "stick/in", "--key", "keys"));
        Assert.Equal(("trusted", "trusted", "not-signed"), (standings["good.zip"], standings["in"], standings["in/evil"]));
        Assert.NotEqual("trusted", standings["evil.zip"]);
    }

    [Fact]
    public void An_archive_of_an_image_is_trusted_with_nothing_else_in_it()
    {
        string layout = Repository.Path("tests", "vectors", "oci-image", "key", "layout"), key = Repository.Path("tests", "vectors", "oci-image", "_instance", "cosign.pub");
        _stick.Write("other", "other");
        Assert.Equal(0, Execution.Of(["bash", "-c", $"tar --format=ustar -cf '{_stick["good.tar"]}' -C '{layout}' . && tar --format=ustar -cf '{_stick["evil.tar"]}' -C '{layout}' . -C '{_stick.Path}' other && rm '{_stick["other"]}'"]).ExitCode);
        Dictionary<string, string> standings = _stick.Standings(_stick.Verify("stick", "--key", key));
        Assert.Equal(["evil.tar not-signed", "evil.tar@ trusted", "good.tar@ trusted"], standings.Select(pair => $"{pair.Key.Split("sha256")[0]} {pair.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_demand_that_an_export_cannot_be_asked_keeps_it_from_being_trusted()
    {
        await _stick.SignedAsync("e/SHA256SUMS", "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881  x\n", _stick.Team, new MinisignSignature());
        _stick.Write("e/x", "x");
        Assert.Equal("trusted", _stick.Standings(_stick.Verify("stick", "--key", "keys"))["e"]);
        foreach (string[] demand in (string[][])[["--payload-type", "text/plain"], ["--predicate-type", "https://example.org/p"], ["--algorithm", "ES256"], ["--all"], ["--threshold", "2"]])
        {
            Dictionary<string, string> standings = _stick.Standings(_stick.Verify(["stick", "--key", "keys", .. demand]));
            Assert.NotEqual("trusted", standings["e"]);
            Assert.DoesNotContain("trusted", standings.Values);
        }
    }

    [Theory]
    [InlineData("verdict.demand-unanswered", "--namespace", "git")]
    [InlineData("policy.signers", "--identity", "ada@example.org")]
    [InlineData("verdict.demand-unanswered", "--identity", "ada@example.org", "--namespace", "git")]
    public async Task A_demand_of_a_way_in_which_nobody_is_named_is_not_lost(string reason, params string[] demand)
    {
        await _stick.SignedAsync("good", "good", _stick.Team, new MinisignSignature());
        Assert.Equal("trusted", _stick.Standings(_stick.Verify("stick", "--key", "keys"))["good"]);
        Execution run = _stick.Verify(["stick", "--key", "keys", .. demand]);
        Assert.True(run.ExitCode == 1 && run.Stdout.Contains($"\"reason\":\"{reason}\"", StringComparison.Ordinal), run.Everything);
        Assert.Equal(1, _stick.Verify(["stick", "--key", "keys", .. demand, "--certificate-identity", "a@example.org", "--certificate-oidc-issuer", "https://issuer.example"]).ExitCode);
    }

    [Fact]
    public async Task Each_way_to_name_the_signer_is_asked_by_itself()
    {
        await _stick.SignedAsync("good", "good", _stick.Team, new MinisignSignature());
        string[] ways = ["--certificate-identity", "nobody@example.org", "--certificate-oidc-issuer", "https://issuer.example"];
        Assert.Equal(0, _stick.Verify(["stick", "--key", "keys", .. ways]).ExitCode);
        Assert.Equal("signer-not-asked", _stick.Standings(_stick.Verify(["stick", .. ways]))["good"]);
        Assert.NotEqual("trusted", _stick.Standings(_stick.Verify(["stick", "--key", "keys", .. ways, "--threshold", "2"]))["good"]);
    }
}
