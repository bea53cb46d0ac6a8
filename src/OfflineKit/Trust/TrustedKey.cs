using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Trust.OpenPgp;
using OfflineKit.X509;

namespace OfflineKit.Trust;

/// <summary>A public key that somebody decided to trust, with everything that limits this trust.</summary>
/// <param name="Name">The signer's name in the trust store; chosen by whoever pinned the key.</param>
/// <param name="Material">The key; its fingerprint is the identity.</param>
/// <param name="Root">Where the trust comes from: a trust root's name, or the option that gave the key.</param>
internal sealed record TrustedKey(string Name, KeyMaterial Material, string Root)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<SignatureScheme, PublicKey> _bound = [];

    /// <summary>Ids under which documents refer to this key (minisign id, ARN, DSSE keyid): hints, never trust.</summary>
    public ImmutableArray<string> Hints { get; init; } = [];

    /// <summary>The only schemes that it may be used with; empty means every scheme of its kind.</summary>
    public ImmutableArray<SignatureScheme> Schemes { get; init; } = [];

    /// <summary>The only formats that it may sign; empty means every format.</summary>
    public ImmutableArray<string> Formats { get; init; } = [];

    /// <summary>Words that a format gives a meaning to, such as <c>official</c> for dossiers.</summary>
    public ImmutableArray<string> Marks { get; init; } = [];

    /// <summary>When the key may sign.</summary>
    public Validity Validity { get; init; } = Validity.Always;

    /// <summary>Active, deprecated or revoked.</summary>
    public KeyStatus Status { get; init; } = KeyStatus.Active;

    /// <summary>What it may sign, beyond formats and schemes.</summary>
    public KeyScope Scope { get; init; } = KeyScope.Everything;

    /// <summary>The certificates that vouch for the key, signer first; empty for a key that was pinned itself.</summary>
    public ImmutableArray<Certificate> Certificates { get; init; } = [];

    /// <summary>The OpenPGP certificate that this is the primary key of: it makes OpenPGP signatures, by itself or by its subkeys, and nothing else.</summary>
    internal OpenPgpCertificate? OpenPgp { get; init; }

    /// <summary>How policies name the key.</summary>
    public KeyName KeyName => new(Name, Material.Fingerprints);

    /// <summary>It may be used with <paramref name="scheme"/>.</summary>
    public bool Carries(SignatureScheme scheme) => OpenPgp is null && PublicKey.Fits(Material, scheme) && (Schemes.IsEmpty || Schemes.Contains(scheme));

    /// <summary>The key under <paramref name="scheme"/>, or null when it may not be used so.</summary>
    /// <remarks>Bound once: building the platform key costs more than using it.</remarks>
    public PublicKey? Under(SignatureScheme scheme)
    {
        if (!Carries(scheme))
        {
            return null;
        }

        lock (_gate)
        {
            return _bound.TryGetValue(scheme, out PublicKey? known) ? known : _bound[scheme] = PublicKey.Bind(Material, scheme);
        }
    }

    /// <summary>Documents refer to this key by <paramref name="hint"/>.</summary>
    public bool IsCalled(string hint) => Hints.Contains(hint, StringComparer.Ordinal);

    /// <summary>Why a signature of which <paramref name="facts"/> are known does not count although this key made it, or null. Everything that limits a key is judged here, the same for every format.</summary>
    /// <param name="facts">What is known of the signature.</param>
    /// <param name="context">Trust, what the caller expects, and the operator's time.</param>
    internal Finding? Judge(SignatureFacts facts, VerificationContext context)
    {
        // 1 Its form and its formats.
        if (Material.IsMinisign && facts.Form != SignatureForm.Minisign)
        {
            return Reasons.KeyNotAllowed.Because($"key \"{Name}\" is a minisign key: what it signs could be anything else's bytes, so it signs minisign and signify documents, not {facts.Format}");
        }

        if (!Formats.IsEmpty && !Formats.Contains(facts.Format, StringComparer.Ordinal))
        {
            return Reasons.KeyNotAllowed.Because($"key \"{Name}\" may sign {string.Join(", ", Formats)}, not {facts.Format}");
        }

        // 2 Its scope. 3 Its life and that of the subkey that signed in its name, and 4 its window, at every proved time.
        return Scope.Judge(Name, facts, context.Expectations.Namespace, context.Trust.Tenant)
            ?? StatusUnder(context.Trust, facts.Subkey).Judge($"key \"{Name}\"", facts.ProvedTimes)
            ?? Validity.Judge(Name, facts.ProvedTimes, context.StatedTime);
    }

    private KeyStatus StatusUnder(TrustStore trust, KeyMaterial? subkey) =>
        subkey is null ? trust.StatusOf(this) : trust.StatusOf(this, subkey);
}
