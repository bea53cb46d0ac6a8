using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Trust;

namespace OfflineKit.Formats.KmsDetached;

/// <summary>A key service's signature over a file: the value, and what its container says around it.</summary>
/// <remarks>Source: docs/spec/kms-detached.md. The key services sign the digest of the file once; whether they or their caller hashed it leaves no trace.</remarks>
internal sealed class KmsDetachedEnvelope : Envelope
{
    private readonly KmsSignature _signature;

    internal KmsDetachedEnvelope(KmsSignature signature) => _signature = signature;

    /// <inheritdoc/>
    public override string Format => "kms-detached";

    /// <inheritdoc/>
    public override ImmutableArray<Claim> Claims =>
    [
        new("container", _signature.Container),
        new("algorithm", _signature.Label?.Text ?? "not stated"),
        .. _signature.KeyHint is { } hint ? [new Claim("key", hint)] : ImmutableArray<Claim>.Empty,
    ];

    /// <inheritdoc/>
    public override bool IsUnmistakable => !_signature.IsBare;

    /// <inheritdoc/>
    public override ImmutableArray<Demand> Answers => _signature.IsBare
        ? [Demand.Algorithm, Demand.SignatureEncoding, Demand.DigestInput, Demand.SignatureText]
        : [Demand.Algorithm, Demand.SignatureEncoding, Demand.DigestInput];

    /// <inheritdoc/>
    public override ReadingPlan Plan(VerificationContext context)
    {
        if (context.Expectations.ArtifactIsDigest)
        {
            return new ReadingPlan([], Content: true);
        }

        ImmutableArray<PublicKey> candidates = [.. Candidates(context.Trust).Select(candidate => candidate.Key)];
        ImmutableArray<DigestAlgorithm> digests = [.. candidates.SelectMany(MismatchDiagnosis.DigestsFor).Distinct()];
        return new ReadingPlan(digests, Content: candidates.Any(key => key.Scheme.Digest is null));
    }

    /// <inheritdoc/>
    public override Proof Verify(Artifact artifact, VerificationContext context)
    {
        // Steps 1 to 5 are done: the files were read, the container and its label parsed, the keys imported and found strong.
        // 6 Which keys does the label fit?
        ImmutableArray<Candidate> candidates = Candidates(context.Trust);
        if (candidates.IsEmpty)
        {
            return Proof.Refused(NoCandidate(context.Trust));
        }

        // 7 The value, in the form of each key. 8 Does it verify?
        ImmutableArray<TrustedKey> entries = [.. candidates.Select(candidate => candidate.Trusted)];
        Finding? closest = null;
        foreach (Candidate candidate in candidates)
        {
            Result<byte[]> value = ValueDecoder.Decode(_signature, candidate.Key);
            Subject subject = Subject.Of(artifact, candidate.Key, context.Expectations);
            Finding? finding = EncodingFinding(candidate.Key, context.Expectations) ?? value.Finding ?? subject.Finding;
            if (finding is null && KeySignature.By(candidate.Trusted, entries, candidate.Key.Scheme, subject.Input, value.Value!) is { } signature)
            {
                return Conclude(signature, subject, artifact, context);
            }

            finding ??= MismatchDiagnosis.In(subject, candidate, value.Value!, artifact);
            closest = closest is null || closest.Reason == Reasons.MalformedSignature ? finding : closest;
        }

        Verification verification = new();
        verification.Failed("signature", closest!);
        return verification.Close();
    }

    // Only ECDSA signatures are written in two ways.
    private static Finding? EncodingFinding(PublicKey key, Expectations expectations) =>
        expectations.EcdsaEncoding is { } encoding && key.Material.Curve is null
            ? Reasons.AlgorithmMismatch.Because($"an ECDSA signature in {encoding} was demanded, and the key is {key.Material.Kind}")
            : null;

    // 9 The key's standing.
    private Proof Conclude(KeySignature signature, Subject subject, Artifact artifact, VerificationContext context)
    {
        TrustedKey trusted = signature.Key;
        Verification verification = new();
        verification.Passed("signature", $"{signature.Scheme.Label} by key \"{trusted.Name}\" ({trusted.Material.Kind})", trusted.Root);
        if (!verification.Prove(signature, new SignatureFacts(Format) { ArtifactName = artifact.Name }, context))
        {
            return verification.Close();
        }

        Digest digest = subject.Digest!;
        verification.Proved(context.Expectations.ArtifactIsDigest ? CoversArtifact.ProveDigestIn(artifact, digest) : CoversArtifact.Prove(artifact, digest));
        if (context.Expectations.ArtifactIsDigest)
        {
            verification.Noted("note.digest-input", "the file that was given holds the digest; the content behind it was not seen");
        }

        if (signature.Scheme.HasLargestSalt)
        {
            verification.Noted("note.pss-salt", $"the salt has {LargestSaltPss.SaltSize(trusted.Material, signature.Scheme.Digest!.Value)} bytes, the most that the key has room for, as was asked; other programs may know only one as long as the hash");
        }
        else if (!SignatureScheme.All.Contains(signature.Scheme))
        {
            verification.Noted("note.other-hash", $"the {trusted.Material.Kind} key signed a {signature.Scheme.Digest!.Value.Name()} digest, as the label says; the curve's own hash is another");
        }

        if (_signature.KeyHint is { } hint && !trusted.Hints.IsEmpty && !trusted.IsCalled(hint))
        {
            verification.Noted("note.key-hint", $"the signature claims key {hint}; the key that verified it is called {string.Join(", ", trusted.Hints)}");
        }

        return verification.Close();
    }

    private ImmutableArray<Candidate> Candidates(TrustStore trust)
    {
        var candidates = ImmutableArray.CreateBuilder<Candidate>();
        foreach (TrustedKey key in trust.Keys.OrderBy(key => _signature.KeyHint is { } hint && key.IsCalled(hint) ? 0 : 1))
        {
            bool fits = _signature.Label?.Fits(key.Material) != false;
            SignatureScheme? scheme = fits ? _signature.Label?.Scheme ?? OnlySchemeOf(key) : null;
            if (scheme is not null && key.Under(scheme) is { } bound)
            {
                candidates.Add(new Candidate(key, bound));
            }
        }

        return candidates.ToImmutable();
    }

    private Finding NoCandidate(TrustStore trust)
    {
        if (trust.Keys.IsEmpty)
        {
            return Reasons.UnknownKey.Because("no public key is trusted");
        }

        if (_signature.Label is not { } label)
        {
            return Reasons.MissingAlgorithm.Because("the key can be used with several algorithms and neither the signature nor an option names one");
        }

        string keys = string.Join(", ", trust.Keys.Select(key => $"\"{key.Name}\" ({key.Material.Kind})"));
        return Reasons.AlgorithmMismatch.Because($"{label.Text} does not fit the trusted keys: {keys}");
    }

    // An elliptic-curve key is bound to one hash; RSA leaves padding and hash open, unless the key's container lists one label.
    private static SignatureScheme? OnlySchemeOf(TrustedKey key)
    {
        ImmutableArray<SignatureScheme> fitting =
            [.. SignatureScheme.All.Where(scheme => PublicKey.Fits(key.Material, scheme) && (key.Schemes.IsEmpty || key.Schemes.Contains(scheme)))];
        return fitting is [SignatureScheme only] ? only : null;
    }
}

/// <summary>A trusted key under the scheme that the signature must have.</summary>
internal readonly record struct Candidate(TrustedKey Trusted, PublicKey Key);
