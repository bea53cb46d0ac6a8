using System.CommandLine;
using OfflineKit.Encoding;
using OfflineKit.Host.Requests;
using OfflineKit.Host.State;
using OfflineKit.Reporting;

namespace OfflineKit.Cli.Commands;

/// <summary><c>offlinekit policy install FILE</c>: makes a policy bind every question on this machine.</summary>
internal static class PolicyInstallCommand
{
    /// <summary>The command with its help.</summary>
    public static Command Create()
    {
        Argument<string> file = new("FILE") { Description = "the policy (YAML or JSON), or trust:IMPORT/PATH, a target of the trust that was imported for this machine" };
        Command command = new CommandWithExample(
            "install", $"Make a policy bind everybody on this machine ({ThisRun.Machine.PolicyPath}); for its administrator.",
            "offlinekit policy install release-policy.yaml", "offlinekit policy install trust:default/policies/release.yaml")
        {
            file,
        };
        command.SetAction(arguments => Run(arguments.GetRequiredValue(file)));
        return command;
    }

    private static int Run(string path)
    {
        ReadOnlyMemory<byte> content = PolicySource.Carried.Of(path) is null
            ? ThisRun.Inputs.Read(path, Limits.KeyFile, "policy", "the policy")
            : Utf8Text.Encode(path + "\n");
        Machine machine = ThisRun.Machine;
        if (MachineRules.Trial(machine, content) is { } finding)
        {
            Terminal.Out.WriteLine($"REFUSED: {TerminalText.Escape(path)}");
            Terminal.Out.WriteLine($"  {finding.Reason.Code}: {TerminalText.Escape(finding.Detail)}");
            Terminal.Out.WriteLine($"    next: {finding.Advice.In(SurfaceWording.CommandLine)}");
            return ExitCode.NotTrusted;
        }

        machine.Install(content, new Disk());
        MachineRules now = MachineRules.Of(machine, VerifyRequest.Of(Questions.File, []));
        foreach (PolicyInForce policy in now.InForce)
        {
            Terminal.Out.WriteLine($"INSTALLED: {TerminalText.Escape(policy.InWords)}");
        }

        return now.Finding is null ? ExitCode.Trusted : throw new UsageException(now.Finding.Detail, now.Finding.Advice.In(SurfaceWording.CommandLine));
    }
}
