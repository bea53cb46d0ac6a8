using System.Collections.Immutable;
using OfflineKit.Encoding;
using Org.BouncyCastle.Bcpg;
using Org.BouncyCastle.Bcpg.Sig;

namespace OfflineKit.Trust.OpenPgp;

/// <summary>What a signature says about itself in the part that it covers.</summary>
/// <remarks>Source: RFC 9580 §5.2.3. A statement that is made twice has two readings and is malformed.</remarks>
internal sealed class HashedPart
{
    private const int SignsData = 0x02;

    // Types whose meaning is judged here, or which mean nothing to a verifier of files.
    private static readonly ImmutableArray<int> Known = [2, 3, 4, 5, 6, 7, 9, 11, 12, 16, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 35, 39];

    private readonly ImmutableArray<SignatureSubpacket> _subpackets;

    /// <summary>The statements in <paramref name="subpackets"/>.</summary>
    public HashedPart(SignatureSubpacket[]? subpackets)
    {
        _subpackets = [.. subpackets ?? []];
        CreatedAt = Only<SignatureCreationTime>() is { } created ? Utc(created.GetTime()) : throw new MalformedException("an OpenPGP signature without a creation time");
        Lifetime = Seconds(Only<SignatureExpirationTime>()?.Time);
        KeyLifetime = Seconds(Only<KeyExpirationTime>()?.Time);
        MaySign = Only<KeyFlags>() is not { } flags || (flags.Flags & SignsData) != 0;
        Critical = _subpackets.FirstOrDefault(part => part.IsCritical() && !Known.Contains((int)part.SubpacketType));
    }

    /// <summary>When the signature was made, by its maker's account.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>How long the signature holds; null: without end.</summary>
    public TimeSpan? Lifetime { get; }

    /// <summary>How long the key that it is about holds, from the key's own creation; null: without end.</summary>
    public TimeSpan? KeyLifetime { get; }

    /// <summary>The key that it is about may sign data; also where nothing is said of it.</summary>
    public bool MaySign { get; }

    /// <summary>A part that must be understood and is not, or null.</summary>
    public SignatureSubpacket? Critical { get; }

    /// <summary>A revocation that says the key was not stolen, only replaced or put away: what was signed before it still counts.</summary>
    public bool IsSoftRevocation =>
        Only<RevocationReason>() is { } reason && reason.GetRevocationReason() is RevocationReasonTag.KeySuperseded or RevocationReasonTag.KeyRetired;

    /// <summary>Fingerprints of those who may revoke this key in its owner's place.</summary>
    public IEnumerable<string> Revokers => _subpackets.OfType<RevocationKey>().Select(revoker => StrictHex.Encode(revoker.GetFingerprint()));

    private T? Only<T>()
        where T : SignatureSubpacket
    {
        ImmutableArray<T> found = [.. _subpackets.OfType<T>()];
        return found.Length <= 1 ? found.FirstOrDefault() : throw new MalformedException($"an OpenPGP signature with {found.Length} parts of type {(int)found[0].SubpacketType}");
    }

    private static TimeSpan? Seconds(long? seconds) => seconds is > 0 and long known ? TimeSpan.FromSeconds(known) : null;

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));
}
