using System.Collections.Immutable;
using OfflineKit.Host.Requests;
using OfflineKit.Reporting;

namespace OfflineKit.Host.Batches;

/// <summary>What the first line of results says of a run.</summary>
/// <param name="Question">What was asked, as a digest.</param>
/// <param name="Policies">Each policy that counted when it began, in words; null where earlier results do not say.</param>
internal sealed record RunFacts(string Question, ImmutableArray<string>? Policies)
{
    /// <summary>What was asked, in the words of whoever asked: every parameter that was given; null where earlier results do not say.</summary>
    public ImmutableArray<string>? Asked { get; init; }

    /// <summary>The part of a list that it is about, or null.</summary>
    public ShardHeader? Shard { get; init; }

    /// <summary>The facts of a run that asks <paramref name="asked"/>.</summary>
    public static RunFacts Of(string question, IEnumerable<PolicyInForce> policies, IEnumerable<GivenParameter> asked) => new(question, [.. policies.Select(policy => policy.InWords)])
    {
        Asked = [.. asked.SelectMany(given => given.InWords)],
    };
}
