using OfflineKit.Signing.Formats;
using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests.Media;

/// <summary>What people carry on one medium: policies, events, certificates of a company, packages of other systems.</summary>
public sealed class MediumFormsTests : IDisposable
{
    private const string Time = "2026-11-30T12:00:00Z";

    private readonly Stick _stick = new();

    public void Dispose() => _stick.Dispose();

    [Fact]
    public void Policies_and_events_are_found_and_a_changed_one_is_told()
    {
        Copy("sentinel/by-verify", "policies", "policy.yaml", "policy.yaml.sig.json");
        Copy("sentinel/by-verify", "changed", "policy.yaml", "policy.yaml.sig.json");
        File.AppendAllText(_stick["changed/policy.yaml"], "# more\n");
        Copy("sentinel/by-verify", "unsigned", "policy.yaml");
        Copy("codesentinel/log-signed", "events", "gates.jsonl");
        Copy("codesentinel/log-line-changed", "events-changed", "gates.jsonl");
        Key("sentinel/_keys/policy-signing.pem");
        Key("codesentinel/_keys/p256.pem");
        Execution run = _stick.Verify("stick", "--key", "keys");
        Assert.Equal(
            ["changed/policy.yaml changed", "events-changed/gates.jsonl not-trusted", "events/gates.jsonl trusted", "policies/policy.yaml trusted", "unsigned/policy.yaml not-signed"],
            Words(run));
        Assert.Equal(1, run.ExitCode);
    }

    [Fact]
    public async Task A_company_s_authority_and_pinned_keys_are_asked_each_by_itself()
    {
        Copy("cms/detached-p256", "cms", "a.txt", "a.txt.p7s");
        await _stick.SignedAsync("b.txt", "b", _stick.Team, new MinisignSignature());
        string authority = Vector("cms/_keys/root.crt");
        Assert.Equal(["b.txt trusted", "cms/a.txt trusted"], Words(_stick.Verify("stick", "--key", "keys", "--ca", authority, "--at", Time)));
        Assert.Equal(["b.txt signer-not-asked", "cms/a.txt trusted"], Words(_stick.Verify("stick", "--ca", authority, "--at", Time)));
        Assert.Equal(["b.txt trusted", "cms/a.txt signer-not-asked"], Words(_stick.Verify("stick", "--key", "keys", "--at", Time)));
    }

    [Theory]
    [InlineData("--ca", "cms/_keys/root.crt")]
    [InlineData("--trusted-keys", "dossier-v3/arn-trusted-key-foreign/keys.txt")]
    public void A_way_to_name_the_signer_that_no_image_knows_keeps_no_image_from_being_asked(string option, string file)
    {
        string layout = Vector("oci-image/key/layout"), key = Vector("oci-image/_instance/cosign.pub");
        Execution alone = _stick.Verify(layout, "--key", key, "--at", Time), both = _stick.Verify(layout, "--key", key, option, Vector(file), "--at", Time);
        Assert.True(alone.ExitCode == 0, alone.Everything);
        Assert.True(both.ExitCode == 0, both.Everything);
        Assert.Equal(2, _stick.Verify(layout, option, Vector(file), "--at", Time).ExitCode);
    }

    [Theory]
    [InlineData("build@example.org", "trusted")]
    [InlineData("anna@example.org", "signer-not-asked")]
    public void Who_is_demanded_of_an_authority_is_demanded_over_a_medium(string identity, string standing)
    {
        Copy("cms/identity", "cms", "a.txt", "a.txt.p7s");
        Assert.Equal([$"cms/a.txt {standing}"], Words(_stick.Verify("stick", "--key", "keys", "--ca", Vector("cms/_keys/root.crt"), "--identity", identity, "--at", Time)));
    }

    [Fact]
    public void What_other_systems_sign_within_is_a_form_that_is_named()
    {
        Copy("foreign/rpm", "", "demo.rpm");
        Copy("foreign/authenticode", "", "setup.exe");
        Copy("foreign/alpine", "", "demo.apk");
        Execution run = _stick.Verify("stick", "--key", "keys", "--output", "text");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("form not supported: stick/demo.rpm: signature.foreign-form: this is signed as an RPM package: verify it with `rpmkeys --checksig FILE`", run.Stdout, StringComparison.Ordinal);
        Assert.Equal(["demo.apk form-not-supported", "demo.rpm form-not-supported", "setup.exe form-not-supported"], Words(_stick.Verify("stick", "--key", "keys")));
    }

    [Fact]
    public void A_long_file_is_told_by_both_its_ends()
    {
        using (FileStream module = File.Create(_stick["module.ko"]))
        {
            module.SetLength(65L * 1024 * 1024);
            module.Seek(0, SeekOrigin.End);
            module.Write("~Module signature appended~\n"u8);
        }

        Assert.Equal(["module.ko form-not-supported"], Words(_stick.Verify("stick", "--key", "keys")));
    }

