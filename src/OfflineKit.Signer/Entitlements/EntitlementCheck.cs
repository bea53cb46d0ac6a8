using OfflineKit.Signer.Configuration;
using OfflineKit.Signer.Http;
using OfflineKit.Signer.Tokens;

namespace OfflineKit.Signer.Entitlements;

/// <summary>Compares an entitlement with the request that it came with.</summary>
internal static class EntitlementCheck
{
    /// <summary>Tenant, installation and key are those of the token and the connection.</summary>
    /// <exception cref="RefusedException"><c>tenant_mismatch</c>, <c>installation_mismatch</c>, <c>poe_binding_mismatch</c>.</exception>
    public static void BelongsTo(Entitlement entitlement, OpTok token)
    {
        if (!string.Equals(entitlement.Tenant, token.Tenant, StringComparison.Ordinal))
        {
            throw Problems.TenantMismatch.Because("the proof of entitlement belongs to another tenant than the token");
        }

        if (!string.Equals(entitlement.Installation, token.Installation, StringComparison.Ordinal))
        {
            throw Problems.InstallationMismatch.Because("the proof of entitlement is bound to an installation, and the token is of another or of none");
        }

        // The token's own binding was proved by this very request: by the DPoP proof, or by the connection.
        if (!entitlement.Binding.Is(token.Binding))
        {
            throw Problems.PoeBindingMismatch.Because("the proof of entitlement is bound to another key than the one that sent the request");
        }
    }

    /// <summary>The plan allows the mode and what is signed.</summary>
    /// <exception cref="RefusedException"><c>plan_denied</c>.</exception>
    public static void Allows(Entitlement entitlement, SigningMode mode, string predicateType)
    {
        if (!entitlement.Modes.Contains(mode))
        {
            throw Problems.PlanDenied.Because($"the entitlement has no {mode.ToString().ToLowerInvariant()} signatures");
        }

        if (!entitlement.PredicateTypes.Contains("*", StringComparer.Ordinal) && !entitlement.PredicateTypes.Contains(predicateType, StringComparer.Ordinal))
        {
            throw Problems.PlanDenied.Because("the entitlement has no statements of this predicate type");
        }
    }

    /// <summary>The scanner is within the licence, by the month in its signed release record.</summary>
    /// <exception cref="RefusedException"><c>version_window_exceeded</c>.</exception>
    public static void Covers(Entitlement entitlement, CalendarVersion? version)
    {
        if (version is not { } month)
        {
            throw Problems.VersionWindowExceeded.Because("the signed release record names no month");
        }

        if (month.IsAfter(entitlement.MaxRelease))
        {
            throw Problems.VersionWindowExceeded.Because($"the scanner is of {month}, the licence covers releases until {entitlement.MaxRelease}");
        }
    }
}
