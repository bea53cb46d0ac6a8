using System.Collections.Immutable;
using System.Globalization;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Formats.Dsse;
using OfflineKit.Trust;

namespace OfflineKit.Formats.Sigstore;

/// <summary>A Sigstore bundle under verification.</summary>
/// <remarks>
/// The plan, by docs/spec/sigstore.md §13; cheap steps first, every result collected, the order changes no verdict:
/// (1) key or certificate, as the caller demands; (2) the signature; (3) the artefact; (4) what the log entries record;
/// then under each trusted root (5) timestamps; (6) log entries: checkpoint, inclusion, promise, window; (7) the certificate at every verified time;
/// (8) SCTs; (9) the identity. No clock takes part.
/// </remarks>
internal sealed class SigstoreEnvelope(SigstoreBundle bundle) : Envelope
{
    /// <inheritdoc/>
    public override string Format => FormatName;

    /// <summary>The format whose keys may sign this bundle, where another container carried it.</summary>
    internal string FormatName { get; init; } = "sigstore";

    /// <summary>The parsed bundle.</summary>
    public SigstoreBundle Bundle { get; } = bundle;

    /// <inheritdoc/>
    public override ImmutableArray<Claim> Claims =>
    [
        new("bundle version", Bundle.Version.ToString()),
        new("content", Bundle.Envelope is null ? "message signature" : "DSSE envelope"),
        .. Bundle.Leaf is { } leaf ? leaf.Extensions.SubjectAlternativeNames.Select(name => new Claim("identity", name.Text)) : [new Claim("key hint", Bundle.KeyHint)],
        .. Bundle.Leaf is { } certificate && FulcioIdentity.ClaimedIssuer(certificate) is { } issuer ? [new Claim("issuer", issuer)] : (IEnumerable<Claim>)[],
        .. Bundle.Entries.Select(entry => new Claim("log entry", string.Create(CultureInfo.InvariantCulture, $"{entry.Body.Kind} {entry.Body.Version} at index {entry.LogIndex}"))),
        .. Bundle.Envelope?.Claims ?? [],
    ];

    /// <inheritdoc/>
    public override ImmutableArray<Demand> Answers => [];

    /// <inheritdoc/>
    public override ReadingPlan Plan(VerificationContext context)
    {
        ReadingPlan forEnvelope = Bundle.Envelope?.Plan(context) ?? ReadingPlan.Nothing;
        ReadingPlan forKeys = Bundle.Envelope is null ? BundleSigner.Plan(Bundle, context.Trust) : ReadingPlan.Nothing;
        IEnumerable<DigestAlgorithm> recorded = Bundle.Envelope is null ? Bundle.Entries.Select(entry => entry.Body.Digest.Algorithm) : [];
        IEnumerable<DigestAlgorithm> claimed = Bundle.MessageDigest is { } digest ? [digest.Algorithm] : [];
        return new ReadingPlan(
            [.. forEnvelope.Digests.Concat(forKeys.Digests).Concat(recorded).Concat(claimed).Append(DigestAlgorithm.Sha256).Distinct().Order()],
            forKeys.Content);
    }

    /// <inheritdoc/>
    public override Proof Verify(Artifact artifact, VerificationContext context)
    {
        Verification verification = new();

        // 1 Who may have signed, as the caller names the signer.
        if (MaterialObjection(context) is { } finding)
        {
            verification.Failed("key-material", finding);
            return verification.Close();
        }

        // 2 The signature. 3 The artefact. 4 What was logged.
        BundleSigner? signer = VerifySignature(artifact, context, verification);
        BindArtifact(artifact, context, verification);
        if (signer is not null)
        {
            EntryComparison.Compare(Bundle, signer, artifact, verification);
        }

        // 5–9 What the roots say of it.
        if (Bundle.Leaf is not null || !context.Trust.SigstoreRoots.IsEmpty)
        {
            Proof underRoot = RootVerification.Best(Bundle, signer?.ByCertificate, context);
            verification.Include(underRoot);
            ProveKey(signer, underRoot, artifact, context, verification);
        }
        else
        {
            JudgeKeyOnly(context, verification);
            ProveKey(signer, Proof.Nothing, artifact, context, verification);
        }

        if (verification.IsClean)
        {
            Note(context, verification);
        }

        // What was proved on the way to a refusal is worth nothing: a time or identity beside a bad signature belongs to something else.
        Proof proof = verification.Close();
        return proof.Findings.IsEmpty ? proof : proof with { Evidence = [] };
    }

    private void JudgeKeyOnly(VerificationContext context, Verification verification)
    {
        if (Bundle.DemandsProof && !context.Expectations.AllowPromiseOnly && Bundle.Entries.FirstOrDefault(entry => entry.Proof is null) is { } promised)
        {
            verification.Failed("inclusion-proof", SigstoreReasons.PromiseOnly.Because($"log entry {promised.LogIndex} comes without inclusion proof"));
        }

        if (!Bundle.Entries.IsEmpty || !Bundle.Timestamps.IsEmpty)
        {
            verification.NotEvaluated("log-entry", "key only: log entries and timestamps were not judged, because no trusted root was named");
        }
    }

    // A pinned key is judged at every verified time; where there is none, at the operator's.
    private void ProveKey(BundleSigner? signer, Proof underRoot, Artifact artifact, VerificationContext context, Verification verification)
    {
        if (signer?.ByKey is { } signature)
        {
            verification.Prove(signature, new SignatureFacts(Format)
            {
                ArtifactName = artifact.IsDocumentItself ? null : artifact.Name,
                PayloadType = Bundle.Envelope?.PayloadType,
                ProvedTimes = [.. underRoot.Evidence.OfType<SignedAt>().Select(at => at.Time).Distinct()],
            }, context);
        }
    }

