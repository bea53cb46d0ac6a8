using System.Collections.Immutable;
using OfflineKit.Crypto;

namespace OfflineKit.Trust.OpenPgp;

/// <summary>What a primary key signed in the course of time about one and the same: itself, one of its names, or a subkey. The newest word counts.</summary>
/// <param name="About">What they are about, the same in every copy of the certificate: the digest of what is signed besides the signature itself.</param>
/// <param name="Verified">Its verified signatures.</param>
internal sealed record SelfSignatureSeries(string About, ImmutableArray<SelfSignature> Verified)
{
    /// <summary>Verified signatures that take back what was said before them.</summary>
    public ImmutableArray<OpenPgpSignature> Withdrawals { get; init; } = [];

    /// <summary>Signatures of the same types that may be by the primary key, and that nobody can verify here.</summary>
    public ImmutableArray<UnverifiableSignature> Doubts { get; init; } = [];

    /// <summary>The newest word at <paramref name="time"/>; several of the same second; none where it is taken back. What was made later is not said yet.</summary>
    /// <param name="time">The stated time; null when nobody states one: then all is said.</param>
    public ImmutableArray<SelfSignature> NewestAt(DateTimeOffset? time) => Withdrawals.Any(withdrawal => withdrawal.Says.CreatedAt == LastAt(time)) ? []
        : [.. Verified.Where(word => word.Says.CreatedAt == LastAt(time))];

    /// <summary>When the primary key last signed something of this that can be verified, seen from <paramref name="time"/>; null: never.</summary>
    public DateTimeOffset? LastAt(DateTimeOffset? time) =>
        Verified.Select(word => word.Signature).Concat(Withdrawals).Select(signature => (DateTimeOffset?)signature.Says.CreatedAt).Where(made => !(time < made)).Max();

    /// <summary>A word that is not older than the newest one at <paramref name="time"/> cannot be verified: it may have changed everything.</summary>
    /// <param name="time">The stated time, as above.</param>
    /// <param name="otherwise">The time of the newest word on anything else, for where none on this can be verified.</param>
    public bool IsInDoubtAt(DateTimeOffset? time, DateTimeOffset? otherwise) => Doubts.Any(doubt => !(time < doubt.MadeAt) && !(doubt.MadeAt < (LastAt(time) ?? otherwise)));

    /// <summary><paramref name="series"/> of several copies of a certificate, those about the same as one.</summary>
    public static ImmutableArray<SelfSignatureSeries> Joined(IEnumerable<SelfSignatureSeries> series) =>
        [.. series.GroupBy(one => one.About, StringComparer.Ordinal).Select(same => same.Aggregate(static (one, other) => one.And(other)))];

    private SelfSignatureSeries And(SelfSignatureSeries other) => this with
    {
        Verified = [.. Verified, .. other.Verified],
        Withdrawals = [.. Withdrawals, .. other.Withdrawals],
        Doubts = [.. Doubts, .. other.Doubts],
    };

    /// <summary>Those in <paramref name="component"/> that <paramref name="primary"/> made over <paramref name="signed"/>: of <paramref name="types"/>, and of the type that <paramref name="withdraws"/> them.</summary>
    public static SelfSignatureSeries Of(OpenPgpKey primary, Component component, ImmutableArray<int> types, int? withdraws, params byte[][] signed)
    {
        bool IsAbout(int type) => types.Contains(type) || type == withdraws;
        ImmutableArray<OpenPgpSignature> all = [.. component.Signatures.Where(signature => IsAbout(signature.Type) && signature.MayBeBy(primary))];
        ImmutableArray<OpenPgpSignature> verified = [.. all.Where(signature => signature.IsBy(primary, signed))];
        IEnumerable<UnverifiableSignature> unreadable = component.Unreadable.Where(signature => IsAbout(signature.Type) && signature.MayBeBy(primary));
        return new SelfSignatureSeries(Digest.Sha256(signed.SelectMany(part => part).ToArray()).Hex, [.. verified.Where(signature => signature.Type != withdraws).Select(signature => new SelfSignature(signature))])
        {
            Withdrawals = [.. verified.Where(signature => signature.Type == withdraws)],
            Doubts = [.. all.Where(signature => signature.Digest is null).Select(UnverifiableSignature.Of), .. unreadable],
        };
    }
}
