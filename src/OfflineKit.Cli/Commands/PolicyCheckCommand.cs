using System.CommandLine;
using OfflineKit.Cli.Options;
using OfflineKit.Cli.Policies;
using OfflineKit.Encoding;
using OfflineKit.Host.Requests;
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
        command.SetAction(arguments => Run(arguments.GetRequiredValue(file), parameters.Request(arguments, ThisRun.Inputs)).Write(output.Of(arguments)));
        return command;
    }

    private static PolicyReport Run(string path, VerifyRequest request)
    {
        PolicySource source = PolicySource.Carried.Of(path) is { } carried
            ? carried
            : new PolicySource.Named(new NamedFile(path, ThisRun.Inputs.Read(path, Limits.KeyFile, "policy", "the policy"), path));
        Result<ResolvedRequest> asked = ResolvedRequest.Of(request with { Policy = source });
        if (asked.Value is not { } resolved)
        {
            return new PolicyReport(path, asked.Finding, Demands: [], Remarks: []);
        }

        (PolicyFile policy, TrustStore? store) = (resolved.Policy!, request.Trust.NamesSomebody ? resolved.Store : null);
        Finding? objection = store is null ? null : PolicyReview.Judge(policy, store);
        string[] demands = [.. policy.At(request.TimeOr(DateTimeOffset.UtcNow)).Requirements.Select(requirement => requirement.InWords)];
        string[] trustAge = policy.MaxTrustAgeDays is { } days ? [$"imported trust is at most {days} days old"] : [];
        return new PolicyReport(path, objection, [.. demands, .. trustAge], [.. PolicyReview.Remarks(policy, store)]);
    }
}