    private Finding? MaterialObjection(VerificationContext context)
    {
        DemandedSigner demanded = context.Expectations.DemandedSigner;
        if (Bundle.Leaf is not null)
        {
            bool keyOnly = demanded == DemandedSigner.Unnamed && context.Trust.SigstoreRoots.IsEmpty && !context.Trust.Keys.IsEmpty;
            return demanded == DemandedSigner.Key || keyOnly
                ? SigstoreReasons.KeyForCertificate.Because("the bundle carries a certificate, and a key was given")
                : context.Trust.SigstoreRoots.IsEmpty ? SigstoreReasons.NoTrustedRoot.Because("the bundle carries a certificate, and no trusted root is in force") : null;
        }

        if (demanded == DemandedSigner.Identity)
        {
            return SigstoreReasons.IdentityForKey.Because("the bundle is signed with a bare key, and an identity was demanded");
        }

        string keyId = Bundle.Envelope?.Signatures[0].KeyId ?? "";
        return keyId.Length > 0 && Bundle.KeyHint.Length > 0 && !string.Equals(keyId, Bundle.KeyHint, StringComparison.Ordinal)
            ? SigstoreReasons.HintMismatch.Because($"hint \"{Bundle.KeyHint}\", keyid \"{keyId}\"")
            : null;
    }

    private BundleSigner? VerifySignature(Artifact artifact, VerificationContext context, Verification verification)
    {
        ImmutableArray<BundleSigner> candidates = [.. BundleSigner.Candidates(Bundle, context.Trust)];
        ImmutableArray<TrustedKey> keys = [.. candidates.Select(candidate => candidate.Trusted).OfType<TrustedKey>().Distinct()];
        if (candidates.Select(candidate => candidate.Signed(Bundle, artifact, keys)).FirstOrDefault(signed => signed is not null) is not { } signer)
        {
            verification.Failed("signature", SignatureFinding(candidates, artifact));
            return null;
        }

        string by = signer.Trusted is { } trusted ? $"key \"{trusted.Name}\"" : "the certificate's key";
        verification.Passed("signature", $"{signer.Key.Scheme.Label} by {by} (sha256:{signer.Key.Material.Fingerprint})", signer.Trusted?.Root ?? "");
        if (signer.IsOldHabit)
        {
            verification.Noted("note.sha256-on-longer-curve", $"the {signer.Key.Material.Kind} key signed a SHA-256 digest, as clients before 2024 did");
        }

        return signer;
    }

    private Finding SignatureFinding(ImmutableArray<BundleSigner> candidates, Artifact artifact)
    {
        if (candidates.IsEmpty)
        {
            return Bundle.Leaf is { } leaf
                ? Reasons.UnsupportedKey.Because(leaf.Key.Finding?.Detail ?? "the certificate's key carries no scheme of Sigstore")
                : Reasons.UnknownKey.Because($"no trusted key may sign a bundle; the bundle calls its key \"{Bundle.KeyHint}\"");
        }

        bool needsContent = Bundle.Envelope is null && artifact.IsDigestOnly
            && candidates.All(candidate => candidate.Key.Scheme.Digest is not { } algorithm || artifact.Digest(algorithm) is null);
        string tried = string.Join(", ", candidates.Select(candidate => candidate.Key.Scheme.Label).Distinct(StringComparer.Ordinal));
        return needsContent
            ? Reasons.DigestOnly.Because($"only {string.Join(", ", artifact.Digests)} is known; the key needs {tried}")
            : Reasons.SignatureMismatch.Because($"the signature does not verify over the {(Bundle.Envelope is null ? "artefact" : "envelope")} (tried {tried})");
    }

    private void BindArtifact(Artifact artifact, VerificationContext context, Verification verification)
    {
        if (Bundle.Envelope is { } envelope)
        {
            BindEnvelope(envelope, artifact, context, verification);
            return;
        }

        if (Bundle.MessageDigest is { } claimed)
        {
            if (artifact.Digest(claimed.Algorithm) is not { } known)
            {
                verification.Failed("message-digest", Reasons.DigestOnly.Because($"the bundle names {claimed.Algorithm.Name()}, of the artefact only {string.Join(", ", artifact.Digests)} is known"));
            }
            else if (!known.Equals(claimed))
            {
                verification.Failed("message-digest", SigstoreReasons.DigestMismatch.Because($"the bundle says {claimed}, the artefact has {known}"));
            }
            else
            {
                verification.Passed("message-digest", $"the bundle's digest is the artefact's, {known}");
            }
        }

        verification.Proved(CoversArtifact.Prove(artifact, artifact.Digest(DigestAlgorithm.Sha256) ?? artifact.Digests.First()));
    }

    // F55: only in-toto statements; the artefact must be one of their subjects.
    private static void BindEnvelope(DsseEnvelope envelope, Artifact artifact, VerificationContext context, Verification verification)
    {
        string expected = context.Expectations.PayloadType ?? Statement.PayloadType;
        if (!string.Equals(envelope.PayloadType, Statement.PayloadType, StringComparison.Ordinal) || !string.Equals(envelope.PayloadType, expected, StringComparison.Ordinal))
        {
            verification.Failed("payload-type", DsseReasons.UnexpectedPayloadType.Because($"\"{envelope.PayloadType}\", wanted \"{Statement.PayloadType}\""));
            return;
        }

        envelope.BindArtifact(artifact, verification);
    }

    private void Note(VerificationContext context, Verification verification)
    {
        if (Bundle.OtherCertificates > 0)
        {
            verification.Noted("note.ignored-certificates", $"{Bundle.OtherCertificates} further certificates in the bundle were ignored: issuers come from the trusted root alone");
        }

        verification.Noted("note.offline-limits", OfflineLimits.InWords(Bundle, context));
    }
}
