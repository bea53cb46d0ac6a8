using System.Collections.Immutable;
using OfflineKit.Encoding;
using Org.BouncyCastle.Bcpg;

namespace OfflineKit.Trust.OpenPgp;

/// <summary>A key, a user id or something else of a certificate, and the signatures that follow it.</summary>
internal sealed record Component(Packet Head, ImmutableArray<OpenPgpSignature> Signatures)
{
    private const byte UserIdFrame = 0xB4;

    /// <summary>The text of a user id; null for other components.</summary>
    public string? UserId => Head is UserIdPacket id ? System.Text.Encoding.UTF8.GetString(id.GetRawId()) : null;

    /// <summary>What is hashed of a user id in a certification; null for other components.</summary>
    public byte[]? FramedUserId
    {
        get
        {
            if (Head is not UserIdPacket id)
            {
                return null;
            }

            byte[] text = id.GetRawId(), head = [UserIdFrame, 0, 0, 0, 0];
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(1), text.Length);
            return [.. head, .. text];
        }
    }

    /// <summary>Cuts <paramref name="packets"/> where a signature ends and something else begins.</summary>
    public static ImmutableArray<Component> Split(ImmutableArray<Packet> packets)
    {
        var components = ImmutableArray.CreateBuilder<Component>();
        foreach (Packet packet in packets)
        {
            if (packet is not SignaturePacket signature)
            {
                components.Add(new Component(packet, []));
            }
            else if (OpenPgpSignature.IsKnownVersion(signature) && Result.Parse(Reasons.MalformedKey, () => OpenPgpSignature.Of(signature)).Value is { } known)
            {
                components[^1] = components[^1] with { Signatures = components[^1].Signatures.Add(known) };
            }
        }

        return components.ToImmutable();
    }
}
