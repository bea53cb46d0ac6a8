using System.Collections.Immutable;
using OfflineKit.Formats.Dsse;
using OfflineKit.Policy;

namespace OfflineKit.Exports;

/// <summary>The predicate types by which a sender says "this is what I made": only such a statement signs an export.</summary>
/// <remarks>
/// A test result, a scan, a verification summary or a revocation speaks of the same file and may say the contrary, and so may a type that nobody here knows.
/// Source: docs/spec/exports.md §2a.
/// </remarks>
internal static class StatementTypes
{
    /// <summary>SLSA provenance: how the thing was built.</summary>
    public static readonly ImmutableArray<string> Provenance = ["https://slsa.dev/provenance/v1", "https://slsa.dev/provenance/v0.2", "https://slsa.dev/provenance/v0.1"];

    /// <summary>Provenance and release: for a layout whose own type is not published.</summary>
    public static readonly ImmutableArray<string> Shipment =
        [.. Provenance, "https://in-toto.io/attestation/release/v0.1", "https://schemas.stella-ops.org/attestations/build-provenance@1", "https://schemas.stella-ops.org/attestations/export@1"];

    /// <summary>What may stand beside a list or an archive: provenance, release, and a signature in the form of a statement.</summary>
    public static readonly ImmutableArray<string> Signature = [.. Shipment, "https://sigstore.dev/cosign/sign/v1"];

    /// <summary>StellaOps' evidence bundles.</summary>
    public static readonly ImmutableArray<string> Evidence =
        ["stellaops.evidence.bundle.v1", "stellaops.evidence.integrity.v1", "https://schemas.stella-ops.org/attestations/evidence@1", "https://schemas.stella-ops.org/attestations/custom-evidence@1"];

    /// <summary><paramref name="verdict"/> on a signature over a list or an archive; refused where it is a statement of another type that whoever asks did not name.</summary>
    public static Verdict Judge(Verdict verdict, ExportRequest request)
    {
        HashSet<string> wanted = new(Signature, StringComparer.Ordinal);
        wanted.UnionWith(request.StatementTypes);
        foreach (States states in verdict.Proof.Evidence.OfType<States>())
        {
            if (states.PayloadType == Statement.PayloadType && !wanted.Contains(states.PredicateType))
            {
                return verdict.But(ExportReasons.WrongPredicate.Because($"\"{states.PredicateType}\", wanted {string.Join(" or ", Signature.Select(type => $"\"{type}\""))}"));
            }
        }

        return verdict;
    }
}
