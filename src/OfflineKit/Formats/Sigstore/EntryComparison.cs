using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.Sigstore;

/// <summary>Compares what log entries record with what the bundle carries: signature, signer and digest.</summary>
/// <remarks>Needs no trusted root, so it is made for bare keys too. Source: docs/spec/sigstore.md F44–F50.</remarks>
internal static class EntryComparison
{
    /// <summary>Reports one check for each entry of <paramref name="bundle"/>.</summary>
    public static void Compare(SigstoreBundle bundle, BundleSigner signer, Artifact artifact, Verification verification)
    {
        foreach (LogEntry entry in bundle.Entries)
        {
            LogEntryBody body = entry.Body;
            string what = $"{body.Kind} {body.Version} entry {entry.LogIndex}";
            Finding? finding = SignatureObjection(bundle, body) ?? VerifierObjection(bundle, signer, body) ?? DigestObjection(bundle, signer, artifact, body);
            if (finding is not null)
            {
                verification.Failed("log-body", finding.Reason.Because($"{what}: {finding.Detail}"));
            }
            else
            {
                verification.Passed("log-body", $"the {what} records this signature, signer and digest");
            }
        }
    }

    private static Finding? SignatureObjection(SigstoreBundle bundle, LogEntryBody body)
    {
        if (body.EnvelopeDigest is { } recorded)
        {
            return EnvelopeObjection(bundle, recorded);
        }

        return body.Signature.Span.SequenceEqual(bundle.Signature.Span) ? null : SigstoreReasons.EntryMismatch.Because("it records another signature");
    }

    // A bundle takes the envelope apart: the file that the log saw is one of those that clients write of it, and its hash says whether it is.
    private static Finding? EnvelopeObjection(SigstoreBundle bundle, Digest recorded)
    {
        if (bundle.Envelope is not { } envelope)
        {
            return SigstoreReasons.EntryMismatch.Because($"it records an envelope as a file, {recorded}, and there is none here to compare");
        }

        ImmutableArray<ReadOnlyMemory<byte>> files = envelope.File.IsEmpty ? EnvelopeSpellings.Of(envelope) : [envelope.File];
        return files.Any(file => Digest.Of(recorded.Algorithm, file.Span).Equals(recorded))
            ? null
            : SigstoreReasons.EntryMismatch.Because($"it records the envelope {recorded}, this one is {string.Join(" or ", files.Take(1).Select(file => Digest.Of(recorded.Algorithm, file.Span)))}");
    }

    private static Finding? VerifierObjection(SigstoreBundle bundle, BundleSigner signer, LogEntryBody body)
    {
        if (bundle.Leaf is { } leaf)
        {
            return body.VerifierKind == VerifierKind.Certificate && body.Verifier.Span.SequenceEqual(leaf.Der.Span)
                ? null
                : SigstoreReasons.EntryMismatch.Because("it records another certificate");
        }

        Result<KeyMaterial> recorded = Result.Parse(SigstoreReasons.EntryMismatch, () => body.VerifierKind == VerifierKind.PublicKey
            ? SubjectPublicKeyInfo.Parse(body.Verifier.Span)
            : throw new MalformedException("it records a certificate, the bundle has a bare key"));
        return recorded.Value is { } key && key.Equals(signer.Key.Material)
            ? null
            : SigstoreReasons.EntryMismatch.Because(recorded.Finding?.Detail ?? $"it records the key {recorded.Value!.Fingerprint}");
    }

    private static Finding? DigestObjection(SigstoreBundle bundle, BundleSigner signer, Artifact artifact, LogEntryBody body)
    {
        if (bundle.Envelope is null)
        {
            return body.IsEnvelope ? SigstoreReasons.EntryMismatch.Because("it records an envelope, the bundle has a message signature") : MessageObjection(signer, artifact, body);
        }

        if (!body.IsEnvelope && !body.IsRekorV2)
        {
            return SigstoreReasons.EntryMismatch.Because("it records a message signature, the bundle has an envelope");
        }

        // Rekor v2 records the digest that was signed: the one of the pre-authentication encoding.
        ReadOnlySpan<byte> recorded = body.IsRekorV2 ? bundle.Envelope.SignedBytes : bundle.Envelope.Payload.Span;
        Digest wanted = Digest.Of(body.Digest.Algorithm, recorded);
        return HashObjection(signer, body) ?? (wanted.Equals(body.Digest) ? null : SigstoreReasons.EntryMismatch.Because($"it records {body.Digest}, wanted {wanted}"));
    }

    private static Finding? MessageObjection(BundleSigner signer, Artifact artifact, LogEntryBody body)
    {
        if (artifact.Digest(body.Digest.Algorithm) is not { } known)
        {
            return Reasons.DigestOnly.Because($"it records {body.Digest.Algorithm.Name()}, of the artefact only {string.Join(", ", artifact.Digests)} is known");
        }

        return HashObjection(signer, body) ?? (known.Equals(body.Digest) ? null : SigstoreReasons.EntryMismatch.Because($"it records {body.Digest}, the artefact has {known}"));
    }

    // F46: Rekor v2 records the very digest that was signed, so its hash is the scheme's.
    private static Finding? HashObjection(BundleSigner signer, LogEntryBody body) =>
        body.IsRekorV2 && signer.Key.Scheme.Digest != body.Digest.Algorithm
            ? SigstoreReasons.EntryMismatch.Because($"it records a {body.Digest.Algorithm.Name()} digest, the signature is {signer.Key.Scheme.Label}")
            : null;
}
