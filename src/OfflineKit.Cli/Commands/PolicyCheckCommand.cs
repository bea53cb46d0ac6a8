using System.CommandLine;
using OfflineKit.Cli.Options;
using OfflineKit.Cli.Policies;
using OfflineKit.Host.Answers;
using OfflineKit.Host.Requests;

namespace OfflineKit.Cli.Commands;

/// <summary><c>offlinekit policy check [FILE]</c>: a policy in words, and what is wrong with it; without a file the policy that binds this machine.</summary>
internal static class PolicyCheckCommand
{
    /// <summary>The command with its options and help.</summary>
    public static Command Create(LineWords words)
    {
        Argument<string?> file = new("FILE") { Description = "the policy (YAML or JSON); default: the one that binds this machine", Arity = ArgumentArity.ZeroOrOne };
        ParameterOptions parameters = new(Questions.PolicyCheck, words);
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
            return PolicyOutput.Write(PolicyAnswer.Of(request, arguments.GetValue(file), ThisRun.Inputs, ThisRun.Machine), output.Of(arguments));
        });
        return command;
    }
}
