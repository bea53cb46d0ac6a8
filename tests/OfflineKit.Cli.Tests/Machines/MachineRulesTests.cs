using OfflineKit.Host.Requests;
using OfflineKit.Host.State;
using OfflineKit.Policy;
using OfflineKit.Signing.Tests.Trust;
using OfflineKit.Testing;
using OfflineKit.Trust;
using OfflineKit.Trust.Tuf;

namespace OfflineKit.Cli.Tests.Machines;

/// <summary>What lies in the folder of a machine: read, absent, or a reason to trust nothing; never something in between.</summary>
public sealed class MachineRulesTests : IDisposable
{
    private static readonly string Keys = Repository.Path("tests", "vectors", "minisign", "_keys");
    private static readonly string Policy = BoundMachine.PolicyOf(new string('0', 64));
    private readonly string _parent = Directory.CreateTempSubdirectory("offlinekit-rules-").FullName;

    public MachineRulesTests() => Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can be the administrator of a machine");

    private string Folder => Path.Combine(_parent, "machine");

    [Fact]
    public void No_folder_and_an_empty_one_bind_nobody()
    {
        Assert.Null(Rules().Finding);
        Assert.Empty(Rules().InForce);
        Directory.CreateDirectory(Folder);
        Assert.Null(Rules().Finding);
        Assert.Empty(Rules().InForce);
    }

    public static TheoryData<string> Faults() =>
    [
        "no policy", "empty", "two documents", "a folder", "a pipe", "a dangling link", "a link elsewhere", "others write it", "the group writes the folder", "somebody else's", "somebody else's folder",
        "too large", "a target of no import", "a permission that is none", "the folder is a file",
    ];

    [Theory]
    [MemberData(nameof(Faults))]
    public void Whatever_is_wrong_with_the_policy_nothing_is_trusted(string fault)
    {
        Write(Policy);
        Assert.NotNull(Rules().Policy);
        Break(fault);
        MachineRules rules = Rules();
        Assert.Equal(PolicyReasons.MachineUnreadable, rules.Finding?.Reason);
        Assert.Single(rules.InForce);
        Assert.Null(rules.Policy);
    }

    [Fact]
    public void A_link_in_the_folder_is_followed()
    {
        Write(Policy);
        Directory.CreateDirectory(In("v1"));
        File.Move(In("policy"), In("v1/policy"));
        File.CreateSymbolicLink(In("policy"), "v1/policy");
        Assert.Equal("ours", Rules().Policy?.Demands.Name);
    }

    [Theory]
    [InlineData("file")]
    [InlineData("others write it")]
    [InlineData("somebody else's")]
    public void Trust_that_is_not_the_administrators_refuses(string fault)
    {
        Directory.CreateDirectory(Folder);
        if (fault == "file")
        {
            File.WriteAllText(In("trust"), "");
        }
        else
        {
            Directory.CreateDirectory(In("trust"));
            Damage(fault, In("trust"));
        }

        Assert.Equal("trust.state-damaged", Rules().Finding?.Reason.Code);
    }

    [Theory]
    [InlineData("others write it", "")]
    [InlineData("somebody else's", "")]
    [InlineData("others write it", "generations")]
    [InlineData("somebody else's", "import.json")]
    [InlineData("others write it", "root.json")]
    [InlineData("somebody else's", "current")]
    public void Trust_in_which_others_can_write_anything_refuses(string fault, string name)
    {
        Import("release", "alice.pub", "{\"version\":1,\"name\":\"carried\",\"signers\":[{\"any-of\":[\"release\"]}]}");
        Assert.Null(Rules().Finding);
        string root = In("trust/default");
        Damage(fault, name.Length == 0 ? root : Directory.EnumerateFileSystemEntries(root, "*" + name, SearchOption.AllDirectories).First());
        Assert.Equal("trust.state-damaged", Rules().Finding?.Reason.Code);
    }

    [Fact]
    public void Trust_that_is_not_there_is_not_passed_over()
    {
        Directory.CreateDirectory(In("trust"));
        File.CreateSymbolicLink(In("trust/default"), In("not-mounted"));
        Assert.Equal("trust.state-damaged", Rules().Finding?.Reason.Code);
    }

    [Fact]
    public void A_policy_in_a_folder_that_others_write_is_not_the_administrators()
    {
        Write(Policy);
        Directory.CreateDirectory(In("v1"));
        File.Move(In("policy"), In("v1/policy"));
        File.CreateSymbolicLink(In("policy"), "v1/policy");
        Damage("others write it", In("v1"));
        Assert.Equal(PolicyReasons.MachineUnreadable, Rules().Finding?.Reason);
    }

