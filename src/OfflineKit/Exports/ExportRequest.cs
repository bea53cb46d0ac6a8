using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Policy;

namespace OfflineKit.Exports;

/// <summary>One question: is this whole export what a trusted signer sent?</summary>
/// <param name="Inventory">What is in it.</param>
/// <param name="Context">Trust, expectations and time.</param>
/// <param name="Policy">What is demanded of every signature.</param>
internal sealed record ExportRequest(ExportInventory Inventory, VerificationContext Context, SignaturePolicy Policy)
{
    /// <summary>The layout, where the caller names it; otherwise it is recognised by its mark.</summary>
    public ExportLayout? Layout { get; init; }

    /// <summary>What a file means that no signed list names.</summary>
    public UnlistedRule Unlisted { get; init; }

    /// <summary>What a listed file means that is not there.</summary>
    public MissingRule Missing { get; init; }

    /// <summary>The signed list, where the caller names it; otherwise it is found at the top.</summary>
    public string? List { get; init; }

    /// <summary>The files that other signed lists of the same export name: they are compared with those.</summary>
    public ImmutableHashSet<string> ListedElsewhere { get; init; } = [];

    /// <summary>What a mirror bundle's signature over the base64 text of its payload means.</summary>
    public MirrorRule Mirror { get; init; }

    /// <summary>Files that belong to the export and do not lie in it.</summary>
    public DetachedFiles DetachedFiles { get; init; } = DetachedFiles.None;

    /// <summary>Keys of transparency logs that the caller pins.</summary>
    public ImmutableArray<PublicKey> LogKeys { get; init; } = [];

    /// <summary>A proof of a log is demanded, whether or not the key of one counts here.</summary>
    public bool DemandsLog { get => field || !LogKeys.IsEmpty; init; }

    /// <summary>The secret of a developer-portal bundle, for symmetric evidence; null: it is not evaluated.</summary>
    public SharedSecret? Secret { get; init; }

    /// <summary>What is demanded of the evidence of the whole export; null: the same as of every signature.</summary>
    public SignaturePolicy? Demands { get; init; }

    /// <summary>Predicate types by which, besides those of docs/spec/exports.md §2a, a sender says "this is what I made": those that whoever asks named himself.</summary>
    public ImmutableArray<string> StatementTypes { get; init; } = [];

    /// <summary>The newest accepted version of each sequence; null when imports are not kept in order.</summary>
    public ImmutableArray<ExportVersion>? Accepted { get; init; }

    /// <summary>What an older version means.</summary>
    public ActivationRule Activation { get; init; }
}
