using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Trust;

namespace OfflineKit.Formats.Dsse;

/// <summary>Which distinct trusted keys signed an envelope.</summary>
/// <remarks>
/// Keys are counted by fingerprint: neither names nor ids nor signatures make two of one key.
/// Source: docs/spec/dsse.md §4 steps 4–5, §5.
/// </remarks>
internal sealed class EnvelopeSigners
{
    private readonly Dictionary<string, (TrustedKey Key, SignatureScheme Scheme)> _byFingerprint = new(StringComparer.Ordinal);
    private readonly List<Finding> _objections = [];
    private readonly List<string> _failures = [];
    private bool _tried;

    /// <summary>Tries every signature of <paramref name="envelope"/> under the keys that its hint leaves.</summary>
    public static EnvelopeSigners Of(DsseEnvelope envelope, VerificationContext context)
    {
        EnvelopeSigners signers = new();
        byte[] message = envelope.SignedBytes;
        for (int i = 0; i < envelope.Signatures.Length; i++)
        {
            signers.Try(envelope.Signatures[i], i, message, context);
        }

        return signers;
    }

    /// <summary>Reports the signers, and a finding when they are fewer than <paramref name="threshold"/>.</summary>
    public void Report(int threshold, Verification verification)
    {
        foreach ((TrustedKey key, SignatureScheme scheme) in _byFingerprint.Values)
        {
            verification.Passed("signature", $"{scheme.Label} by key \"{key.Name}\" (sha256:{key.Material.Fingerprint})", key.Root);
        }

        if (_byFingerprint.Count >= threshold)
        {
            if (_failures.Count > 0)
            {
                verification.Noted("note.other-signatures", $"not counted: {string.Join("; ", _failures)}");
            }

            return;
        }

        verification.Failed("signature", Shortfall(threshold));
    }

    /// <summary>Records each signer as evidence; call only when enough signed.</summary>
    public void Prove(Verification verification)
    {
        foreach ((TrustedKey key, SignatureScheme scheme) in _byFingerprint.Values)
        {
            verification.Proved(new SignedByKey(key.Name, key.Material.Fingerprint, scheme.Label, key.Root));
        }
    }

    private void Try(DsseSignature signature, int index, byte[] message, VerificationContext context)
    {
        ImmutableArray<TrustedKey> candidates = Candidates(context.Trust, signature.KeyId);
        _tried |= !candidates.IsEmpty;
        foreach (TrustedKey key in candidates)
        {
            if (EncodedSignature.MadeBy(key, message, signature.Bytes) is { } scheme)
            {
                Count(key, scheme, context);
                return;
            }
        }

        _failures.Add(candidates.IsEmpty ? $"signature {index} names the unknown key \"{signature.KeyId}\"" : $"signature {index} fits no trusted key");
    }

    private void Count(TrustedKey key, SignatureScheme scheme, VerificationContext context)
    {
        if (key.Judge("dsse", verifiedTime: null, context.StatedTime) is { } finding)
        {
            _objections.Add(finding);
        }
        else
        {
            _byFingerprint.TryAdd(key.Material.Fingerprint, (key, scheme));
        }
    }

    // A key without an id is tried whatever the hint says; a key with ids only when the hint is one of them or absent.
    private static ImmutableArray<TrustedKey> Candidates(TrustStore trust, string keyId) =>
        [.. trust.Keys.Where(key => keyId.Length == 0 || key.Hints.IsEmpty || key.IsCalled(keyId))];

    private Finding Shortfall(int threshold)
    {
        string failures = _failures.Count > 0 ? string.Join("; ", _failures.Take(4)) : "every signature is by a key that was counted already";
        if (_objections.Count > 0)
        {
            return _objections[0];
        }

        if (_byFingerprint.Count > 0)
        {
            return DsseReasons.ThresholdNotMet.Because($"{_byFingerprint.Count} distinct trusted keys signed, wanted {threshold}: {failures}");
        }

        return _tried ? Reasons.SignatureMismatch.Because(failures) : Reasons.UnknownKey.Because(failures.Length > 0 ? failures : "no key is trusted");
    }
}
