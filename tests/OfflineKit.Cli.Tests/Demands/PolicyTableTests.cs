using System.Text.Json;
using OfflineKit.Policy;
using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests.Demands;

/// <summary>Every member of a policy, for every format, layout and command: what is not satisfied is never passed over.</summary>
[Collection(nameof(DemandTableTests))]
public sealed class PolicyTableTests : IDisposable
{
    private static readonly string Nobody = "sha256:" + new string('0', 64);

    // What nothing among the vectors satisfies; null: the member demands nothing.
    private static readonly Dictionary<string, object?> Unsatisfied = new(StringComparer.Ordinal)
    {
        ["version"] = null, ["name"] = null, ["permits"] = null,
        ["signers"] = new object[] { new Dictionary<string, object> { ["any-of"] = new[] { Nobody } } },
        ["identities"] = new object[] { Identity("nobody@example.org", "https://issuer.example") },
        ["predicate-types"] = new[] { "https://example.org/none" },
        ["algorithms"] = new[] { "RSASSA_PSS_SHA_512" },
        ["max-age-days"] = 1, ["max-trust-age-days"] = 1, ["minimum-version"] = "999999.0.0",
    };

    private readonly string _folder = Directory.CreateTempSubdirectory("offlinekit-policies-").FullName;

    public static TheoryData<AskedThing> Things() => [.. AskedThing.All.Where(thing => thing.Command is not ("policy verify" or "verify-logs"))];

    [Theory]
    [MemberData(nameof(Things))]
    public void What_a_policy_demands_changes_the_verdict_or_is_refused(AskedThing thing)
    {
        Dictionary<string, object> satisfied = Satisfied(thing);
        Assert.Equal(0, Run(thing, satisfied));
        List<string> passedOver = [];
        foreach ((string member, object? value) in Unsatisfied.Where(entry => entry.Value is not null))
        {
            passedOver.AddRange(Run(thing, new Dictionary<string, object>(satisfied) { [member] = value! }) == 0 ? [member] : Array.Empty<string>());
        }

        Dictionary<string, object> two = new(satisfied) { ["signers"] = new object[] { new Dictionary<string, object> { ["any-of"] = new[] { Nobody, Nobody.Replace('0', '1') }, ["threshold"] = 2 } } };
        passedOver.AddRange(Run(thing, two) == 0 ? ["threshold"] : Array.Empty<string>());
        Assert.Equal("", string.Join(' ', passedOver));
    }

    [Fact]
    public void Every_member_of_a_policy_is_known() => Assert.Equal(PolicyFile.Members.Order(StringComparer.Ordinal), Unsatisfied.Keys.Order(StringComparer.Ordinal));

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // That those sign who sign: by fingerprint, or by identity.
    private static Dictionary<string, object> Satisfied(AskedThing thing)
    {
        Execution run = Client.Run([.. thing.Words, "--output", "json"]);
        Assert.True(run.ExitCode == 0, run.Everything);
        using JsonDocument report = JsonDocument.Parse(run.Stdout);
        Dictionary<string, object> policy = new(StringComparer.Ordinal) { ["version"] = 1, ["name"] = "table" };
        foreach (JsonElement evidence in report.RootElement.GetProperty("evidence").EnumerateArray())
        {
            switch (evidence.GetProperty("kind").GetString())
            {
                case "signed-by-key":
                    policy["signers"] = new object[] { new Dictionary<string, object> { ["any-of"] = new[] { "sha256:" + evidence.GetProperty("fingerprint").GetString() } } };
                    break;
                case "signed-by-identity":
                    policy["identities"] = new object[] { Identity(evidence.GetProperty("identity").GetString()!, evidence.GetProperty("issuer").GetString()!) };
                    break;
            }
        }

        return policy;
    }

    private static Dictionary<string, object> Identity(string identity, string issuer) => new(StringComparer.Ordinal) { ["identity"] = identity, ["issuer"] = issuer };

    private int Run(AskedThing thing, Dictionary<string, object> policy)
    {
        string path = Path.Combine(_folder, Guid.NewGuid().ToString("N") + ".json");
        File.WriteAllText(path, JsonSerializer.Serialize(policy));
        return AskedThing.Run([.. thing.Words, "--policy", path]);
    }
}
