using System.Collections.Immutable;
using OfflineKit.X509;

namespace OfflineKit.Trust;

/// <summary>A certificate whose holder the caller lets vouch for signers.</summary>
/// <param name="Certificate">Where a path may end.</param>
/// <param name="Root">Where the trust comes from.</param>
internal sealed record TrustedAuthority(Certificate Certificate, string Root)
{
    /// <summary>The authority in the only PEM block of <paramref name="file"/>, or in DER.</summary>
    public static TrustedAuthority Parse(ReadOnlySpan<byte> file, string root) =>
        new(file is [Encoding.DerCursor.SequenceTag, ..] ? Certificate.Parse(file.ToArray()) : Certificate.ParsePem(file, "authority"), root);

    /// <summary>The key that <paramref name="path"/>, which ends at one of <paramref name="authorities"/>, vouches for; it counts no longer than its certificates do.</summary>
    public static TrustedKey KeyOf(VerifiedPath path, ImmutableArray<TrustedAuthority> authorities)
    {
        string root = "";
        foreach (TrustedAuthority authority in authorities)
        {
            root = ReferenceEquals(authority.Certificate, path.Anchor) ? authority.Root : root;
        }

        return new TrustedKey(path.Leaf.Subject.ToString(), path.Leaf.Key.Value!, root) { Certificates = path.Certificates };
    }
}
