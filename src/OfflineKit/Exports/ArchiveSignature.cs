using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Exports;

/// <summary>Steps 9 and 10 of an update kit: the signature of the archive file, and the offline manifest with its JWS.</summary>
internal static class ArchiveSignature
{
    /// <summary>Verifies what was given beside the kit; what was not given is said to be missing.</summary>
    public static void Verify(Digest payload, ExportVerification export)
    {
        if (export.Request.DetachedFiles.Find(DetachedFiles.ArchiveSignature) is null)
        {
            export.Found.NotEvaluated("9-archive-signature", "no signature of the archive was given");
        }

        Manifest(payload, export);
    }

    // What says nothing of whether the archive is as it was signed: nobody knows the signer, or it is no signature, or none that can be asked about a digest.
    private static readonly ImmutableArray<Reason> Undecided =
        [Reasons.UnknownKey, Reasons.UnknownFormat, Reasons.ForeignForm, Reasons.MalformedSignature, Reasons.MissingAlgorithm, Reasons.DigestOnly, Reasons.DemandUnanswered];

    /// <summary>Verifies the signature of the archive file, in every layout, when one was given.</summary>
    /// <remarks>One that was only found beside the archive and says nothing of it is noted: the signatures in the export decide.</remarks>
    public static void VerifyArchive(ExportVerification export)
    {
        const string Step = "archive-signature", Name = "the archive's signature";
        if (export.Companion(DetachedFiles.ArchiveSignature) is not { } signature)
        {
            return;
        }

        if (export.Inventory.ArchiveDigest is not { } digest)
        {
            export.Found.Failed(Step, ExportReasons.SignatureMissing.Because("a signature of the archive was given and the export is a folder"));
        }
        else
        {
            Verdict verdict = export.Judge(new Signature("archive signature", signature), Artifact.FromDigest(digest));
            if (export.Request.DetachedFiles.FoundBeside.Contains(DetachedFiles.ArchiveSignature) && !verdict.IsTrusted && verdict.Findings.All(finding => Undecided.Contains(finding.Reason)))
            {
                export.Found.Noted("note.other-signer", $"the file beside the archive is passed over as its signature: {verdict.Findings[0].Detail}");
                return;
            }

            export.Include(Step, Name, verdict);

            // Who signs the archive signs the list in it, and so the version that the list states.
            foreach (StatesVersion version in verdict.IsTrusted ? export.Found.Close().Evidence.OfType<StatesVersion>().Distinct() : [])
            {
                export.Found.Proved(version, Name);
            }
        }
    }

    private static void Manifest(Digest payload, ExportVerification export)
    {
        const string Step = "10-offline-manifest";
        if (export.Companion(DetachedFiles.OfflineManifest) is not { } manifest)
        {
            export.Found.NotEvaluated(Step, "no offline-manifest.json was given");
            return;
        }

        // Our profile: the payload's digest stands somewhere in the manifest, whose layout is not published.
        if (manifest.Span.IndexOf(Utf8Text.Encode(payload.Hex)) < 0)
        {
            export.Found.Failed(Step, ExportReasons.ManifestMismatch.Because($"offline-manifest.json does not name the payload {payload}"));
        }

        if (export.Companion(DetachedFiles.OfflineManifestJws) is not { } jws)
        {
            export.Found.NotEvaluated(Step, "offline-manifest.json was given without its JWS");
            return;
        }

        Result<DetachedJws> parsed = Result.Parse(ExportReasons.JwsMalformed, () => DetachedJws.Parse(jws.Span));
        if (parsed.Value is { } signature)
        {
            signature.Verify(Step, manifest, export);
        }
        else
        {
            export.Found.Failed(Step, parsed.Finding!);
        }
    }
}
