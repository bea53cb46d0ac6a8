using System.Collections.Immutable;
using OfflineKit.Signer.Configuration;
using OfflineKit.Signer.Http;

namespace OfflineKit.Signer.Keys;

/// <summary>Chooses the profile of a request: what is named exactly beats <c>*</c>, tenant before plan before predicate type. Nothing fits is a refusal, never a default.</summary>
internal static class ProfileChoice
{
    /// <summary>The profile of <paramref name="tenant"/>, <paramref name="plan"/> and <paramref name="predicateType"/>.</summary>
    /// <exception cref="RefusedException"><c>plan_denied</c>: there is none. <c>predicate_unsupported</c>: it does not sign that.</exception>
    public static ProfileConfiguration Of(ImmutableArray<ProfileConfiguration> profiles, string tenant, string plan, string predicateType)
    {
        // Orders are stable: the last one counts first.
        ProfileConfiguration[] fitting =
        [
            .. profiles
                .Where(profile => Fits(profile.Tenant, tenant) && Fits(profile.Plan, plan) && Fits(profile.PredicateType, predicateType))
                .OrderBy(profile => profile.PredicateType == "*").OrderBy(profile => profile.Plan == "*").OrderBy(profile => profile.Tenant == "*"),
        ];
        if (fitting.Length == 0)
        {
            bool knowsPlan = profiles.Any(profile => Fits(profile.Tenant, tenant) && Fits(profile.Plan, plan));
            throw knowsPlan ? Unsupported() : Problems.PlanDenied.Because("no profile signs for this tenant and plan");
        }

        return fitting[0].Allowed.Contains(predicateType, StringComparer.Ordinal) ? fitting[0] : throw Unsupported();
    }

    private static bool Fits(string pattern, string value) => pattern == "*" || string.Equals(pattern, value, StringComparison.Ordinal);

    private static RefusedException Unsupported() => Problems.PredicateUnsupported.Because("no profile of this tenant and plan signs this predicate type");
}
