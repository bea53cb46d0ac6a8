using System.Collections.Immutable;
using OfflineKit.Encoding;
using Org.BouncyCastle.Bcpg;

namespace OfflineKit.Trust.OpenPgp;

/// <summary>The names by which signatures call their maker.</summary>
/// <remarks>Source: RFC 9580 §5.2.3.12, §5.2.3.35.</remarks>
internal static class SignatureIssuer
{
    /// <summary>The fingerprints and key ids (lower-case hex) in <paramref name="subpackets"/>, surest first: hints.</summary>
    public static ImmutableArray<string> Hints(ImmutableArray<SignatureSubpacket> subpackets) =>
    [
        .. Parts(subpackets, SignatureSubpacketTag.IssuerFingerprint).Where(issuer => issuer.Length is 21 or 33).Select(issuer => StrictHex.Encode(issuer.AsSpan(1))),
        .. Parts(subpackets, SignatureSubpacketTag.IssuerKeyId).Where(id => id.Length == 8 && id.AsSpan().ContainsAnyExcept((byte)0)).Select(id => StrictHex.Encode(id)),
    ];

    private static IEnumerable<byte[]> Parts(ImmutableArray<SignatureSubpacket> subpackets, SignatureSubpacketTag type) =>
        subpackets.Where(part => part.SubpacketType == type).Select(part => part.GetData());
}
