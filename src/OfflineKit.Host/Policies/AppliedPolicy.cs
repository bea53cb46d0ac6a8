using OfflineKit.Policy;
using OfflineKit.Reporting;

namespace OfflineKit.Host.Policies;

/// <summary>A policy whose demands count, and what a report says of it.</summary>
/// <param name="Demands">What it demands.</param>
/// <param name="InForce">Its name, its digest, and where it came from.</param>
internal sealed record AppliedPolicy(PolicyFile Demands, PolicyInForce InForce)
{
    /// <summary>The policy in <paramref name="content"/>, which lies at <paramref name="source"/>.</summary>
    /// <exception cref="Encoding.MalformedException">It is none.</exception>
    public static AppliedPolicy Parse(ReadOnlyMemory<byte> content, string source, PolicyReach reach)
    {
        PolicyFile demands = PolicyText.Parse(content.ToArray());
        return new AppliedPolicy(demands, new PolicyInForce(demands.Name, Crypto.Digest.Sha256(content.Span).ToString(), source, reach));
    }
}
