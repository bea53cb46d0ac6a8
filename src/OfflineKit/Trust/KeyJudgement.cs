using OfflineKit.Crypto;

namespace OfflineKit.Trust;

/// <summary>Judges a key that made a signature: everything that limits a key is judged here, the same for every format.</summary>
internal static class KeyJudgement
{
    /// <summary>Why a signature of which <paramref name="facts"/> are known does not count although <paramref name="key"/> made it, or null.</summary>
    /// <param name="key">An entry of the trust store.</param>
    /// <param name="scheme">The scheme under which it signed, by itself or by a subkey.</param>
    /// <param name="facts">What is known of the signature.</param>
    /// <param name="context">Trust, what the caller expects, and the operator's time.</param>
    public static Finding? Of(TrustedKey key, SignatureScheme scheme, SignatureFacts facts, VerificationContext context)
    {
        // 1 Its form, its formats and its algorithms.
        if (key.Material.IsMinisign && facts.Form != SignatureForm.Minisign)
        {
            return Reasons.KeyNotAllowed.Because($"key \"{key.Name}\" is a minisign key: what it signs could be anything else's bytes, so it signs minisign and signify documents, not {facts.Format}") with
            {
                Advice = AsPem,
            };
        }

        if (!key.Formats.IsEmpty && !key.Formats.Contains(facts.Format, StringComparer.Ordinal))
        {
            return Reasons.KeyNotAllowed.Because($"key \"{key.Name}\" may sign {string.Join(", ", key.Formats)}, not {facts.Format}");
        }

        if (!key.Permits(scheme))
        {
            return Reasons.KeyNotAllowed.Because($"key \"{key.Name}\" may sign by {string.Join(", ", key.Schemes.Select(one => one.Label))}, not by {scheme.Label}");
        }

        // 2 Its scope. 3 Its life and that of the subkey that signed in its name, and 4 its window, at every proved time.
        return key.Scope.Judge(key.Name, facts, context.Expectations.Namespace, context.Trust.Tenant)
            ?? StatusUnder(context.Trust, key, facts.Subkey).Judge($"key \"{key.Name}\"", facts.ProvedTimes)
            ?? (key.Validity == Validity.Always ? null : key.Validity.Judge(key.Name, facts.ProvedTimes, context.StatedTime));
    }

    // The signer's word for it: here nobody can tell whether a key that somebody pinned for minisign is meant for more.
    private static Advice AsPem { get; } = new("if the signer means this key for more than minisign, ask for the same key as PEM, which `offlinekit-sign public-key` writes where the secret key is, and pass that as {publicKey}");

    private static KeyStatus StatusUnder(TrustStore trust, TrustedKey key, KeyMaterial? subkey) =>
        subkey is null ? trust.StatusOf(key) : trust.StatusOf(key, subkey);
}
