using System.Collections.Immutable;
using OfflineKit.Crypto;

namespace OfflineKit;

/// <summary>What one streaming pass over an artefact must compute.</summary>
/// <param name="Digests">The digests wanted.</param>
/// <param name="Content">The bytes themselves are wanted, up to <see cref="Limits.WholeMessage"/>.</param>
internal sealed record ReadingPlan(ImmutableArray<DigestAlgorithm> Digests, bool Content)
{
    /// <summary>Hashes in which something stands before or after the content.</summary>
    public ImmutableArray<FramedHash> Framed { get; init; } = [];

    /// <summary>Nothing is read.</summary>
    public static ReadingPlan Nothing { get; } = new([], Content: false);

    /// <summary>The whole content, for schemes that cannot hash ahead.</summary>
    public static ReadingPlan Whole { get; } = new([DigestAlgorithm.Sha256], Content: true);

    /// <summary>One pass for all of <paramref name="plans"/>.</summary>
    public static ReadingPlan Together(ImmutableArray<ReadingPlan> plans) => new([.. plans.SelectMany(plan => plan.Digests).Distinct().Order()], plans.Any(plan => plan.Content))
    {
        Framed = [.. plans.SelectMany(plan => plan.Framed).Distinct()],
    };

    /// <summary>These digests.</summary>
    public static ReadingPlan Of(params ImmutableArray<DigestAlgorithm> digests) => new(digests, Content: false);
}
