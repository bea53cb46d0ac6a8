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

    /// <summary>The question chose the name, and a pattern of an allowed_signers line or a certificate allows it: no policy names the key so.</summary>
    internal bool IsNamedByQuestion { get; init; }

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

    /// <summary>Fingerprints of the keys of the certificate that this run was narrowed to; empty: any of them.</summary>
    internal ImmutableArray<string> OnlyParts { get; init; } = [];

    /// <summary>It may sign whatever a key of its kind can sign, at any time.</summary>
    internal bool IsUnlimited => OpenPgp is null && !Material.IsMinisign && Schemes.IsEmpty && Formats.IsEmpty && Validity == Validity.Always && Scope.IsEverything;

    /// <summary>This key as far as one of <paramref name="ids"/> means it by its name, an id or its fingerprint; null: none does. The id of a subkey means that one alone, also where it is a name.</summary>
    internal TrustedKey? Only(ImmutableArray<string> ids)
    {
        if (OpenPgp is not { } certificate)
        {
            return ids.Any(id => id == Name || IsFingerprint(id) || IsCalled(id)) ? this : null;
        }

        IEnumerable<string> meant = ids.SelectMany(id => certificate.Meant(id) is { IsEmpty: false } parts ? parts : id == Name || IsFingerprint(id) ? certificate.Fingerprints : []);
        ImmutableArray<string> left = [.. meant.Distinct(StringComparer.Ordinal).Where(MaySignBy)];
        return left.IsEmpty ? null : this with { OnlyParts = left };
    }

    /// <summary>This key as somebody calls it who gives it a name; null: the name has the form of an id, and is that of another key.</summary>
    /// <remarks>Of an OpenPGP certificate the id of a subkey means that one alone.</remarks>
    internal TrustedKey? Named(string name) => this switch
    {
        { OpenPgp: null } => this with { Name = name, Hints = Material.IsMinisign ? [.. Hints, name] : [name] },
        { OpenPgp: { } certificate } when !certificate.Meant(name).IsEmpty => Only([name]) is { } part ? part with { Name = name } : null,
        _ => OpenPgpId.IsNothingElse(name) ? null : this with { Name = name },
    };

    /// <summary>The key of its certificate with <paramref name="fingerprint"/> may sign in this run.</summary>
    internal bool MaySignBy(string fingerprint) => OnlyParts.IsEmpty || OnlyParts.Contains(fingerprint, StringComparer.Ordinal);

    // The SHA-256 of the key, as reports and gpg's users spell it.
    private bool IsFingerprint(string id) =>
        Material.Fingerprints.Contains((id.StartsWith("sha256:", StringComparison.Ordinal) ? id["sha256:".Length..] : id).ToLowerInvariant(), StringComparer.Ordinal);

    /// <summary>Whoever trusts it lets it sign by <paramref name="scheme"/>, whether it can or not.</summary>
    public bool Permits(SignatureScheme scheme) => Schemes.IsEmpty || Schemes.Any(one => string.Equals(one.Label, scheme.Label, StringComparison.Ordinal));

    /// <summary>The labels of the algorithms by which it signs, itself or by a subkey, as far as whoever trusts it lets it.</summary>
    public IEnumerable<string> Labels =>
        (OpenPgp is { } certificate ? certificate.Schemes : SignatureScheme.All.Where(Carries)).Where(Permits).Select(scheme => scheme.Label).Distinct(StringComparer.Ordinal);

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
}
