using System.Collections.Immutable;

namespace OfflineKit.Formats.Npm;

/// <summary>Reasons that only npm attestations give.</summary>
internal static class NpmReasons
{
    public static readonly Reason PredicateMismatch = new(
        "npm.predicate-mismatch",
        "the response calls the attestation something else than what was signed",
        "fetch the attestations again from the registry");

    public static readonly Reason Signer = new(
        "npm.signer",
        "an attestation of this type must be signed in another way",
        "fetch the attestations again; provenance is signed with a certificate, publication with the registry's key");

    public static readonly Reason Package = new(
        "npm.package",
        "the signed statement does not name exactly one npm package with its SHA-512, or names two different ones",
        "fetch the attestations of exactly this package version");

    /// <summary>Every reason of this class.</summary>
    public static ImmutableArray<Reason> All { get; } = [PredicateMismatch, Signer, Package];
}
