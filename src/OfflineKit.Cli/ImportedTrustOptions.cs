using System.Collections.Immutable;
using System.CommandLine;
using OfflineKit.Host.State;
using OfflineKit.Encoding;
using OfflineKit.Trust;

namespace OfflineKit.Cli;

/// <summary>The imported trust of one run, verified, and the keys that it revokes.</summary>
internal sealed record LoadedTrust(ImmutableArray<ImportedTrust> Imported, ImmutableArray<RevocationList> Revocations, string? Tenant)
{
    /// <summary>The stores to choose roots from; <paramref name="onlyNamed"/> leaves out those that are on by themselves.</summary>
    public IEnumerable<RootSource> Sources(bool onlyNamed) => Imported.Select(trust => RootSource.Imported(trust, onlyNamed));

    /// <summary>Each import by name, with the versions of its root, snapshot and timestamp.</summary>
    public IEnumerable<string> Versions => Imported.Select(trust => FormattableString.Invariant(
        $"{trust.Name} {trust.Repository.Root.Version} {trust.Repository.Snapshot.Version} {trust.Repository.Timestamp.Version}"));

    /// <summary><paramref name="store"/> with what is revoked marked so, and without the keys of other tenants.</summary>
    public TrustStore Limit(TrustStore store) => Revocations.Aggregate(store, static (left, list) => list.Apply(left)).For(Tenant);
}

/// <summary><c>--state</c> (or <c>--trust-state</c>), <c>--root-fingerprint</c> and <c>--max-trust-age</c> of the verifying commands.</summary>
/// <remarks>
/// Imported trust is consulted wherever it lies, without being named: a revocation that was carried in must not depend on an option. A run on a machine
/// without any pays for one look at a folder.
/// </remarks>
internal sealed class ImportedTrustOptions
{
    private readonly Option<string?> _state;

    private readonly Option<string?> _pin = new("--root-fingerprint")
    {
        Description = "use imported trust only under this root (SHA-256 of its first root.json), whatever the folder says",
        HelpName = "HEX",
    };

    private readonly Option<string?> _tenant = new("--tenant") { Description = "also trust the keys that belong to this tenant", HelpName = "NAME" };
    private readonly TrustAgeOption _age = new();

    private ImportedTrustOptions(params string[] names) =>
        _state = new(names[0], names[1..]) { Description = "where imported trust is kept; default: offlinekit/trust under XDG_DATA_HOME", HelpName = "DIR" };

    /// <summary>The options of a command that keeps no other state.</summary>
    public static ImportedTrustOptions Named() => new("--state", "--trust-state");

    /// <summary>The same where <c>--state</c> means the exports that were accepted.</summary>
    public static ImportedTrustOptions BesideExports() => new("--trust-state");

    /// <summary>Adds the options to <paramref name="command"/>.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_state);
        command.Options.Add(_pin);
        command.Options.Add(_tenant);
        _age.AddTo(command);
    }

    /// <summary>The caller says where imported trust lies.</summary>
    public bool NamesState(ParseResult arguments) => arguments.GetValue(_state) is not null;

    /// <summary>All imported trust, verified from its pinned roots; one that was tampered with, or is too old, refuses the run.</summary>
    public Result<LoadedTrust> Load(ParseResult arguments)
    {
        string? path = arguments.GetValue(_state);
        TrustState? state = TrustState.DefaultOrNull(path);
        ImmutableArray<string> names = state?.Names ?? [];
        if (path is not null && names.IsEmpty)
        {
            throw new UsageException($"no trust was imported into {path}", "`offlinekit trust import BUNDLE --root-fingerprint HEX --state DIR` does so");
        }

        DateTimeOffset time = TimeOption.StatedOrNow(arguments);
        var imported = ImmutableArray.CreateBuilder<ImportedTrust>();
        foreach (string name in names)
        {
            Result<ImportedTrust> loaded = state!.Root(name).Load(arguments.GetValue(_pin), time);
            Finding? finding = loaded.Finding ?? TrustAge.Judge(loaded.Value!, time, _age.Of(arguments));
            if (finding is not null)
            {
                return new Result<LoadedTrust>(Value: null, finding);
            }

            imported.Add(loaded.Value!);
        }

        return Result.Parse(Reasons.MalformedTrust, () => new LoadedTrust(
            imported.ToImmutable(), [.. imported.Select(trust => RevocationList.Of(trust.Repository))], arguments.GetValue(_tenant)));
    }
}
