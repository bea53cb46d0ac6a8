using System.Collections.Immutable;

namespace OfflineKit.Host.Requests;

/// <summary>Whom a question trusts, before anything of it is opened.</summary>
/// <remarks>
/// A key narrows: with one, the roots that are on by themselves are not consulted. Roots and stores that are named add what they hold.
/// </remarks>
internal sealed record TrustRequest
{
    /// <summary>Public keys: any of them may have signed.</summary>
    public ImmutableArray<NamedKey> Keys { get; init; } = [];

    /// <summary>Authorities, which bring the keys of the certificates that lead to them.</summary>
    public ImmutableArray<NamedFile> Authorities { get; init; } = [];

    /// <summary>Sigstore instances, instead of those that are on by themselves.</summary>
    public ImmutableArray<NamedFile> SigstoreRoots { get; init; } = [];

    /// <summary>SSH signers; they stand alone.</summary>
    public NamedFile? AllowedSigners { get; init; }

    /// <summary>The keys of the dossier tools.</summary>
    public NamedFile? DossierKeys { get; init; }

    /// <summary>Roots that are switched on for this question.</summary>
    public ImmutableArray<string> Roots { get; init; } = [];

    /// <summary>Trust stores that are added.</summary>
    public ImmutableArray<NamedStore> Stores { get; init; } = [];

    /// <summary>What comes with the program is left out.</summary>
    public bool WithoutBundled { get; init; }

    /// <summary>Where imported trust lies; null: where this user keeps it.</summary>
    public string? State { get; init; }

    /// <summary>The fingerprint under which imported trust must lie; null: the one that the import noted.</summary>
    public string? PinnedRoot { get; init; }

    /// <summary>The tenant whose keys count as well; null: none.</summary>
    public string? Tenant { get; init; }

    /// <summary>The greatest age of imported trust; null sets no limit.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>Names, ids or fingerprints to which the trusted keys are narrowed; empty: all of them.</summary>
    public ImmutableArray<string> OnlyKeys { get; init; } = [];

    /// <summary>A key is named, or an authority that brings keys.</summary>
    public bool NamesKey => !Keys.IsEmpty || !Authorities.IsEmpty;

    /// <summary>Somebody is named, by key, root or store.</summary>
    public bool NamesSomebody => NamesKey || !SigstoreRoots.IsEmpty || AllowedSigners is not null || !Roots.IsEmpty || !Stores.IsEmpty || State is not null;

    /// <summary>The roots that are on by themselves are left out, because somebody else is named.</summary>
    public bool IsNarrowed => NamesKey || !SigstoreRoots.IsEmpty || AllowedSigners is not null;
}
