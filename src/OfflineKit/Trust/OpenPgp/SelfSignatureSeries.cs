using System.Collections.Immutable;
using OfflineKit.Crypto;

namespace OfflineKit.Trust.OpenPgp;

/// <summary>What a primary key signed in the course of time about one and the same: itself, one of its names, or a subkey. The newest word counts.</summary>
/// <param name="About">What they are about, the same in every copy of the certificate: the digest of what is signed besides the signature itself.</param>
/// <param name="Verified">Its verified signatures.</param>
internal sealed record SelfSignatureSeries(string About, ImmutableArray<OpenPgpSignature> Verified)
{
    /// <summary>Verified signatures that take back what was said before them.</summary>
    public ImmutableArray<OpenPgpSignature> Withdrawals { get; init; } = [];

    /// <summary>Signatures of the same types that may be by the primary key and do not count: their hash is not accepted, or they take back what cannot be taken back alone.</summary>
    public ImmutableArray<OpenPgpSignature> Unaccepted { get; init; } = [];

    /// <summary>Signatures of the same types that may be by the primary key and cannot be read.</summary>
    public ImmutableArray<FramedPacket> Unreadable { get; init; } = [];

    /// <summary>The newest word at <paramref name="time"/>; several of the same second; none where it is taken back. What was made later is not said yet.</summary>
    /// <param name="time">The stated time; null when nobody states one: then all is said.</param>
    public ImmutableArray<OpenPgpSignature> NewestAt(DateTimeOffset? time) => Withdrawals.Any(withdrawal => withdrawal.Says.CreatedAt == LastAt(time)) ? []
        : [.. Verified.Where(word => word.Says.CreatedAt == LastAt(time))];

    /// <summary>When the primary key last signed something of this that can be verified, seen from <paramref name="time"/>; null: never.</summary>
    // Sequences of times would bring types of their own into every start of the program.
    public DateTimeOffset? LastAt(DateTimeOffset? time)
    {
        DateTimeOffset? last = null;
        foreach (OpenPgpSignature signature in Verified.AddRange(Withdrawals))
        {
            DateTimeOffset made = signature.Says.CreatedAt;
            last = time < made || made < last ? last : made;
        }

        return last;
    }

    /// <summary>A word that is not older than the newest one at <paramref name="time"/> cannot be verified: it may have changed everything.</summary>
    /// <param name="time">The stated time, as above.</param>
    /// <param name="otherwise">The time of the newest word on anything else, for where none on this can be verified.</param>
    public bool IsInDoubtAt(DateTimeOffset? time, DateTimeOffset? otherwise)
    {
        DateTimeOffset? last = LastAt(time) ?? otherwise;
        bool isInDoubt = Unaccepted.Any(signature => IsNewest(signature.Says.CreatedAt, last, time));
        foreach (FramedPacket frame in Unreadable)
        {
            isInDoubt |= UnverifiableSignature.Of(frame.Body) is { } unreadable && IsNewest(unreadable.MadeAt, last, time);
        }

        return isInDoubt;
    }

    // What does not say when it was made may be the newest.
    private static bool IsNewest(DateTimeOffset? made, DateTimeOffset? last, DateTimeOffset? time) => !(time < made) && !(made < last);

    /// <summary>Those of two copies of a certificate, about the same as one.</summary>
    public static ImmutableArray<SelfSignatureSeries> Joined(ImmutableArray<SelfSignatureSeries> one, ImmutableArray<SelfSignatureSeries> other)
    {
        ImmutableArray<SelfSignatureSeries> joined = one;
        foreach (SelfSignatureSeries series in other)
        {
            int same = joined.Length - 1;
            while (same >= 0 && joined[same].About != series.About)
            {
                same--;
            }

            joined = same < 0 ? joined.Add(series) : joined.SetItem(same, joined[same].And(series));
        }

        return joined;
    }

    private static string AboutOf(byte[][] signed)
    {
        byte[] whole = [];
        foreach (byte[] part in signed)
        {
            whole = [.. whole, .. part];
        }

        return Digest.Sha256(whole).Hex;
    }

    private SelfSignatureSeries And(SelfSignatureSeries other) => this with
    {
        Verified = [.. Verified, .. other.Verified],
        Withdrawals = [.. Withdrawals, .. other.Withdrawals],
        Unaccepted = [.. Unaccepted, .. other.Unaccepted],
        Unreadable = Unreadable.AddRange(other.Unreadable),
    };

    /// <summary>Those in <paramref name="component"/> that <paramref name="primary"/> made over <paramref name="signed"/>: of <paramref name="types"/>, and of the type that <paramref name="withdraws"/> them.</summary>
    public static SelfSignatureSeries Of(OpenPgpKey primary, Component component, ImmutableArray<int> types, int? withdraws, params byte[][] signed)
    {
        bool IsAbout(int type) => types.Contains(type) || type == withdraws;
        ImmutableArray<OpenPgpSignature> all = [.. component.Signatures.Where(signature => IsAbout(signature.Type) && signature.MayBeBy(primary))];
        ImmutableArray<OpenPgpSignature> verified = [.. all.Where(signature => signature.IsBy(primary, signed))];
        var unreadable = ImmutableArray.CreateBuilder<FramedPacket>();
        foreach (FramedPacket frame in component.Unreadable)
        {
            if (UnverifiableSignature.Of(frame.Body) is { } signature && IsAbout(signature.Type) && signature.MayBeBy(primary))
            {
                unreadable.Add(frame);
            }
        }

        return new SelfSignatureSeries(AboutOf(signed), [.. verified.Where(signature => signature.Type != withdraws)])
        {
            Withdrawals = [.. verified.Where(signature => signature.Type == withdraws)],
            Unaccepted = [.. all.Where(signature => signature.Digest is null)],
            Unreadable = unreadable.ToImmutable(),
        };
    }
}
