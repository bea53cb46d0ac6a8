using System.Collections.Immutable;

namespace OfflineKit.Trust;

/// <summary>A part of a trusted root that this version cannot use: it is passed over, and said.</summary>
/// <param name="Member">The list that it stands in, such as <c>tlogs</c>.</param>
/// <param name="Why">Where it stands and what is wrong, in one line.</param>
/// <param name="Fingerprints">SHA-256 of every SubjectPublicKeyInfo that can be read in it: where the whole root is revoked, they are revoked with it.</param>
internal sealed record LeftOutPart(string Member, string Why, ImmutableArray<string> Fingerprints)
{
    /// <summary>A whole instance that cannot be read: whose keys were in it cannot be said.</summary>
    public bool IsInstance { get; init; }
}
