using System.Collections.Immutable;
using System.CommandLine;
using OfflineKit.Host.State;
using OfflineKit.Encoding;
using OfflineKit.Trust;
using OfflineKit.Trust.Tuf;

namespace OfflineKit.Cli.Commands;

/// <summary><c>offlinekit trust import BUNDLE</c> and <c>trust check BUNDLE</c>: a TUF repository, verified with files only.</summary>
internal static class TrustImportCommand
{
    /// <summary><c>import</c>.</summary>
    public static Command CreateImport()
    {
        Argument<string> bundle = BundleArgument();
        TrustBundleOptions options = new();
        StateOptions state = new();
        OutputOption output = new();
        Command command = new CommandWithExample(
            "import",
            "Verify a trust bundle (TUF repository) and keep it as trusted.",
            "offlinekit trust import bundle.tar --root-fingerprint 73747011d0857ada15479a16c4cae0f3ed03aac698b523b97e1de314ac9d9ca8",
            "offlinekit trust import newer.tar.zst")
        {
            bundle,
        };
        options.AddTo(command);
        state.AddTo(command);
        output.AddTo(command);
        command.SetAction(arguments =>
        {
            string path = arguments.GetRequiredValue(bundle);
            JudgedAt at = options.Time(arguments);
            Result<ITufFiles> files = Bundle.Open(path);
            ImportOutcome outcome = files.Value is { } opened
                ? TrustImport.Run(state.FolderTold(arguments), new ImportRequest(opened, Bundle.NameOf(path), options.Pin(arguments), at, options.Rule(arguments)))
                : new ImportOutcome(Before: null, Now: null, files.Finding, IsUnchanged: false);
            return Report(path, outcome, at.Time).Write(output.Of(arguments));
        });
        return command;
    }

    /// <summary><c>check</c>.</summary>
    public static Command CreateCheck()
    {
        Argument<string?> bundle = new("BUNDLE") { Description = "a TUF repository: a folder, a .tar or a .tar.zst; without it, everything that was imported", Arity = ArgumentArity.ZeroOrOne };
        Option<string?> after = new("--after") { Description = "judge BUNDLE as the successor of this bundle: nothing may go back", HelpName = "OLDER" };
        TrustBundleOptions options = new();
        StateOptions state = new();
        OutputOption output = new();
        Command command = new CommandWithExample(
            "check",
            "Verify a trust bundle without importing it, or what was imported.",
            "offlinekit trust check bundle.tar --root-fingerprint 73747011d0857ada15479a16c4cae0f3ed03aac698b523b97e1de314ac9d9ca8",
            "offlinekit trust check --name default")
        {
            bundle, after,
        };
        options.AddTo(command);
        state.AddTo(command);
        output.AddTo(command);
        command.SetAction(arguments =>
        {
            JudgedAt at = options.Time(arguments);
            if (arguments.GetValue(bundle) is not { } path)
            {
                OptionsOfOneQuestion.Require(arguments, "without BUNDLE", "name the bundle, or leave it out to check what was imported", after, options.OfBundle);
                return CheckImported(state.Load(arguments, at.Time, options.Pin(arguments)), state.Folder(arguments).Name, at.Time).Write(output.Of(arguments));
            }

            OptionsOfOneQuestion.Require(arguments, "beside BUNDLE", "leave it out, or leave BUNDLE out to check what was imported", state.All);
            string pin = options.Pin(arguments) ?? throw new UsageException("trust check needs the root's fingerprint", "pass --root-fingerprint HEX or --root NAME");
            Result<TufRepository> checkedBundle = Check(path, arguments.GetValue(after), new ImportRequest(null!, path, pin, at, options.Rule(arguments)));
            string headline = checkedBundle.Finding is null ? "SOUND" : "REFUSED";
            return new TrustReport("trust check", path, headline, checkedBundle.Finding, checkedBundle.Value, [], at.Time) { Unusable = Unusable(checkedBundle.Value, path) }.Write(output.Of(arguments));
        });
        return command;
    }

    // Expiry is reported, not judged: imported trust ages and does not end (docs/decisions/0021-trust-and-time.md).
    private static TrustReport CheckImported(Result<ImportedTrust> loaded, string name, DateTimeOffset time)
    {
        Finding? finding = loaded.Finding ?? RootsOf(loaded.Value!).Finding;
        return new TrustReport("trust check", name, finding is null ? "SOUND" : "REFUSED", finding, loaded.Value?.Repository, [], time) { PinnedRoot = loaded.Value?.Record.PinnedRoot ?? "", Unusable = Unusable(loaded.Value?.Repository, name) };
    }

    // Every file that the list names is read as a run would read it.
    private static Result<TrustStore> RootsOf(ImportedTrust trust) => Result.Parse(Reasons.MalformedTrust, () =>
        RepositoryTrust.Roots(trust.Repository, trust.Name).Aggregate(TrustStore.Empty.Without(RepositoryRevocations.Of(trust.Repository)), (store, root) => store.With(RepositoryTrust.OpenUsable(trust.Repository, root))));

    private static ImmutableArray<string> Unusable(TufRepository? repository, string name) => repository is null ? [] : [.. RepositoryTrust.Unusable(repository, name)];

    private static Result<TufRepository> Check(string path, string? after, ImportRequest request)
    {
        TufRepository? trusted = null;
        if (after is not null)
        {
            Result<ITufFiles> older = Bundle.Open(after);
            Result<TufRepository> known = older.Value is { } files ? TufClient.Open(files, request.Pin!, request.At.Time, ExpiryRule.Report) : new Result<TufRepository>(Value: null, older.Finding);
            if (known.Value is null)
            {
                return known;
            }

            trusted = known.Value;
        }

        Result<ITufFiles> bundle = Bundle.Open(path);
        return bundle.Value is { } opened ? TrustImport.Verify(request with { Files = opened }, trusted) : new Result<TufRepository>(Value: null, bundle.Finding);
    }

    private static TrustReport Report(string path, ImportOutcome outcome, DateTimeOffset time)
    {
        string headline = outcome switch
        {
            { Finding: not null } => "REFUSED",
            { IsUnchanged: true } => "UNCHANGED",
            { Now.Record.IsAged: true } => "IMPORTED AS AGED",
            _ => "IMPORTED",
        };
        return new TrustReport("trust import", path, headline, outcome.Finding, outcome.Now?.Repository, outcome is { Before: { } before, Now: { } now } ? TrustChange.Between(before.Repository, now.Repository) : [], time) { Unusable = Unusable(outcome.Now?.Repository, path) };
    }

    private static Argument<string> BundleArgument() => new("BUNDLE") { Description = "a TUF repository: a folder, a .tar or a .tar.zst" };
}
