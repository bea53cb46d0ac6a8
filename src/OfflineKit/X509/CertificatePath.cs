using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.X509;

/// <summary>Path validation with everything that it depends on as an argument: anchors, time, purpose, budget.</summary>
/// <remarks>
/// Source: RFC 5280 §6.1 without policies (critical policy constraints are refused) and without revocation; docs/spec/x509.md.
/// No certificate is fetched, no machine store is read, and there is no clock.
/// </remarks>
internal static class CertificatePath
{
    /// <summary>A path from <paramref name="leaf"/> to one of <paramref name="anchors"/>, or the objection that says most.</summary>
    /// <param name="leaf">The end-entity certificate; its issuer must stand in the trust root.</param>
    /// <param name="intermediates">Certificates that may stand between; none of them is trusted.</param>
    /// <param name="anchors">Trusted certificates, roots or intermediates; their validity and extensions are checked like any other's.</param>
    /// <param name="time">The verified time at which all certificates must be valid.</param>
    /// <param name="purpose">What the leaf must be made for.</param>
    /// <param name="budget">The work that is left for this verdict.</param>
    public static Result<VerifiedPath> Validate(
        Certificate leaf,
        ImmutableArray<Certificate> intermediates,
        ImmutableArray<Certificate> anchors,
        DateTimeOffset time,
        CertificatePurpose purpose,
        PathBudget budget) =>
        new VerifiedPath.Search(intermediates, anchors, time, purpose, budget).From(leaf);

    /// <summary>A path from <paramref name="leaf"/> to the end of <paramref name="chain"/>.</summary>
    /// <param name="leaf">The end-entity certificate; it may stand in the chain itself.</param>
    /// <param name="chain">Leaf-most first, the last is the anchor.</param>
    /// <param name="linked">Those of the chain whose signature by the next was verified before: names, validity and extensions are checked like any other's, the signature is not verified again.
    /// Source: docs/decisions/0058-trusted-chains.md.</param>
    /// <param name="time">The verified time at which all certificates must be valid.</param>
    /// <param name="purpose">What the leaf must be made for.</param>
    /// <param name="budget">The work that is left for this verdict.</param>
    public static Result<VerifiedPath> Under(
        ImmutableArray<Certificate> chain,
        ImmutableArray<Certificate> linked,
        Certificate leaf,
        DateTimeOffset time,
        CertificatePurpose purpose,
        PathBudget budget) =>
        new VerifiedPath.Search(chain[..^1], [chain[^1]], time, purpose, budget) { Linked = linked }.From(leaf);
}
