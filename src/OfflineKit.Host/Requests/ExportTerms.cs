using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Exports;

namespace OfflineKit.Host.Requests;

/// <summary>What is said about an export: its layout, what lies beside it, what is accepted knowingly, and what is remembered of it.</summary>
internal sealed record ExportTerms
{
    /// <summary>The layout; null: recognised by its mark.</summary>
    public ExportLayout? Layout { get; init; }

    /// <summary>What a file means that the signed list does not name.</summary>
    public UnlistedRule Unlisted { get; init; }

    /// <summary>What a listed file means that is not there.</summary>
    public MissingRule Missing { get; init; }

    /// <summary>The signed list at the top, by its name; null: it is found.</summary>
    public string? List { get; init; }

    /// <summary>What a mirror bundle's signature means.</summary>
    public MirrorRule Mirror { get; init; }

    /// <summary>Files that belong to the export and do not lie in it, by their role.</summary>
    public ImmutableDictionary<string, NamedFile> Detached { get; init; } = ImmutableDictionary<string, NamedFile>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>Keys of transparency logs.</summary>
    public ImmutableArray<PublicKey> LogKeys { get; init; } = [];

    /// <summary>A log was named, which demands a proof of it: also where its key counts no more.</summary>
    public bool DemandsLog { get => field || !LogKeys.IsEmpty; private init; }

    /// <summary>The folder that remembers the newest accepted version of each sequence; null: none.</summary>
    public string? State { get; init; }

    /// <summary>What a version means that is not newer.</summary>
    public ActivationRule Activation { get; init; }

    /// <summary>Why an older version is accepted; null: it is not.</summary>
    public string? ForceReason { get; init; }

    /// <summary>Where a refused export is moved; null: it stays.</summary>
    public string? Quarantine { get; init; }

    /// <summary>Nothing is written or moved.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>The same, where the logs that were named prove nothing. A proof is demanded as before.</summary>
    public ExportTerms WithoutLogs() => this with { LogKeys = [], DemandsLog = DemandsLog };

    /// <summary>Refuses half a forced activation.</summary>
    /// <exception cref="UsageException">A forced activation without state or reason.</exception>
    public void Check()
    {
        bool isForced = Activation == ActivationRule.Forced;
        if (isForced != !string.IsNullOrWhiteSpace(ForceReason) || (isForced && State is null))
        {
            throw new UsageException("{forceActivate}, {forceReason} and {exportState} belong together", "say why the activation is forced: the reason is written down");
        }
    }
}
