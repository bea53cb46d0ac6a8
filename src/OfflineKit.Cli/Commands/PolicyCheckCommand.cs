using System.CommandLine;
using OfflineKit.Cli.Options;
using OfflineKit.Cli.Policies;
using OfflineKit.Host.Requests;
using OfflineKit.Host.State;
using OfflineKit.Policy;
using OfflineKit.Trust;

namespace OfflineKit.Cli.Commands;

/// <summary><c>offlinekit policy check [FILE]</c>: a policy in words, and what is wrong with it; without a file the policy that binds this machine.</summary>
internal static class PolicyCheckCommand
{
    /// <summary>The command with its options and help.</summary>
    public static Command Create()
    {
        Argument<string?> file = new("FILE") { Description = "the policy (YAML or JSON); default: the one that binds this machine", Arity = ArgumentArity.ZeroOrOne };
        ParameterOptions parameters = new(Questions.PolicyCheck);
        OutputOption output = new();
        Command command = new CommandWithExample(
            "check", "Say in words what a policy demands, and find contradictions; with keys or roots, also names that mean nobody.",
            "offlinekit policy check release-policy.yaml --trust ./keys")
        {
            file,
        };
        parameters.AddTo(command);
        output.AddTo(command);
        command.SetAction(arguments =>
        {
            VerifyRequest request = parameters.Request(arguments, ThisRun.Inputs);
            PolicyReport report = arguments.GetValue(file) is { } path ? Run(path, request) : OfMachine(request);
            return report.Write(output.Of(arguments));
        });
        return command;
    }

    private static PolicyReport Run(string path, VerifyRequest request)
    {
        PolicySource source = PolicySource.Carried.Of(path) is { } carried
            ? carried
            : new PolicySource.Named(new NamedFile(path, ThisRun.Inputs.Read(path, Limits.KeyFile, "policy", "the policy"), path));
        Resolution asked = Resolution.Of(request with { Policy = source }, ThisRun.Machine);
        if (asked.Value is not { } resolved)
        {
            return new PolicyReport(path, asked.Finding, Demands: [], Remarks: []);
        }

        (PolicyFile policy, TrustStore? store) = (resolved.Policies[0].Demands, request.Trust.NamesSomebody ? resolved.Store : null);
        return InWords(path, policy, store is null ? null : PolicyReview.Judge(policy, store), request, PolicyReview.Remarks(policy, store));
    }

    private static PolicyReport OfMachine(VerifyRequest request)
    {
        if (request.Trust.NamesSomebody)
        {
            throw new UsageException("whom the machine's policy names is decided by the machine's own trust", "leave the keys and roots out, or name a policy file");
        }

        MachineRules rules = MachineRules.Of(ThisRun.Machine, VerifyRequest.Of(Questions.File, []));
        return rules switch
        {
            { Finding: { } finding } => new PolicyReport(ThisRun.Machine.PolicyPath, finding, Demands: [], Remarks: []),
            { Policy: { } policy } => InWords(policy.InForce.Source, policy.Demands, rules.Signers!.Unknown, request, [$"it is {policy.InForce.InWords}"]),
            _ => throw new UsageException($"no policy binds this machine: there is no {ThisRun.Machine.PolicyPath}", "name a policy file, or `offlinekit policy install FILE` as the administrator"),
        };
    }

    private static PolicyReport InWords(string path, PolicyFile policy, Finding? objection, VerifyRequest request, IEnumerable<string> remarks)
    {
        string[] demands = [.. policy.At(request.TimeOr(DateTimeOffset.UtcNow)).Requirements.Select(requirement => requirement.InWords)];
        string[] trustAge = policy.MaxTrustAgeDays is { } days ? [$"imported trust is at most {days} days old"] : [];
        string[] permits = policy.Permits.IsEmpty ? [] : [$"where it binds a machine, whoever asks may still permit {string.Join(", ", policy.Permits)}, and nothing else"];
        return new PolicyReport(path, objection, [.. demands, .. trustAge], [.. permits, .. remarks]);
    }
}
