using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Host.State;
using OfflineKit.Trust;

namespace OfflineKit.Host.Requests;

/// <summary>All trust that was imported on this machine, verified from its pinned roots, and the keys that it revokes.</summary>
/// <remarks>It is consulted wherever it lies, without being named: a revocation that was carried in must not depend on an option.</remarks>
/// <param name="OfMachine">What was imported for everybody on this machine.</param>
/// <param name="OfUser">What whoever asks keeps or names.</param>
/// <param name="Revocations">What any of it revokes.</param>
internal sealed record ImportedRoots(ImmutableArray<ImportedTrust> OfMachine, ImmutableArray<ImportedTrust> OfUser, ImmutableArray<RevocationList> Revocations)
{
    /// <summary>All of it, the machine's first: of two of one name the machine's is meant.</summary>
    public ImmutableArray<ImportedTrust> Imports => [.. OfMachine, .. OfUser];

    /// <summary>The imported trust that <paramref name="request"/> consults beside <paramref name="ofMachine"/>; one that was tampered with refuses the whole.</summary>
    /// <exception cref="UsageException">A place was named, and nothing lies there.</exception>
    public static Result<ImportedRoots> Load(TrustRequest request, Machine machine, ImmutableArray<ImportedTrust> ofMachine)
    {
        TrustState? state = TrustState.DefaultOrNull(request.State);
        state = state?.Path == machine.Trust.Path ? null : state;
        if (request.State is { } place && state?.List().Value is { Names.IsEmpty: true })
        {
            throw new UsageException($"no trust was imported into {place}", "`offlinekit trust import BUNDLE --root-fingerprint HEX --state DIR` does so");
        }

        var imports = ImmutableArray.CreateBuilder<ImportedTrust>();
        // What is imported does not stop to hold: it ages, and its age is judged with every answer.
        foreach ((string _, Result<ImportedTrust> loaded) in state?.Load(request.PinnedRoot, DateTimeOffset.UnixEpoch) ?? [])
        {
            if (loaded.Value is not { } trust)
            {
                return new Result<ImportedRoots>(Value: null, loaded.Finding);
            }

            imports.Add(trust);
        }

        return Result.Parse(Reasons.MalformedTrust, () => new ImportedRoots(ofMachine, imports.ToImmutable(), [.. ofMachine.Concat(imports).Select(trust => RepositoryRevocations.Of(trust.Repository))]));
    }

    /// <summary>The import called <paramref name="name"/>, or null.</summary>
    public ImportedTrust? Find(string name) => Imports.FirstOrDefault(trust => string.Equals(trust.Name, name, StringComparison.Ordinal));

    /// <summary>Each import by name, with its pinned root and the versions of its root, snapshot and timestamp.</summary>
    public IEnumerable<string> Versions => Imports.Select(trust => FormattableString.Invariant(
        $"{trust.Name} {trust.Record.PinnedRoot} {trust.Repository.Root.Version} {trust.Repository.Snapshot.Version} {trust.Repository.Timestamp.Version}"));

    /// <summary><paramref name="store"/> with what is revoked marked so, and without the keys of other tenants.</summary>
    public TrustStore Limit(TrustStore store, string? tenant) => Revocations.Aggregate(store, static (left, list) => left.Without(list)).For(tenant);

    /// <summary>The misuse of a limit on imported trust where none is in force: it would be believed to hold.</summary>
    /// <param name="limit">What is limited, such as "the age of imported trust is limited".</param>
    public static UsageException LimitOfNone(string limit) => new($"{limit}, and no trust was imported", "leave it out, or import a trust bundle first: `offlinekit trust import BUNDLE --root-fingerprint HEX`");

    /// <summary>The limit on the age of imported trust, for messages.</summary>
    public const string AgeIsLimited = "the age of imported trust is limited";

    /// <summary>Why an import is too old at <paramref name="time"/>, or null.</summary>
    public Finding? TooOld(DateTimeOffset time, TimeSpan? most) => Imports.Select(trust => TrustAge.Judge(trust, time, most)).FirstOrDefault(finding => finding is not null);
}
