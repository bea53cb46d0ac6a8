using System.Buffers.Binary;
using System.Collections.Immutable;
using OfflineKit.Encoding;
using Org.BouncyCastle.Bcpg;

namespace OfflineKit.Trust.OpenPgp;

/// <summary>What a signature says about itself in the part that it covers.</summary>
/// <remarks>Source: RFC 9580 §5.2.3. A statement that is made twice has two readings and is malformed.</remarks>
internal sealed class HashedPart
{
    private const int SignsData = 0x02, Superseded = 1, Retired = 3;

    // Types whose meaning is judged here, or which mean nothing to a verifier of files.
    private static readonly ImmutableArray<int> Known = [2, 3, 4, 5, 6, 7, 9, 11, 12, 16, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 35, 39];

    private readonly ImmutableArray<SignatureSubpacket> _subpackets;

    /// <summary>The statements in <paramref name="subpackets"/>.</summary>
    public HashedPart(ImmutableArray<SignatureSubpacket> subpackets)
    {
        _subpackets = subpackets;
        CreatedAt = Number(SignatureSubpacketTag.CreationTime) is { } created ? DateTimeOffset.FromUnixTimeSeconds(created) : throw new MalformedException("an OpenPGP signature without a creation time");
        Lifetime = Seconds(Number(SignatureSubpacketTag.ExpireTime));
        KeyLifetime = Seconds(Number(SignatureSubpacketTag.KeyExpireTime));
        MaySign = Only(SignatureSubpacketTag.KeyFlags) is { } flags ? flags.Length > 0 && (flags[0] & SignsData) != 0 : null;
        IsSoftRevocation = Only(SignatureSubpacketTag.RevocationReason) is [Superseded or Retired, ..];
        Critical = _subpackets.FirstOrDefault(part => part.IsCritical() && !Known.Contains((int)part.SubpacketType));
    }

    /// <summary>When the signature was made, by its maker's account.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>How long the signature holds; null: without end.</summary>
    public TimeSpan? Lifetime { get; }

    /// <summary>The signature itself has been made and has not ended at <paramref name="time"/>; where nobody states a time, what ends has ended.</summary>
    public bool IsAliveAt(DateTimeOffset? time) => !(time < CreatedAt) && (Lifetime is not { } life || time < CreatedAt + life);

    /// <summary>The earliest time at which, by this word, it ends itself or <paramref name="key"/>, which it is about, does; null: never.</summary>
    public DateTimeOffset? EndOf(OpenPgpKey key)
    {
        DateTimeOffset? own = CreatedAt + Lifetime, stated = key.CreatedAt + KeyLifetime;
        return own < stated || stated is null ? own : stated;
    }

    /// <summary>How long the key that it is about holds, from the key's own creation; null: without end.</summary>
    public TimeSpan? KeyLifetime { get; }

    /// <summary>The key that it is about may sign data; null: nothing is said of it.</summary>
    public bool? MaySign { get; }

    /// <summary>A part that must be understood and is not, or null.</summary>
    public SignatureSubpacket? Critical { get; }

    /// <summary>A revocation that says the key was not stolen, only replaced or put away: what was signed before it still counts.</summary>
    public bool IsSoftRevocation { get; }

    /// <summary>Fingerprints of those who may revoke this key in its owner's place.</summary>
    public IEnumerable<string> Revokers => _subpackets.Where(part => part.SubpacketType == SignatureSubpacketTag.RevocationKey && part.GetData().Length > 2).Select(part => StrictHex.Encode(part.GetData().AsSpan(2)));

    private uint? Number(SignatureSubpacketTag type) => Only(type) switch
    {
        null => null,
        { Length: sizeof(uint) } number => BinaryPrimitives.ReadUInt32BigEndian(number),
        { } other => throw new MalformedException($"an OpenPGP signature with a part of type {(int)type} of {other.Length} bytes, wanted {sizeof(uint)}"),
    };

    private byte[]? Only(SignatureSubpacketTag type)
    {
        ImmutableArray<SignatureSubpacket> found = [.. _subpackets.Where(part => part.SubpacketType == type)];
        return found.Length <= 1 ? found.FirstOrDefault()?.GetData() : throw new MalformedException($"an OpenPGP signature with {found.Length} parts of type {(int)type}");
    }

    private static TimeSpan? Seconds(uint? seconds) => seconds is > 0 and uint known ? TimeSpan.FromSeconds(known) : null;
}
