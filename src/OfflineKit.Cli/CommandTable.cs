using System.CommandLine;
using OfflineKit.Cli.Commands;
using OfflineKit.CommandLine.Manual;

namespace OfflineKit.Cli;

/// <summary>Every command, one line each.</summary>
internal static class CommandTable
{
    private static (string Name, Func<LineWords, Command> Create)[] All =>
    [
        ("verify", VerifyCommand.Create),
        ("dossier", DossierCommand.Create),
        ("verify-bundle", VerifyBundleCommand.Create),
        ("verify-image", VerifyImageCommand.Create),
        ("inspect", _ => InspectCommand.Create()),
        ("explain", _ => ExplainCommand.Create()),
        ("completion", _ => CompletionCommand.Create(Program.Name)),
        ("manual", _ => ManualCommand.Create(Program.Name, Program.Manual)),
        ("verify-envelope", VerifyEnvelopeCommand.Create),
        ("verify-export", VerifyExportCommand.Create),
        ("policy", PolicyVerifyCommand.CreateGroup),
        ("verify-logs", VerifyLogsCommand.Create),
        ("audit", VerifyLogsCommand.CreateGroup),
        ("trust", _ => TrustCommand.CreateGroup()),
        ("serve", _ => ServeCommand.Create()),
        ("shard", _ => ShardCommand.Create()),
        ("report", _ => ReportCommand.Create()),
        ("selftest", _ => SelftestCommand.Create()),
        (SignCommand.Name, _ => SignCommand.Create()),
    ];

    /// <summary>The command that <paramref name="args"/> name, or all of them for help, completion and unknown names, with every option.</summary>
    public static IEnumerable<Command> For(string[] args) => For(args, LineWords.Any);

    /// <summary>The same, with the options that <paramref name="words"/> can mean.</summary>
    /// <remarks>Only what is used is built: the other commands, and the options that no word names, would cost more than a small verification.</remarks>
    public static IEnumerable<Command> For(string[] args, LineWords words)
    {
        (string, Func<LineWords, Command> Create)[] named = args.Length == 0 ? [] : [.. All.Where(entry => string.Equals(entry.Name, args[0], StringComparison.Ordinal))];
        return named.Length == 1 ? [named[0].Create(words)] : All.Select(entry => entry.Create(words));
    }
}