    [Fact]
    public async Task Permissions_for_exports_hold_for_every_one_on_it_and_no_file_is_left_out()
    {
        string list = string.Concat("ab".Select(name => $"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{name}")))}  {name}\n"));
        await _stick.SignedAsync("list/SHA256SUMS", list, _stick.Team, new MinisignSignature());
        _stick.Write("list/a", "a");
        _stick.Write("list/more", "more");
        Assert.Equal(["list changed", "list/SHA256SUMS trusted", "list/a trusted", "list/more not-signed"], Words(_stick.Verify("stick", "--key", "keys")));
        Assert.Equal(["list trusted", "list/more not-signed"], Words(_stick.Verify("stick", "--key", "keys", "--allow-missing", "--allow-unlisted")));
        Assert.Equal(["list trusted", "list/more not-signed"], Words(_stick.Verify("stick", "--key", "keys", "--allow-missing", "--log-key", _stick.Beside("keys/team.pem"))));
    }

    [Fact]
    public async Task What_says_something_of_exports_alone_is_refused_by_name_for_a_file()
    {
        await _stick.SignedAsync("a", "a", _stick.Team, new MinisignSignature());
        foreach (string permission in (string[])["--allow-unlisted", "--allow-missing", "--allow-mirror-payload-text"])
        {
            Assert.Equal(0, _stick.Verify("stick/a", "--key", "keys", permission).ExitCode);
        }

        Execution run = _stick.Verify("stick/a", "--key", "keys", "--log-key", "keys/team.pem");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--log-key says something of exports", run.Stderr, StringComparison.Ordinal);

        Execution elsewhere = _stick.Verify("stick", "--key", "keys", "--layout", "checksums");
        Assert.Equal(2, elsewhere.ExitCode);
        Assert.Contains("it is an option of verify-export", elsewhere.Stderr, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("file")]
    [InlineData("folder")]
    public void A_file_of_keys_may_be_as_long_as_those_of_large_projects(string given)
    {
        Copy("openpgp/keys-file", "", "a.txt", "a.txt.asc");
        string folder = _stick.Beside("people"), keys = Path.Combine(folder, "KEYS");
        Directory.CreateDirectory(folder);
        File.WriteAllText(keys, string.Concat(Enumerable.Repeat("sig          0123456789ABCDEF 2026-11-22  somebody who certified somebody\n", 30_000)) + File.ReadAllText(Vector("openpgp/keys-file/KEYS")));
        Assert.True(new FileInfo(keys).Length > 2_000_000);
        Execution run = _stick.Verify("stick/a.txt", "--key", given == "file" ? keys : folder, "--at", Time);
        Assert.True(run.ExitCode == 0, run.Everything);
    }

    [Theory]
    [InlineData("app.tar.gz.sha256sum")]
    [InlineData("hashes.txt")]
    public async Task A_list_of_any_name_is_found_by_the_signature_beside_it(string name)
    {
        _stick.Write("app.tar.gz", "app");
        await _stick.SignedAsync(name, $"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("app"u8))}  app.tar.gz\n", _stick.Team, new MinisignSignature());
        Execution good = _stick.Verify("stick/app.tar.gz", "--key", "keys");
        Assert.True(good.ExitCode == 0, good.Everything);
        _stick.Write("app.tar.gz", "changed");
        Execution changed = _stick.Verify("stick/app.tar.gz", "--key", "keys");
        Assert.Equal(1, changed.ExitCode);
        Assert.Contains("mismatch", changed.Stdout, StringComparison.Ordinal);
        File.Delete(_stick[name + ".minisig"]);
        await _stick.SignedAsync(name, "app.tar.gz is fine\n", _stick.Team, new MinisignSignature());
        Assert.Equal(2, _stick.Verify("stick/app.tar.gz", "--key", "keys").ExitCode);
    }

    [Fact]
    public void A_list_within_its_signature_speaks_for_its_folder()
    {
        Copy("exports/checksums-one-file-inline-asc/e", "list", "SHA256SUMS.asc", "app-1.0-linux.tar.gz");
        string key = Vector("exports/_keys/lena.asc");
        Assert.Equal(["list changed", "list/SHA256SUMS.asc trusted", "list/app-1.0-linux.tar.gz trusted"], Words(_stick.Verify("stick", "--key", key, "--at", Time)));
        Assert.Equal(["list trusted"], Words(_stick.Verify("stick", "--key", key, "--at", Time, "--allow-missing")));
        _stick.Write("list/app-1.0-linux.tar.gz", "changed");
        Assert.Equal(["list changed", "list/SHA256SUMS.asc trusted", "list/app-1.0-linux.tar.gz changed"], Words(_stick.Verify("stick", "--key", key, "--at", Time, "--allow-missing")));
    }

    [Fact]
    public async Task A_signature_beside_a_listed_file_is_verified_with_it()
    {
        await _stick.SignedAsync("list/a", "a", _stick.Team, new MinisignSignature());
        string hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("a"u8));
        await _stick.SignedAsync("list/SHA256SUMS", $"{hash}  a\n", _stick.Team, new MinisignSignature());
        Execution run = _stick.Verify("stick", "--key", "keys");
        Assert.Equal(["list trusted", "list/a trusted"], Words(run));
        Assert.Equal(0, run.ExitCode);
        _stick.Write("list/a.minisig", "untrusted comment: x\n");
        Assert.NotEqual(0, _stick.Verify("stick", "--key", "keys").ExitCode);
    }

    private static string Vector(string path) => Repository.Path(["tests", "vectors", .. path.Split('/')]);

    private void Key(string path) => File.Copy(Vector(path), _stick.Beside($"keys/{Path.GetFileName(path)}"));

    private void Copy(string vector, string folder, params string[] names)
    {
        Directory.CreateDirectory(_stick[folder]);
        Array.ForEach(names, name => File.Copy(Vector($"{vector}/{name}"), _stick[Path.Combine(folder, name)]));
    }

    private string[] Words(Execution run) => [.. _stick.Standings(run).Select(pair => $"{pair.Key} {pair.Value}").Order(StringComparer.Ordinal)];
}
