using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Trust;

namespace OfflineKit.Formats.Dsse;

/// <summary>Which distinct trusted keys signed an envelope.</summary>
/// <remarks>
/// Keys are counted by holder: neither names nor ids nor signatures make two of one key, nor do two keys of one certificate.
/// Source: docs/spec/dsse.md §4 steps 4–5, §5.
/// </remarks>
internal sealed class EnvelopeSigners
{
    private readonly Dictionary<string, SignedByKey> _byFingerprint = new(StringComparer.Ordinal);
    private readonly List<Finding> _objections = [];
    private readonly List<string> _failures = [];
    private bool _tried;

    private int Holders => _byFingerprint.Values.Select(signed => signed.Holder).Distinct(StringComparer.Ordinal).Count();

    /// <summary>Tries every signature of <paramref name="envelope"/>, laid beside <paramref name="artifact"/>, under the keys that its hint leaves.</summary>
    public static EnvelopeSigners Of(DsseEnvelope envelope, Artifact artifact, VerificationContext context)
    {
        EnvelopeSigners signers = new();
        SigningInput message = SigningInput.Of(envelope.SignedBytes);
        SignatureFacts facts = new("dsse") { ArtifactName = artifact.IsDocumentItself ? null : artifact.Name, PayloadType = envelope.PayloadType };
        for (int i = 0; i < envelope.Signatures.Length; i++)
        {
            signers.Try(envelope.Signatures[i], i, message, facts, context);
        }

        return signers;
    }

    /// <summary>Reports the signers, and a finding when they are fewer than <paramref name="threshold"/>.</summary>
    public void Report(int threshold, Verification verification)
    {
        foreach (SignedByKey signed in _byFingerprint.Values)
        {
            verification.Passed("signature", $"{signed.Algorithm} by key \"{signed.Signer}\" (sha256:{signed.Fingerprint})", signed.Root);
        }

        if (Holders >= threshold)
        {
            if (_failures.Count > 0)
            {
                verification.Noted("note.other-signatures", $"not counted: {string.Join("; ", _failures)}");
            }

            return;
        }

        verification.Failed("signature", TooFew(threshold));
    }

    /// <summary>Records each signer as evidence; call only when enough signed.</summary>
    public void Prove(Verification verification)
    {
        foreach (SignedByKey signed in _byFingerprint.Values)
        {
            verification.Proved(signed);
        }
    }

    private void Try(DsseSignature signature, int index, SigningInput message, SignatureFacts facts, VerificationContext context)
    {
        ImmutableArray<TrustedKey> candidates = Candidates(context.Trust, signature.KeyId);
        _tried |= candidates.Any(key => key.Formats.IsEmpty || key.Formats.Contains("dsse", StringComparer.Ordinal));
        foreach (TrustedKey key in candidates)
        {
            if (EncodedSignature.MadeBy(key, candidates, message, signature.Bytes) is { } made)
            {
                Count(made, index, facts, context);
                return;
            }
        }

        _failures.Add(candidates.IsEmpty ? $"signature {index} names the unknown key \"{signature.KeyId}\"" : $"signature {index} fits no trusted key");
    }

    private void Count(KeySignature signature, int index, SignatureFacts facts, VerificationContext context)
    {
        Result<SignedByKey> proved = SignedByKey.Prove(signature, facts, context);
        if (proved.Value is { } signed)
        {
            _byFingerprint.TryAdd(signed.Fingerprint, signed);
            return;
        }

        _objections.Add(proved.Finding!);
        _failures.Add($"signature {index} does not count: {proved.Finding!.Detail}");
    }

    // A key without an id is tried whatever the hint says; a key with ids only when the hint is one of them or absent.
    private static ImmutableArray<TrustedKey> Candidates(TrustStore trust, string keyId) =>
        [.. trust.Keys.Where(key => keyId.Length == 0 || key.Hints.IsEmpty || key.IsCalled(keyId))];

    private Finding TooFew(int threshold)
    {
        string failures = _failures.Count > 0 ? string.Join("; ", _failures.Take(4)) : "every signature is by a key that was counted already";
        if (_objections.Count > 0)
        {
            return _objections[0];
        }

        if (Holders > 0)
        {
            return DsseReasons.ThresholdNotMet.Because($"{Holders} distinct trusted keys signed, wanted {threshold}: {failures}") with { Shortfall = new Shortfall(Holders, threshold) };
        }

        return _tried ? Reasons.SignatureMismatch.Because(failures) : Reasons.UnknownKey.Because(failures.Length > 0 ? failures : "no key is trusted");
    }
}
