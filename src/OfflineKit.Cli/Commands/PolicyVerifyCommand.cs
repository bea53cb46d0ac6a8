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
    // Nothing that is refused is said to be loaded, whatever a server would do with it.
    private const string Unverified = "a server that only warns would use it without verification, which is no trust";

    /// <summary><c>offlinekit policy</c> with its commands.</summary>
    public static Command CreateGroup() => new("policy", "Policy files, and Sentinel policies.") { PolicyCheckCommand.Create(), PolicyInstallCommand.Create(), Create() };

    private static Command Create()
    {
        Argument<string> policy = new("FILE") { Description = "the policy exactly as it was signed; - reads standard input" };
        Option<string> signature = new("--signature", "-s") { Description = "the signature JSON, or the parameter that holds it", HelpName = "SIG", Required = true };
        Option<bool> enforce = new("--enforce") { Description = "decide as a server that refuses unsigned policies; SIG may be absent" };
        Option<bool> warn = new("--warn") { Description = "decide as a server that loads unsigned policies with a warning; SIG may be absent" };
        Option<string?> parameter = new("--policy-parameter") { Description = "the policy's parameter name, for messages; default: FILE", HelpName = "NAME" };
        ParameterOptions parameters = new(Questions.Sentinel);
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
            Loader? loader = Loader.Of(arguments.GetValue(enforce), arguments.GetValue(warn), arguments.GetValue(parameter) ?? name);
            Subject subject = ThisRun.Subject(name) with { Signature = arguments.GetRequiredValue(signature) };
            return Run(parameters.Request(arguments, ThisRun.Inputs), subject, loader, output.Of(arguments));
        });
        return command;
    }

    private static int Run(VerifyRequest request, Subject subject, Loader? loader, OutputForm form)
    {
        RefuseMissing(subject.Name, "policy file");
        bool isUnsigned = loader is not null && IsAbsent(subject.Signature!);
        if (!isUnsigned)
        {
            RefuseMissing(subject.Signature!, "signature file");
        }

        Report report = LimitedReport.Of(subject.Name, subject.Signature!, ThisRun.Machine, () => Answer(Resolution.Of(request, ThisRun.Machine), subject, isUnsigned, request.TimeOr(DateTimeOffset.UtcNow)));
        // A server that only warns takes what nobody demands a signature of: where a policy counts, somebody does.
        Loader? strict = report.Policies.IsEmpty ? loader : loader is null ? null : loader with { Enforcement = Enforcement.Enforce };
        LoadDecision? decision = strict?.Decide(isUnsigned ? null : report.Verdict);
        if (decision is not null)
        {
            report = report with { Words = [KeyValuePair.Create("loader", Said(decision, report.Verdict))] };
        }

        if (form == OutputForm.Json)
        {
            OutputOption.Write(report, form);
        }
        else
        {
            SentinelOutput.Write(report, decision);
        }

        return VerdictOutput.ExitCodeOf(report);
    }

    private static Report Answer(Resolution trust, Subject subject, bool isUnsigned, DateTimeOffset time) =>
        isUnsigned ? Unsigned(trust, subject, time) : FileAnswer.Of(trust, subject, new SentinelFormat(), time);

    private static Report Unsigned(Resolution trust, Subject subject, DateTimeOffset time)
    {
        Finding finding = trust.Objection(time) ?? SentinelReasons.NotSigned.Because($"there is no signature {subject.Signature}");
        return new Report(subject.Name, ArtifactSize: -1, [], subject.Signature!, Verdict.Refused("sentinel", finding), trust.Roots, trust.Policies);
    }

    private static string Said(LoadDecision decision, Verdict verdict) =>
        !decision.IsLoaded ? "refuses the policy" : verdict.IsTrusted ? "loads the policy" : Unverified;

    private static bool IsAbsent(string path) => path != "-" && FileStatus.IsAbsent(path);

    private static void RefuseMissing(string path, string what)
    {
        if (IsAbsent(path))
        {
            throw new UsageException($"{what} not found: {TerminalText.Escape(path)}", "check that the path is right");
        }
    }

    /// <summary>The server whose decision is asked for.</summary>
    private sealed record Loader(Enforcement Enforcement, string Parameter)
    {
        public static Loader? Of(bool enforce, bool warn, string parameter) => (enforce, warn) switch
        {
            (true, true) => throw new UsageException("--enforce and --warn exclude each other", "name the one that the server is configured for"),
            (true, _) => new Loader(Enforcement.Enforce, parameter),
            (_, true) => new Loader(Enforcement.Warn, parameter),
            _ => null,
        };

        public LoadDecision Decide(Verdict? verdict) => LoadRule.Decide(
            Parameter, ParameterLookup.Found, verdict is null ? ParameterLookup.NotFound : ParameterLookup.Found, verdict, Enforcement);
    }
}
