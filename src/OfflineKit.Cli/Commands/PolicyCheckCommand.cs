using System.CommandLine;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Policy;
using OfflineKit.Reporting;

namespace OfflineKit.Cli.Commands;

/// <summary><c>offlinekit policy check FILE</c>: a policy in words, and what is wrong with it.</summary>
internal static class PolicyCheckCommand
{
    /// <summary>The command with its options and help.</summary>
    public static Command Create()
    {
        Argument<string> file = new("FILE") { Description = "the policy (JSON)" };
        TimeOption time = new();
        OutputOption output = new();
        Command command = new CommandWithExample("check", "Say in words what a policy demands, and find contradictions.", "offlinekit policy check release-policy.json") { file };
        time.AddTo(command);
        output.AddTo(command);
        command.SetAction(arguments => Run(arguments.GetRequiredValue(file), time.Of(arguments), output.Of(arguments)));
        return command;
    }

    private static int Run(string path, DateTimeOffset time, OutputForm form)
    {
        Parsed<PolicyFile> file = PolicyOption.Read(path);
        Finding? refusal = file.Refusal ?? UnknownAlgorithm(file.Value!);
        string[] demands = refusal is null ? [.. file.Value!.At(time).Requirements.Select(requirement => requirement.InWords)] : [];
        return new TrustReport("policy check", path, refusal is null ? "SOUND" : "REFUSED", refusal, Repository: null, [.. demands.Select(words => "demands " + words)], time).Write(form);
    }

    // A misspelt algorithm would otherwise refuse everything, and nobody would know why.
    private static Finding? UnknownAlgorithm(PolicyFile policy) =>
        policy.Algorithms.FirstOrDefault(label => SignatureScheme.ByLabel(label) is null) is { } unknown
            ? PolicyReasons.Contradiction.Because($"no signature has the algorithm \"{unknown}\"; known: {string.Join(", ", SignatureScheme.All.Select(scheme => scheme.Label))}")
            : null;
}
