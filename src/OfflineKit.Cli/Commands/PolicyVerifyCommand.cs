using System.CommandLine;
using OfflineKit.Cli.Options;
using OfflineKit.FileSystem;
using OfflineKit.Formats.Sentinel;
using OfflineKit.Host.Answers;
using OfflineKit.Host.Requests;
using OfflineKit.Reporting;

namespace OfflineKit.Cli.Commands;

/// <summary><c>offlinekit policy verify FILE -s SIG --key K</c>: a Sentinel policy, answered in Sentinel's words.</summary>
internal static class PolicyVerifyCommand
{
    /// <summary><c>offlinekit policy</c> with its commands.</summary>
    public static Command CreateGroup(LineWords words) => new("policy", "Policy files, and Sentinel policies.") { PolicyCheckCommand.Create(words), PolicyInstallCommand.Create(), Create(words) };

    private static Command Create(LineWords words)
    {
        Argument<string> policy = new("FILE") { Description = "the policy exactly as it was signed; - reads standard input" };
        Option<string> signature = new("--signature", "-s") { Description = "the signature JSON, or the parameter that holds it", HelpName = "SIG", Required = true };
        Option<bool> enforce = new("--enforce") { Description = "decide as a server that refuses unsigned policies; SIG may be absent" };
        Option<bool> warn = new("--warn") { Description = "decide as a server that loads unsigned policies with a warning; SIG may be absent" };
        Option<string?> parameter = new("--policy-parameter") { Description = "the policy's parameter name, for messages; default: FILE", HelpName = "NAME" };
        ParameterOptions parameters = new(Questions.Sentinel, words);
        OutputOption output = new();
        Command command = new CommandWithExample(
            "verify", "Verify a Sentinel policy against its signature and a pinned key.", "offlinekit policy verify policy.yaml -s policy.sig.json --key policy-signing.pem")
        {
            policy, signature, enforce, warn, parameter,
        };
        parameters.AddTo(command);
        output.AddTo(command);
        command.SetAction(arguments =>
        {
            string name = arguments.GetRequiredValue(policy);
            SentinelAnswer.Loader? loader = SentinelAnswer.LoaderOf(Enforcement(arguments.GetValue(enforce), arguments.GetValue(warn)), arguments.GetValue(parameter) ?? name);
            Subject subject = ThisRun.Subject(name) with { Signature = arguments.GetRequiredValue(signature) };
            return Run(parameters.Request(arguments, ThisRun.Inputs), subject, loader, output.Of(arguments));
        });
        return command;
    }

    private static int Run(VerifyRequest request, Subject subject, SentinelAnswer.Loader? loader, OutputForm form)
    {
        SentinelAnswer? answer = null;
        Report report = LimitedReport.Of(subject.Name, subject.Signature!, ThisRun.Machine, () =>
        {
            answer = SentinelAnswer.Of(Resolution.Of(request, ThisRun.Machine), subject, loader, request.TimeOr(DateTimeOffset.UtcNow));
            return answer.Report;
        });
        if (form == OutputForm.Json)
        {
            OutputOption.Write(report, form);
        }
        else
        {
            SentinelOutput.Write(report, answer?.Decision);
        }

        return VerdictOutput.ExitCodeOf(report);
    }

    private static string? Enforcement(bool enforce, bool warn) => (enforce, warn) switch
    {
        (true, true) => throw new UsageException("--enforce and --warn exclude each other", "name the one that the server is configured for"),
        (true, _) => "enforce",
        (_, true) => "warn",
        _ => null,
    };
}