    [Fact]
    public void A_name_means_the_key_that_the_machine_knows_and_no_other()
    {
        Write("version: 1\nname: ours\nsigners:\n  - any-of: [alice.pub]\n");
        Assert.Equal("policy.machine-trust", Reason(Key("alice.pub")));
        Write(Policy[..Policy.IndexOf("signers", StringComparison.Ordinal)] + "signers:\n  - any-of: [release]\n");
        Import("release", "alice.pub", "{\"version\":1,\"name\":\"carried\",\"signers\":[{\"any-of\":[\"release\"]}]}");
        Assert.Null(Reason(Key("alice.pub")));
        File.Copy(Path.Combine(Keys, "mallory.pub"), Path.Combine(_parent, "release"));
        Assert.Equal("policy.machine-trust", Reason(new NamedKey(new NamedFile("release", File.ReadAllBytes(Path.Combine(_parent, "release")), "--key release"), Id: null)));
    }

    [Fact]
    public void A_policy_that_its_trust_carries_binds()
    {
        Import("release", "alice.pub", "{\"version\":1,\"name\":\"carried\",\"signers\":[{\"any-of\":[\"release\"]}]}");
        Write("trust:default/policies/releases.json\n");
        Assert.Null(Rules().Finding?.Detail);
        Assert.Equal(("carried", $"{Folder}/policy (trust:default/policies/releases.json)"), (Rules().InForce[0].Name, Rules().InForce[0].Source));
        Assert.Null(Reason(Key("alice.pub")));
        Assert.Equal("policy.machine-trust", Reason(Key("mallory.pub")));
    }

    [Fact]
    public void A_user_who_imports_under_its_name_changes_nothing()
    {
        Import("release", "alice.pub", "{\"version\":1,\"name\":\"carried\",\"signers\":[{\"any-of\":[\"release\"]}]}");
        Write("trust:default/policies/releases.json\n");
        string other = Path.Combine(_parent, "other");
        Import("release", "mallory.pub", "{\"version\":1,\"name\":\"mine\",\"signers\":[{\"any-of\":[\"release\"]}]}", other);
        VerifyRequest asked = Asked(Key("mallory.pub"));
        Resolution resolved = Resolution.Of(asked with { Trust = asked.Trust with { State = other } }, new Machine(Folder));
        Assert.Equal("carried", Assert.Single(resolved.Policies).Name);
        Assert.Equal("policy.machine-trust", resolved.Finding?.Reason.Code);
    }

    public static TheoryData<string, string, string> LinesOfAUser() => new()
    {
        { "ada namespaces=\"git\" KEY", "ada KEY", "ada namespaces=\"git\" KEY" },
        { "ada valid-before=\"20200101\" KEY", "ada valid-before=\"20990101\" KEY", "ada valid-before=\"20200101\" KEY" },
        { "bob KEY", "ada KEY", "bob KEY" },
        { "bob OTHER", "ada KEY", "ada KEY" },
    };

    [Theory]
    [MemberData(nameof(LinesOfAUser))]
    public void A_key_in_the_machines_signers_counts_by_the_machines_lines_alone(string ofMachine, string ofUser, string counting)
    {
        Import(Root("signers", "ssh-allowed-signers", ""), Line(ofMachine), "{}");
        Write(BoundMachine.PolicyOf(FingerprintOf(Line("ada KEY"))));
        Assert.Equal([Options(counting)], Asked(Line(ofUser)).Store.SshSigners.Select(line => (line.Principals, line.Options)));
        Assert.Equal(ofMachine.Contains("OTHER", StringComparison.Ordinal) ? null : "policy.machine-trust", Reason(new NamedKey(new NamedFile("ada.pem", PemOf(Line("ada KEY")), "--key ada.pem"), Id: null)));
    }

    [Theory]
    [InlineData("\"formats\":[\"kms-detached\"],", false)]
    [InlineData("\"valid-until\":\"2020-01-01T00:00:00Z\",", false)]
    [InlineData("\"namespaces\":[\"git\"],", false)]
    [InlineData("\"tenants\":[\"a\"],", false)]
    [InlineData("", true)]
    public void A_line_of_a_user_is_no_way_around_a_limit_of_the_machine(string limit, bool counts)
    {
        byte[] line = Line("ada KEY");
        Import(Root("release", "public-key", $"\"fingerprint\":\"{FingerprintOf(line)}\",{limit}"), PemOf(line), "{}");
        Write(BoundMachine.PolicyOf(FingerprintOf(line)));
        Assert.Equal(counts ? 1 : 0, Resolution.Of(WithSigners(line), new Machine(Folder)).Value!.Store.SshSigners.Length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Directory.Exists(_parent))
        {
            Directory.Delete(_parent, recursive: true);
        }
    }

    private MachineRules Rules() => MachineRules.Of(new Machine(Folder), VerifyRequest.Of(Questions.File, []));

    private static VerifyRequest Asked(NamedKey key) => VerifyRequest.Of(Questions.File, []) is var asked ? asked with { Trust = asked.Trust with { Keys = [key] } } : null!;

    private static NamedKey Key(string name) => new(new NamedFile(name, File.ReadAllBytes(Path.Combine(Keys, name)), $"--key {name}"), Id: null);

    // Why a question that trusts the key is refused before anything is verified; null: it is not.
    private string? Reason(NamedKey key) => Resolution.Of(Asked(key), new Machine(Folder)).Finding?.Reason.Code;

