using System.Collections.Immutable;
using OfflineKit.Encoding;
using Org.BouncyCastle.Bcpg;

namespace OfflineKit.Trust.OpenPgp;

/// <summary>A key, a user id or something else of a certificate, and the signatures that follow it.</summary>
/// <param name="Head">What it is; null for what cannot be read, such as a subkey of a kind to come.</param>
/// <param name="Signatures">The signatures that can be read.</param>
internal sealed record Component(Packet? Head, ImmutableArray<OpenPgpSignature> Signatures)
{
    private const byte UserIdFrame = 0xB4;
    private const int KeyRevocation = 0x20, SubkeyRevocation = 0x28, CertificationRevocation = 0x30;

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
    /// <exception cref="MalformedException">A revocation cannot be read: what it says is not absent.</exception>
    public static ImmutableArray<Component> Split(ImmutableArray<FramedPacket> packets, string what)
    {
        var components = ImmutableArray.CreateBuilder<Component>();
        foreach (FramedPacket frame in packets)
        {
            if (frame.Tag != FramedPacket.Signature)
            {
                components.Add(new Component(OpenPgpPackets.Read(frame, what).Value, []));
            }
            else if (Result.Parse(Reasons.MalformedKey, () => OpenPgpSignature.Of(frame.Body)).Value is { } known)
            {
                components[^1] = components[^1] with { Signatures = components[^1].Signatures.Add(known) };
            }
            else if (components[^1].Head is PublicKeyPacket && TypeOf(frame.Body.Span) is KeyRevocation or SubkeyRevocation or CertificationRevocation)
            {
                throw new MalformedException(OpenPgpReasons.CertificateUnusable, "OpenPGP certificate: a revocation that cannot be read");
            }
        }

        return components.ToImmutable();
    }

    // The signature's type stands behind its version; in version 3 behind one byte more.
    private static int TypeOf(ReadOnlySpan<byte> body) => body switch { [2 or 3, _, var type, ..] => type, [_, var type, ..] => type, _ => 0 };
}
