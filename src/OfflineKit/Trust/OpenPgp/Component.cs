using System.Collections.Immutable;
using OfflineKit.Encoding;
using Org.BouncyCastle.Bcpg;

namespace OfflineKit.Trust.OpenPgp;

/// <summary>A key, a user id or something else of a certificate, and the signatures that follow it.</summary>
/// <param name="Tag">The type of the packet.</param>
/// <param name="Head">What it is; null for what cannot be read, such as a subkey of a kind to come.</param>
/// <param name="Signatures">The signatures that can be read.</param>
internal sealed record Component(int Tag, Packet? Head, ImmutableArray<OpenPgpSignature> Signatures)
{
    private const byte UserIdFrame = 0xB4;

    /// <summary>Those that cannot be read, as far as something is known of them.</summary>
    public ImmutableArray<FramedPacket> Unreadable { get; private init; } = [];

    /// <summary>A revocation among the signatures cannot be read: what it says is not absent.</summary>
    public bool HasUnreadableRevocation { get; private init; }

    /// <summary>The signatures that revoke a primary key or a subkey.</summary>
    public IEnumerable<PlacedRevocation> Revocations =>
        Signatures.Where(signature => signature.Type is PlacedRevocation.OfPrimary or PlacedRevocation.OfSubkey).Select(signature => new PlacedRevocation(signature, Subkey));

    // The fingerprint of a subkey, empty for one that cannot be read; null for what is no subkey.
    private string? Subkey => Tag != FramedPacket.PublicSubkey ? null
        : Head is PublicSubkeyPacket packet && Result.Parse(Reasons.UnsupportedKey, () => OpenPgpKey.Of(packet)).Value is { } key ? key.Fingerprint : "";

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

    /// <summary>Cuts <paramref name="packets"/>, the first of which is a key, where a signature ends and something else begins.</summary>
    public static ImmutableArray<Component> Split(ImmutableArray<FramedPacket> packets, string what)
    {
        var components = ImmutableArray.CreateBuilder<Component>();
        for (int start = 0, end; start < packets.Length; start = end)
        {
            for (end = start + 1; end < packets.Length && packets[end].Tag == FramedPacket.Signature;)
            {
                end++;
            }

            components.Add(Of(packets[start], packets[(start + 1)..end], what));
        }

        return components.ToImmutable();
    }

    private static Component Of(FramedPacket first, ImmutableArray<FramedPacket> signatures, string what)
    {
        var known = ImmutableArray.CreateBuilder<OpenPgpSignature>();
        var unreadable = ImmutableArray.CreateBuilder<FramedPacket>();
        foreach (FramedPacket frame in signatures)
        {
            if (Result.Parse(Reasons.MalformedKey, () => OpenPgpSignature.Of(frame.Body)).Value is { } signature)
            {
                known.Add(signature);
            }
            else
            {
                unreadable.Add(frame);
            }
        }

        Component component = new(first.Tag, OpenPgpPackets.Read(first, what).Value, known.ToImmutable()) { Unreadable = unreadable.ToImmutable() };
        bool mayBeRevoked = false;
        foreach (FramedPacket frame in unreadable)
        {
            mayBeRevoked |= component.MayRevoke(OpenPgpSignature.TypeOf(frame.Body.Span));
        }

        return component with { HasUnreadableRevocation = mayBeRevoked };
    }

    /// <summary>Its signatures of <paramref name="type"/> alone.</summary>
    public Component Only(int type) => this with { Signatures = [.. Signatures.Where(signature => signature.Type == type)], Unreadable = UnreadableOf(type) };

    /// <summary>Those that cannot be read, of <paramref name="types"/>.</summary>
    public ImmutableArray<FramedPacket> UnreadableOf(params ReadOnlySpan<int> types)
    {
        var found = ImmutableArray.CreateBuilder<FramedPacket>();
        foreach (FramedPacket frame in Unreadable)
        {
            if (types.Contains(OpenPgpSignature.TypeOf(frame.Body.Span)))
            {
                found.Add(frame);
            }
        }

        return found.ToImmutable();
    }

    /// <summary>The user ids among <paramref name="components"/>, each once and in their order: what stands behind the same name again is said of it too.</summary>
    public static ImmutableArray<Component> Names(ImmutableArray<Component> components) => Joined(components, FramedPacket.UserId);

    /// <summary>The subkeys of a known version among <paramref name="components"/>, likewise.</summary>
    public static ImmutableArray<Component> Subkeys(ImmutableArray<Component> components) => Joined(components, FramedPacket.PublicSubkey);

    private byte[]? FramedSubkey => Head is PublicSubkeyPacket packet ? Result.Parse(Reasons.UnsupportedKey, () => OpenPgpKey.Of(packet)).Value?.Framed() : null;

    private static ImmutableArray<Component> Joined(ImmutableArray<Component> components, int tag)
    {
        Dictionary<string, int> places = new(StringComparer.Ordinal);
        var joined = ImmutableArray.CreateBuilder<Component>();
        foreach (Component component in components)
        {
            if (component.Tag != tag || (component.FramedUserId ?? component.FramedSubkey) is not { } thing)
            {
                continue;
            }

            if (places.TryGetValue(Convert.ToHexString(thing), out int place))
            {
                joined[place] = joined[place].And(component);
            }
            else
            {
                places.Add(Convert.ToHexString(thing), joined.Count);
                joined.Add(component);
            }
        }

        return joined.ToImmutable();
    }

    /// <summary>This one, with the signatures of <paramref name="same"/> behind its own.</summary>
    public Component And(Component same) => this with { Signatures = [.. Signatures, .. same.Signatures], Unreadable = [.. Unreadable, .. same.Unreadable] };

    // A name is revoked by its own certification, and a subkey of a kind to come signs nothing here.
    private bool MayRevoke(int type) => type switch
    {
        PlacedRevocation.OfPrimary => true,
        PlacedRevocation.OfSubkey => Subkey is not "",
        SelfSignatures.CertificationRevocation => Head is PublicKeyPacket,
        _ => false,
    };
}