    private void Write(string policy)
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(In("policy"), policy);
    }

    private string In(string name) => Path.Combine(Folder, name);

    private void Break(string fault)
    {
        string policy = In("policy");
        switch (fault)
        {
            case "no policy": File.WriteAllText(policy, "hello\n"); break;
            case "empty": File.WriteAllText(policy, ""); break;
            case "two documents": File.AppendAllText(policy, "---\n" + Policy); break;
            case "a folder": File.Delete(policy); Directory.CreateDirectory(policy); break;
            case "a pipe": File.Delete(policy); Run("mkfifo", policy); break;
            case "a dangling link": File.Delete(policy); File.CreateSymbolicLink(policy, "none"); break;
            case "a link elsewhere": File.Move(policy, Path.Combine(_parent, "p")); File.CreateSymbolicLink(policy, "../p"); break;
            case "others write it" or "somebody else's": Damage(fault, policy); break;
            case "the group writes the folder": Run("chmod", "g+w", Folder); break;
            case "somebody else's folder": Damage("somebody else's", Folder); break;
            case "too large": File.AppendAllText(policy, new System.Text.StringBuilder().Insert(0, "# more\n", 200_000).ToString()); break;
            case "a target of no import": File.WriteAllText(policy, "trust:default/policies/releases.json\n"); break;
            case "a permission that is none": File.AppendAllText(policy, "permits: [publicKey]\n"); break;
            case "the folder is a file": Directory.Delete(Folder, recursive: true); File.WriteAllText(Folder, Policy); break;
            default: throw new ArgumentException(fault);
        }
    }

    private static void Damage(string fault, string path) => Run(fault == "others write it" ? "chmod" : "chown", fault == "others write it" ? "o+w" : "65534", path);

    private static void Run(params string[] command) => Assert.Equal(0, Execution.Of(command).ExitCode);

    private static VerifyRequest WithSigners(byte[] line) => VerifyRequest.Of(Questions.File, []) is var asked
        ? asked with { Trust = asked.Trust with { AllowedSigners = new NamedFile("mine", line, "--allowed-signers mine") }, Expectations = asked.Expectations with { Identity = "ada", Namespace = "file" } } : null!;

    private ResolvedRequest Asked(byte[] line) => Resolution.Of(WithSigners(line), new Machine(Folder)).Value!;

    private static byte[] Line(string text) => System.Text.Encoding.ASCII.GetBytes(text.Replace("KEY", KeyOf("ed"), StringComparison.Ordinal).Replace("OTHER", KeyOf("p256"), StringComparison.Ordinal) + "\n");

    private static string KeyOf(string who) => string.Join(' ', File.ReadLines(Repository.Path("tests", "vectors", "sshsig", "_keys", "allowed_signers")).First(line => line.StartsWith(who + "@", StringComparison.Ordinal)).Split(' ')[1..3]);

    private static AllowedSigner Only(byte[] line) => AllowedSigners.Parse(line, "").Single();

    private static (string, SshSignerOptions) Options(string line) => Only(Line(line)) is var only ? (only.Principals, only.Options) : default;

    private static string FingerprintOf(byte[] line) => Only(line).Key.Value!.Material.Fingerprint;

    private static byte[] PemOf(byte[] line) => System.Text.Encoding.ASCII.GetBytes(new string(System.Security.Cryptography.PemEncoding.Write("PUBLIC KEY", Only(line).Key.Value!.Material.Spki.Span)) + "\n");

    // What a root of the test says of itself; FILE stands for the digest of its file.
    private static string Root(string name, string kind, string more) =>
        $$"""{"name":"{{name}}","kind":"{{kind}}","file":"release.pub","sha256":"FILE",{{more}}"source":"a test","retrieved-on":"2026-11-22","status":"active","on-by-default":true}""";

    private void Import(string name, string key, string policy, string? state = null)
    {
        byte[] file = File.ReadAllBytes(Path.Combine(Keys, key));
        Import(Root(name, "public-key", $"\"fingerprint\":\"{KeyFile.Parse(file, key, "").Material.Fingerprint}\","), file, policy, state);
    }

    private void Import(string root, byte[] file, string policy, string? state = null)
    {
        SimulatedRepository site = new();
        site.Targets["policies/releases.json"] = System.Text.Encoding.UTF8.GetBytes(policy);
        site.Targets["release.pub"] = file;
        site.Targets["trust.json"] = System.Text.Encoding.UTF8.GetBytes(
            $$"""{"version":1,"roots":[{{root.Replace("FILE", Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(file)), StringComparison.Ordinal)}}]}""");
        site.AddRoot(site.Keys["root"]);
        site.Publish();
        ImportRequest request = new(site, "bundle", site.Pin, new JudgedAt(SimulatedRepository.Now, IsStated: true), ExpiryRule.Refuse);
        Assert.Null(TrustImport.Run((state is null ? new Machine(Folder).Trust : new TrustState(state)).Root(TrustState.DefaultName), request).Finding);
    }
}
