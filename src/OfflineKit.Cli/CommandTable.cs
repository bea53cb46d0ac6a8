using System.CommandLine;
using OfflineKit.Cli.Commands;
using OfflineKit.CommandLine.Manual;

namespace OfflineKit.Cli;

/// <summary>Every command, one line each.</summary>
internal static class CommandTable
{
    private static (string Name, Func<Command> Create)[] All =>
    [
        ("verify", VerifyCommand.Create),
        ("dossier", DossierCommand.Create),
        ("verify-bundle", VerifyBundleCommand.Create),
        ("verify-image", VerifyImageCommand.Create),
        ("inspect", InspectCommand.Create),
        ("explain", ExplainCommand.Create),
        ("completion", () => CompletionCommand.Create(Program.Name)),
        ("manual", () => ManualCommand.Create(Program.Name, Program.Manual)),
        ("verify-envelope", VerifyEnvelopeCommand.Create),
        ("verify-export", VerifyExportCommand.Create),
        ("policy", PolicyVerifyCommand.CreateGroup),
        ("verify-logs", VerifyLogsCommand.Create),
        ("audit", VerifyLogsCommand.CreateGroup),
        ("trust", TrustCommand.CreateGroup),
        ("serve", ServeCommand.Create),
        ("shard", ShardCommand.Create),
        ("report", ReportCommand.Create),
        ("selftest", SelftestCommand.Create),
        (SignCommand.Name, SignCommand.Create),
    ];

    /// <summary>The command that <paramref name="args"/> name, or all of them for help, completion and unknown names.</summary>
    /// <remarks>Only what is used is built: the options of the other commands would cost more than a small verification.</remarks>
    public static IEnumerable<Command> For(string[] args)
    {
        (string, Func<Command> Create)[] named = args.Length == 0 ? [] : [.. All.Where(entry => string.Equals(entry.Name, args[0], StringComparison.Ordinal))];
        return named.Length == 1 ? [named[0].Create()] : All.Select(entry => entry.Create());
    }
}
