using System.Collections.Immutable;

namespace OfflineKit;

/// <summary>What one signer vouches for: that it signed, and what the very signature proves beside that.</summary>
/// <param name="Evidence">The signer, and what its signature states, covers and dates.</param>
internal sealed record SignerEvidence(ImmutableArray<Evidence> Evidence)
{
    /// <summary>The signer, for messages.</summary>
    public string InWords => Evidence.Select(evidence => evidence switch
    {
        SignedByKey key => $"the signature by key \"{key.Signer}\"",
        SignedByIdentity identity => $"the signature by \"{identity.Identity}\"",
        _ => null,
    }).First(words => words is not null)!;

    /// <summary>What each signer in <paramref name="evidence"/> vouches for, where one signature file proves all of it.</summary>
    public static IEnumerable<SignerEvidence> In(ImmutableArray<Evidence> evidence) => evidence.Where(IsSigner).Distinct()
        .Select(signer => new SignerEvidence([signer, .. evidence.Where(beside => !IsSigner(beside))]));

    /// <summary>It says who signed.</summary>
    public static bool IsSigner(Evidence evidence) => evidence is SignedByKey or SignedByIdentity;
}
