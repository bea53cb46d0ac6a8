using System.CommandLine;
using OfflineKit.Cli.Policies;
using OfflineKit.Encoding;
using OfflineKit.Policy;
using OfflineKit.Trust;

namespace OfflineKit.Cli.Commands;

/// <summary><c>offlinekit policy check FILE</c>: a policy in words, and what is wrong with it.</summary>
internal static class PolicyCheckCommand
{
    /// <summary>The command with its options and help.</summary>
    public static Command Create()
    {
        Argument<string> file = new("FILE") { Description = "the policy (YAML or JSON)" };
        TrustOptions trust = TrustOptions.NamedKeys();
        TimeOption time = new();
        OutputOption output = new();
        Command command = new CommandWithExample(
            "check", "Say in words what a policy demands, and find contradictions; with keys or roots, also names that mean nobody.",
            "offlinekit policy check release-policy.yaml --trust ./keys")
        {
            file,
        };
        trust.AddTo(command);
        time.AddTo(command);
        output.AddTo(command);
        command.SetAction(arguments => Run(arguments.GetRequiredValue(file), trust, time.Of(arguments), arguments).Write(output.Of(arguments)));
        return command;
    }

    private static PolicyReport Run(string path, TrustOptions trust, DateTimeOffset time, ParseResult arguments)
    {
        Result<PolicyFile> file = PolicyText.Read(path, arguments);
        if (file.Value is not { } policy)
        {
            return new PolicyReport(path, file.Finding, Demands: [], Remarks: []);
        }

        TrustStore? store = null;
        if (trust.NamesTrust(arguments))
        {
            Result<TrustStore> read = trust.Read(arguments, TrustRootKind.PublicKey, TrustRootKind.SigstoreTrustedRoot);
            if (read.Value is null)
            {
                return new PolicyReport(path, read.Finding, Demands: [], Remarks: []);
            }

            store = read.Value;
        }

        Finding? finding = store is null ? null : PolicyReview.Judge(policy, store);
        string[] demands = [.. policy.At(time).Requirements.Select(requirement => requirement.InWords)];
        string[] trustAge = policy.MaxTrustAgeDays is { } days ? [$"imported trust is at most {days} days old"] : [];
        return new PolicyReport(path, finding, [.. demands, .. trustAge], [.. PolicyReview.Remarks(policy, store)]);
    }
}
