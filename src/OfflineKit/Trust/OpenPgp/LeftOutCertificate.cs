using System.Collections.Immutable;

namespace OfflineKit.Trust.OpenPgp;

/// <summary>A certificate of a file with several that nothing can be verified by.</summary>
/// <param name="Origin">The file.</param>
/// <param name="Fingerprints">The names by which signatures call its keys, as far as they are known, the primary key's first; lower-case hex.</param>
/// <param name="Why">Why it is left out.</param>
internal sealed record LeftOutCertificate(string Origin, ImmutableArray<string> Fingerprints, Finding Why)
{
    /// <summary>The certificate in words.</summary>
    public string InWords => Fingerprints.IsEmpty ? $"a certificate in {Origin}" : $"{Fingerprints[0]} in {Origin}";

    /// <summary>SHA-256 of the SubjectPublicKeyInfo of each of its own keys where somebody may have revoked them, and it cannot be read whom.</summary>
    public ImmutableArray<string> Doubted { get; init; } = [];

    /// <summary>One of <paramref name="hints"/> means a key of it: a fingerprint, or a key id, which is the end of one of version 4.</summary>
    public bool IsMeant(IEnumerable<string> hints) => hints.Any(hint => Fingerprints.Any(fingerprint => fingerprint.EndsWith(hint, StringComparison.Ordinal)));

    /// <summary>It has the primary key of <paramref name="certificate"/>: what cannot be read in it may be said against that one.</summary>
    public bool IsCopyOf(OpenPgpCertificate certificate) => Fingerprints is [var primary, ..] && string.Equals(primary, certificate.Fingerprint, StringComparison.Ordinal);
}
