using System.Collections.Immutable;
using OfflineKit.Encoding;
using Org.BouncyCastle.Bcpg;

namespace OfflineKit.Trust.OpenPgp;

/// <summary>A key of a certificate with what the primary key says of it: what it may do, and until when.</summary>
/// <param name="Key">The key.</param>
/// <param name="Words">What the primary key signed: of itself and each of its names, or of this subkey.</param>
internal sealed record CertificateKey(OpenPgpKey Key, ImmutableArray<SelfSignatureSeries> Words)
{
    private const int SubkeyBinding = 0x18, PrimaryKeyBinding = 0x19;

    /// <summary>What its owner, or somebody in his place, said against it.</summary>
    public ImmutableArray<OpenPgpSignature> Revocations { get; init; } = [];

    /// <summary>Its holder is the certificate's: the primary key has said so, and the subkey has agreed; a primary key needs no agreement.</summary>
    public bool Belongs => IsPrimary || Words.Any(series => series.Verified.Any(word => !word.Agreements.IsEmpty));

    private bool IsPrimary { get; init; } = true;

    /// <summary>The subkeys of a known version among <paramref name="components"/>, each once: what stands behind the same key again is said of it too.</summary>
    public static ImmutableArray<CertificateKey> Subkeys(OpenPgpKey primary, ImmutableArray<Component> components) =>
    [
        .. components.Where(component => component.Head is PublicSubkeyPacket)
            .Select(component => (Component: component, Result.Parse(Reasons.UnsupportedKey, () => OpenPgpKey.Of((PublicSubkeyPacket)component.Head!)).Value?.Framed()))
            .Where(framed => framed.Item2 is not null).GroupBy(framed => Convert.ToHexString(framed.Item2!), StringComparer.Ordinal)
            .Select(same => Subkey(primary, same.Select(framed => framed.Component).Aggregate((one, other) => one.And(other)))),
    ];

    private static CertificateKey Subkey(OpenPgpKey primary, Component component)
    {
        OpenPgpKey key = OpenPgpKey.Of((PublicSubkeyPacket)component.Head!);
        byte[] first = primary.Framed(), second = key.Framed();
        SelfSignatureSeries series = SelfSignatureSeries.Of(primary, component, [SubkeyBinding], withdraws: null, first, second);
        SelfSignature With(SelfSignature word) => word with { Agreements = [.. word.Signature.Embedded.Where(inner => inner.Type == PrimaryKeyBinding && inner.IsBy(key, first, second))] };
        return new CertificateKey(key, [series with { Verified = [.. series.Verified.Select(With)] }]) { IsPrimary = false };
    }

    /// <summary>Why nothing signed by this key counts at <paramref name="time"/>, or null.</summary>
    /// <param name="name">The certificate in words.</param>
    /// <param name="time">The stated time; null when nobody states one: then nothing that ends is still valid.</param>
    public Finding? Judge(string name, DateTimeOffset? time) => Key.Material.Finding ?? JudgeAsPrimary(name, time) ?? JudgePurpose(name, time);

    /// <summary>Why nothing that this key stands for counts at <paramref name="time"/>, whether or not it may sign data itself.</summary>
    public Finding? JudgeAsPrimary(string name, DateTimeOffset? time)
    {
        ImmutableArray<SelfSignature> newest = NewestAt(time);
        DateTimeOffset? last = Words.Max(series => series.LastAt(time));
        return newest.IsEmpty ? Unsaid(name, time)
            : RevocationAt(name, time)
            ?? (Words.Any(series => series.IsInDoubtAt(time, last)) ? OpenPgpReasons.CertificateUnusable.Because($"{name}: the newest self-signature about key {Key.Fingerprint} or one of its names cannot be verified") : null)
            ?? (newest.Select(word => word.Says.Critical).OfType<SignatureSubpacket>().FirstOrDefault() is { } unknown
                ? OpenPgpReasons.CriticalUnknown.Because($"{name}: the binding of key {Key.Fingerprint} has a critical part of type {(int)unknown.SubpacketType}")
                : Lifetime(name, time, newest));
    }

    /// <summary>What the revocations say of this key, for signatures of other kinds than OpenPGP, which state no time of their own.</summary>
    public KeyStatus Status => Revocations.Aggregate(KeyStatus.Active, (strictest, revocation) => strictest.Strictest(
        KeyStatus.Revoked(revocation.Says.IsSoftRevocation ? revocation.Says.CreatedAt : null, since: null, until: null, "by its own certificate")));

    /// <summary>That this key was revoked, as far as it counts at <paramref name="time"/>; null: it was not.</summary>
    public Finding? RevocationAt(string name, DateTimeOffset? time) => Revocations.FirstOrDefault(revocation => !revocation.Says.IsSoftRevocation || !(time < revocation.Says.CreatedAt)) is { } revoked
        ? OpenPgpReasons.Revoked.Because($"{name}: key {Key.Fingerprint} was revoked on {UtcText.Seconds(revoked.Says.CreatedAt)}")
        : null;

    // Whoever says less of the key on one of its names does not take away what is said on another.
    private ImmutableArray<SelfSignature> NewestAt(DateTimeOffset? time) => [.. Words.SelectMany(series => series.NewestAt(time))];

    private Finding Unsaid(string name, DateTimeOffset? time) => OpenPgpReasons.CertificateUnusable.Because(Words.All(series => series.Verified.IsEmpty)
        ? $"{name}: no self-signature with SHA-256, SHA-384 or SHA-512 about key {Key.Fingerprint}"
        : $"{name}: no self-signature about key {Key.Fingerprint} counts{(time is { } at ? " at " + UtcText.Seconds(at) : "")}: each was taken back, or made later");

    private Finding? JudgePurpose(string name, DateTimeOffset? time)
    {
        bool isAgreed = IsPrimary || NewestAt(time).All(word => word.IsAgreedAt(time));
        return isAgreed && NewestAt(time).All(word => word.Says.MaySign != false) ? null
            : OpenPgpReasons.NotForSigning.Because($"{name}: key {Key.Fingerprint} {(isAgreed ? "is not marked for signing data" : "has no cross-signature that counts")}");
    }

    private Finding? Lifetime(string name, DateTimeOffset? time, ImmutableArray<SelfSignature> words) => words.Select(word => word.EndOf(Key)).Min() is { } end && !(time < end)
        ? OpenPgpReasons.Expired.Because($"{name}: key {Key.Fingerprint} ended at {UtcText.Seconds(end)}")
        : null;
}
