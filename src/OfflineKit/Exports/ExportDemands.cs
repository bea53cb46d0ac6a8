using OfflineKit.Policy;

namespace OfflineKit.Exports;

/// <summary>The demands that are made on an export and not on a signature in it: only some layouts can answer them.</summary>
/// <remarks>A test holds this against the members of <see cref="ExportRequest"/>. Source: docs/spec/demands.md.</remarks>
internal static class ExportDemands
{
    /// <summary>The first demand in <paramref name="request"/> that <paramref name="layout"/> does not answer, or null.</summary>
    public static Finding? Unanswered(ExportRequest request, ExportLayout layout)
    {
        foreach ((Demand demand, bool isMade) in (ReadOnlySpan<(Demand, bool)>)
        [
            (Demand.Secret, request.Secret is not null),
            (Demand.List, request.List is not null),
            (Demand.LogKey, request.DemandsLog),
            (Demand.Authority, request.Context.Trust.DemandsAuthority),
        ])
        {
            if (isMade && !layout.Answers.Contains(demand))
            {
                return Demands.Refusal(demand, $"the layout {layout.Name}");
            }
        }

        return null;
    }

    /// <summary>What is demanded of those who signed <paramref name="export"/>, besides what the caller says of signers.</summary>
    /// <param name="request">What was asked, as it was before the layout took authorities for answered.</param>
    /// <param name="export">The export after its layout.</param>
    public static IEnumerable<Requirement> OnSigners(ExportRequest request, ExportVerification export)
    {
        yield return new MayVouchForListed([.. export.Vouched.Order(StringComparer.Ordinal)]);
        if (request.Context.Trust.DemandsAuthority)
        {
            yield return new SignedUnderAuthority();
        }
    }
}
