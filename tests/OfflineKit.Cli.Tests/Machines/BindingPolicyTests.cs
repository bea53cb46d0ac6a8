using System.Text.Json;
using OfflineKit.Cli.Tests.Demands;
using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests.Machines;

/// <summary>A policy that binds a machine is part of every verdict on it, whatever is asked and whoever asks.</summary>
public sealed class BindingPolicyTests
{
    private static readonly string Stranger = new('0', 64);

    public static TheoryData<AskedThing> Things() => [.. AskedThing.All];

    [Theory]
    [MemberData(nameof(Things))]
    public void Nothing_is_trusted_that_its_signers_did_not_sign(AskedThing thing)
    {
        using BoundMachine machine = BoundMachine.With(BoundMachine.PolicyOf(Stranger));
        Execution run = machine.Run([.. thing.Words, "--output", "json"]);
        Assert.True(run.ExitCode is 1 or 2, run.Everything);
        if (run.ExitCode == 1)
        {
            JsonElement report = JsonDocument.Parse(run.Stdout).RootElement, policy = Assert.Single(report.GetProperty("policies").EnumerateArray());
            Assert.Equal(("ours", "machine", "/etc/offlinekit/policy"), (policy.GetProperty("name").GetString(), policy.GetProperty("reach").GetString(), policy.GetProperty("source").GetString()));
            Assert.StartsWith("policy.", report.GetProperty("findings")[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Things))]
    public void What_its_signers_signed_is_trusted_as_before(AskedThing thing)
    {
        Execution free = Client.Run([.. thing.Words, "--output", "json"]);
        JsonElement report = JsonDocument.Parse(free.Stdout).RootElement;
        Assert.Equal(0, report.GetProperty("policies").GetArrayLength());
        string[] keys = report.TryGetProperty("evidence", out JsonElement evidence)
            ? [.. evidence.EnumerateArray().Where(proof => proof.TryGetProperty("fingerprint", out _)).Select(proof => proof.GetProperty("fingerprint").GetString()!).Distinct()]
            : [];
        // Who signed by a certificate, or not at all, is nobody's fingerprint; and what is knowingly accepted is not the asker's to accept.
        bool isPermitted = OptionKinds.Permissions.Select(words => words[0]).Concat(["--at", "--digest-input", "--payload-type"]).Any(option => thing.Words.Any(word => word.Split('=')[0] == option));
        if (keys.Length == 0 || isPermitted)
        {
            return;
        }

        using BoundMachine machine = BoundMachine.With(BoundMachine.PolicyOf(keys));
        Execution bound = machine.Run([.. thing.Words, "--output", "json"]);
        Assert.True(bound.ExitCode == 0, bound.Everything);
        Assert.Equal("machine", JsonDocument.Parse(bound.Stdout).RootElement.GetProperty("policies")[0].GetProperty("reach").GetString());
    }

    [Theory]
    [MemberData(nameof(Things))]
    public void A_policy_that_is_none_refuses_everything(AskedThing thing)
    {
        using BoundMachine machine = BoundMachine.With("version: 1\nname: ours\nsigners: []\n");
        Execution run = machine.Run([.. thing.Words, "--output", "json"]);
        Assert.True(run.ExitCode == 1, run.Everything);
        JsonElement finding = JsonDocument.Parse(run.Stdout).RootElement.GetProperty("findings")[0];
        Assert.Equal("policy.machine-unreadable", finding.GetProperty("reason").GetString());
    }

    public static TheoryData<string> Permissions() => [.. OptionKinds.Permissions.Where(words => words[0] != "--tenant").Select(words => words[0]), "--at", "--digest-input", "--payload-type"];

    [Theory]
    [MemberData(nameof(Permissions))]
    public void Whoever_asks_permits_nothing_that_it_does_not_permit(string option)
    {
        (string[] words, string[] keys) = Signed();
        string member = Host.Requests.RequestParameters.All.Single(parameter => parameter.Option == option).Member;
        string[] asked = option is "--allow-unlisted" or "--allow-missing" or "--allow-mirror-payload-text" ? ["verify-export", "-", option] : option == "--at" ? [.. words, option, "2026-11-22T00:00:00Z"] : option == "--payload-type" ? [.. words, option, "text/plain"] : [.. words, option];
        using BoundMachine strict = BoundMachine.With(BoundMachine.PolicyOf(keys)), generous = BoundMachine.With(BoundMachine.PolicyOf(keys) + $"permits: [{member}]\n");
        Assert.Contains("policy.machine-permits", strict.Run(asked).Stdout, StringComparison.Ordinal);
        Assert.DoesNotContain("policy.machine-permits", generous.Run(asked).Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public void No_variable_store_member_or_line_leads_around_it()
    {
        (string[] words, _) = Signed();
        using BoundMachine machine = BoundMachine.With(BoundMachine.PolicyOf(Stranger));
        string home = Directory.CreateTempSubdirectory("offlinekit-home-").FullName, list = Path.Combine(home, "list.ndjson"), key = words[^1];
        string artifact = words[1], signature = words[words.IndexOf("--signature") + 1];
        File.WriteAllText(list, JsonSerializer.Serialize(new Dictionary<string, string> { ["path"] = artifact, ["signaturePath"] = signature }) + "\n");
        string[] variables = ["HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CONFIG_DIRS", "OFFLINEKIT", "OFFLINEKIT_POLICY", "OFFLINEKIT_MACHINE", "PROGRAMDATA", "SystemRoot"];
        Assert.Equal(1, machine.Start(["env", .. variables.Select(name => $"{name}={home}"), .. Client.Command, .. words], configuration: home).ExitCode);
        Assert.Equal(1, machine.Run(["verify", "--batch", list, "--key", key]).ExitCode);
        string request = JsonSerializer.Serialize(new Dictionary<string, string> { ["id"] = "1", ["verb"] = "verify", ["path"] = artifact, ["signaturePath"] = signature, ["publicKey"] = key });
        Execution engine = machine.Run(["serve"], System.Text.Encoding.UTF8.GetBytes(request + "\n"));
        Assert.Contains("\"status\":\"invalid\"", engine.Stdout, StringComparison.Ordinal);
        Assert.Contains("policy.machine-trust", engine.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_installed_shown_and_checked()
    {
        using BoundMachine machine = BoundMachine.Empty();
        Assert.Contains("policy of this machine: none", machine.Run(["trust", "status"]).Stdout, StringComparison.Ordinal);
        Assert.Equal(2, machine.Run(["policy", "check"]).ExitCode);
        string file = Path.Combine(Path.GetDirectoryName(machine.Folder)!, "p.yaml");
        File.WriteAllText(file, BoundMachine.PolicyOf("nobody"));
        Assert.Equal(1, machine.Run(["policy", "install", file]).ExitCode);
        Assert.Empty(Directory.GetFileSystemEntries(machine.Folder));
        File.WriteAllText(file, BoundMachine.PolicyOf(Stranger));
        Assert.Contains("INSTALLED: ours", machine.Run(["policy", "install", file]).Stdout, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(file), File.ReadAllText(Path.Combine(machine.Folder, "policy")));
        Assert.Contains("SOUND: /etc/offlinekit/policy", machine.Run(["policy", "check"]).Stdout, StringComparison.Ordinal);
        Assert.Contains("policy of this machine: ours", machine.Run(["trust", "status"]).Stdout, StringComparison.Ordinal);
        Assert.Contains("\"reach\":\"machine\"", machine.Run(["trust", "status", "--output", "json"]).Stdout, StringComparison.Ordinal);
    }

    // The words of something that keys signed and that nothing was permitted for, and the fingerprints.
    private static (string[] Words, string[] Keys) Signed()
    {
        AskedThing thing = AskedThing.Formats.Single(format => format.Folder == "minisign/prehashed");
        JsonElement evidence = JsonDocument.Parse(Client.Run([.. thing.Words, "--output", "json"]).Stdout).RootElement.GetProperty("evidence");
        return (thing.Words, [.. evidence.EnumerateArray().Where(proof => proof.TryGetProperty("fingerprint", out _)).Select(proof => proof.GetProperty("fingerprint").GetString()!)]);
    }
}
