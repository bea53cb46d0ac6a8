using OfflineKit.Crypto;
using OfflineKit.Signer.Configuration;
using OfflineKit.Signing;
using OfflineKit.Trust;

namespace OfflineKit.Signer.Keys;

/// <summary>A key of a profile, open and compared with its pinned half.</summary>
/// <param name="Configuration">What the configuration says of it.</param>
/// <param name="Key">The key.</param>
internal sealed record OpenedKey(SignerKeyConfiguration Configuration, SigningKey Key)
{
    /// <summary>Whom a certificate names as its holder; null for keys that stand for themselves.</summary>
    public CertifiedIdentity? Certified { get; init; }

    /// <summary>Who asks it next.</summary>
    public KeyTurns Turns { get; init; } = new(LimitConfiguration.UsualSignaturesPerKey);

    /// <summary>What verifiers call it: SHA-256 of its public half, hex.</summary>
    public string Id => Configuration.Pinned.Fingerprint;

    /// <summary>The kind of place where the key is: <c>file</c>, <c>pkcs11</c>, <c>awskms</c> …</summary>
    public string Source => Configuration.Uri is FileKeyUri ? "file" : Certified is not null ? "fulcio" : Configuration.Uri.Text[..Configuration.Uri.Text.IndexOf(':', StringComparison.Ordinal)];

    /// <summary>The key as the core trusts it when it verifies an answer.</summary>
    public TrustedKey Trusted => field ??= new TrustedKey(Configuration.Name, Configuration.Pinned, "the pinned public key") { Hints = [Id], Schemes = [Key.PublicKey.Scheme] };

    /// <summary>The key's public half under its scheme.</summary>
    public PublicKey PublicKey => Key.PublicKey;

    /// <summary>The key's signature over <paramref name="message"/>, when it is the turn of <paramref name="tenant"/>.</summary>
    public Task<VerifiedSignature> SignAsync(string tenant, ReadOnlyMemory<byte> message, CancellationToken cancellation) =>
        Turns.InTurnAsync(tenant, () => Key.SignMessageAsync(message, cancellation), cancellation);

    /// <summary>Why it does not sign at <paramref name="now"/>, or null.</summary>
    public string? Objection(KeyState state, DateTimeOffset now) =>
        state != KeyState.Active ? $"the key {Configuration.Name} is {KeyStates.WordOf(state)}"
        : Configuration.NotBefore is { } from && now < from ? $"the key {Configuration.Name} signs from {Encoding.UtcText.Seconds(from)} on"
        : Configuration.NotAfter is { } until && now >= until ? $"the key {Configuration.Name} signed until {Encoding.UtcText.Seconds(until)}"
        : null;
}
