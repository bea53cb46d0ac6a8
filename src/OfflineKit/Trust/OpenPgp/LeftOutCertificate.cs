using System.Collections.Immutable;

namespace OfflineKit.Trust.OpenPgp;

/// <summary>A certificate of a file with several that nothing can be verified by.</summary>
/// <param name="Origin">The file.</param>
/// <param name="Fingerprints">The names by which signatures call its keys, as far as they are known; lower-case hex.</param>
/// <param name="Why">Why it is left out.</param>
internal sealed record LeftOutCertificate(string Origin, ImmutableArray<string> Fingerprints, Finding Why)
{
    /// <summary>The certificate in words.</summary>
    public string InWords => Fingerprints.IsEmpty ? $"a certificate in {Origin}" : $"{Fingerprints[0]} in {Origin}";

    /// <summary>One of <paramref name="hints"/> means a key of it: a fingerprint, or a key id, which is the end of one of version 4.</summary>
    public bool IsMeant(IEnumerable<string> hints) => hints.Any(hint => Fingerprints.Any(fingerprint => fingerprint.EndsWith(hint, StringComparison.Ordinal)));
}
