using System.Collections.Immutable;
using System.CommandLine;
using OfflineKit.Host.State;
using OfflineKit.Encoding;
using OfflineKit.Trust.Tuf;

namespace OfflineKit.Cli.Commands;

/// <summary><c>offlinekit trust diff</c>: a bundle, or the last import, against what was before.</summary>
internal static class TrustDiffCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<string?> bundle = new("BUNDLE") { Description = "a newer bundle; without it, the last import against the one before", Arity = ArgumentArity.ZeroOrOne };
        StateOptions state = new();
        TimeOption time = new();
        OutputOption output = new();
        Command command = new CommandWithExample("diff", "Show what a bundle would change, or what the last import changed.", "offlinekit trust diff newer.tar") { bundle };
        state.AddTo(command);
        time.AddTo(command);
        output.AddTo(command);
        command.SetAction(arguments =>
        {
            DateTimeOffset at = time.Of(arguments);
            return Difference(state, arguments, arguments.GetValue(bundle), at).Write(output.Of(arguments));
        });
        return command;
    }

    private static TrustReport Difference(StateOptions state, ParseResult arguments, string? bundle, DateTimeOffset at)
    {
        Result<ImportedTrust> loaded = state.Load(arguments, at);
        if (loaded.Value is not { } trust)
        {
            return new TrustReport("trust diff", bundle ?? "", "REFUSED", loaded.Finding, Repository: null, [], at);
        }

        if (bundle is null)
        {
            ImportedTrust before = state.Folder(arguments).Previous(at) ?? throw new UsageException("there was only one import so far", "name a newer bundle");
            return Compared(trust.Name, before.Repository, trust.Repository, at);
        }

        Result<ITufFiles> files = Bundle.Open(bundle);
        Result<TufRepository> newer = files.Value is { } opened
            ? TufClient.Update(opened, trust.Repository, at, ExpiryRule.Report)
            : new Result<TufRepository>(Value: null, files.Finding);
        return newer.Value is { } repository
            ? Compared(bundle, trust.Repository, repository, at)
            : new TrustReport("trust diff", bundle, "REFUSED", newer.Finding, Repository: null, [], at);
    }

    private static TrustReport Compared(string subject, TufRepository before, TufRepository now, DateTimeOffset at)
    {
        ImmutableArray<string> changes = TrustChange.Between(before, now);
        return new TrustReport("trust diff", subject, changes.IsEmpty ? "NO CHANGE" : "CHANGES", Finding: null, Repository: null, changes, at);
    }
}
