using System.Buffers.Binary;
using System.Collections.Immutable;
using OfflineKit.Encoding;
using Org.BouncyCastle.Bcpg;

namespace OfflineKit.Trust.OpenPgp;

/// <summary>A signature in a certificate that nobody can verify here, because it cannot be read or its hash is not accepted: what it says is not absent.</summary>
/// <param name="Type">Its type.</param>
/// <param name="MadeAt">When it was made, by its own account; null: that cannot be read.</param>
/// <param name="Issuers">The fingerprints and key ids (lower-case hex) by which it names its maker.</param>
/// <param name="Algorithm">The kind of the key that made it.</param>
internal sealed record UnverifiableSignature(int Type, DateTimeOffset? MadeAt, ImmutableArray<string> Issuers, PublicKeyAlgorithmTag Algorithm)
{
    private const int HeadSize = 4;

    /// <summary>The one in <paramref name="body"/>, the body of a packet that cannot be read; null for a version to come, which no key here has made, or where there is no head.</summary>
    /// <remarks>
    /// Shape of version 3: version, 5, type, time, key id, kind of the key; of the others <see cref="SignatureBody"/>. A key of version 4 may have made one of version 3,
    /// and some programs one of version 5, whose head is that of version 4.
    /// </remarks>
    public static UnverifiableSignature? Of(ReadOnlyMemory<byte> body) => body.Span switch
    {
        [2 or 3, _, var type, _, _, _, _, _, _, _, _, _, _, _, _, var algorithm, ..] span =>
            new(type, DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadUInt32BigEndian(span[3..])), [StrictHex.Encode(span[7..15])], (PublicKeyAlgorithmTag)algorithm),
        [>= 4 and <= 6, var type, var algorithm, _, ..] => new(type, LatestTime(Hashed(body)), SignatureIssuer.Hints([.. Hashed(body), .. Unhashed(body)]), (PublicKeyAlgorithmTag)algorithm),
        _ => null,
    };

    /// <summary>It may be by <paramref name="key"/>: it names the key; or it names nobody, and a key of this kind made it.</summary>
    public bool MayBeBy(OpenPgpKey key) => Issuers.IsEmpty ? Algorithm == key.Algorithm : Issuers.Any(key.IsCalled);

    private static DateTimeOffset? LatestTime(SignatureSubpacket[] hashed)
    {
        DateTimeOffset? latest = null;
        foreach (SignatureSubpacket part in hashed)
        {
            if (part.SubpacketType == SignatureSubpacketTag.CreationTime && part.GetData() is { Length: sizeof(uint) } seconds)
            {
                DateTimeOffset made = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadUInt32BigEndian(seconds));
                latest = made < latest ? latest : made;
            }
        }

        return latest;
    }

    private static SignatureSubpacket[] Hashed(ReadOnlyMemory<byte> body) => Area(body, passedOver: 0);

    private static SignatureSubpacket[] Unhashed(ReadOnlyMemory<byte> body) => Area(body, passedOver: 1);

    // Nothing, where an area cannot be read.
    private static SignatureSubpacket[] Area(ReadOnlyMemory<byte> body, int passedOver)
    {
        SignatureSubpacket[] parts = [];
        _ = Result.Parse(Reasons.MalformedKey, () =>
        {
            SignatureCut rest = Behind(body);
            for (int i = 0; i < passedOver; i++)
            {
                _ = rest.Area(body.Span[0]);
            }

            parts = [.. rest.Subpackets(body.Span[0])];
            return SignatureCut.What;
        });
        return parts;
    }

    private static SignatureCut Behind(ReadOnlyMemory<byte> body)
    {
        SignatureCut rest = new(body);
        _ = rest.Next(HeadSize);
        return rest;
    }
}
