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
    public bool Belongs => Primary is null || Words.Any(series => series.Verified.Any(word => Agreements(word).Any()));

    // The key above; null: this is it.
    private OpenPgpKey? Primary { get; init; }

    /// <summary>The subkeys of a known version among <paramref name="components"/>, each once: what stands behind the same key again is said of it too.</summary>
    public static ImmutableArray<CertificateKey> Subkeys(OpenPgpKey primary, ImmutableArray<Component> components) =>
        [.. Component.Subkeys(components).Select(component => Subkey(primary, component))];

    private static CertificateKey Subkey(OpenPgpKey primary, Component component)
    {
        OpenPgpKey key = OpenPgpKey.Of((PublicSubkeyPacket)component.Head!);
        return new CertificateKey(key, [SelfSignatureSeries.Of(primary, component, [SubkeyBinding], withdraws: null, primary.Framed(), key.Framed())]) { Primary = primary };
    }

    /// <summary>This key with what <paramref name="other"/>, the same in another copy of the certificate, says besides.</summary>
    public CertificateKey And(CertificateKey other) => this with { Words = SelfSignatureSeries.Joined(Words, other.Words) };

    /// <summary>Why nothing signed by this key counts at <paramref name="time"/>, or null.</summary>
    /// <param name="name">The certificate in words.</param>
    /// <param name="time">The stated time; null when nobody states one: then nothing that ends is still valid.</param>
    public Finding? Judge(string name, DateTimeOffset? time) => Key.Material.Finding ?? JudgeAsPrimary(name, time) ?? JudgePurpose(name, time);

    /// <summary>Why nothing that this key stands for counts at <paramref name="time"/>, whether or not it may sign data itself.</summary>
    public Finding? JudgeAsPrimary(string name, DateTimeOffset? time)
    {
        ImmutableArray<OpenPgpSignature> newest = NewestAt(time);
        DateTimeOffset? last = null;
        foreach (SelfSignatureSeries series in Words)
        {
            last = series.LastAt(time) is { } said && !(said < last) ? said : last;
        }

        return newest.IsEmpty ? Unsaid(name, time)
            : RevocationAt(name, time)
            ?? (Words.Any(series => series.IsInDoubtAt(time, last)) ? OpenPgpReasons.CertificateUnusable.Because($"{name}: the newest self-signature about key {Key.Fingerprint} or one of its names cannot be verified") : null)
            ?? (newest.FirstOrDefault(word => word.Says.Critical is not null)?.Says.Critical is { } unknown
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
    private ImmutableArray<OpenPgpSignature> NewestAt(DateTimeOffset? time) => [.. Words.SelectMany(series => series.NewestAt(time))];

    private Finding Unsaid(string name, DateTimeOffset? time) => OpenPgpReasons.CertificateUnusable.Because(Words.All(series => series.Verified.IsEmpty)
        ? $"{name}: no self-signature with SHA-256, SHA-384 or SHA-512 about key {Key.Fingerprint}"
        : $"{name}: no self-signature about key {Key.Fingerprint} counts{(time is { } at ? " at " + UtcText.Seconds(at) : "")}: each was taken back, or made later");

    private Finding? JudgePurpose(string name, DateTimeOffset? time)
    {
        bool isAgreed = Primary is null || NewestAt(time).All(word => Agreements(word).Any(agreement => agreement.Says.Critical is null && agreement.Says.IsAliveAt(time)));
        return isAgreed && NewestAt(time).All(word => word.Says.MaySign != false) ? null
            : OpenPgpReasons.NotForSigning.Because($"{name}: key {Key.Fingerprint} {(isAgreed ? "is not marked for signing data" : "has no cross-signature that counts")}");
    }

    private Finding? Lifetime(string name, DateTimeOffset? time, ImmutableArray<OpenPgpSignature> words)
    {
        DateTimeOffset? first = null;
        foreach (OpenPgpSignature word in words)
        {
            first = word.Says.EndOf(Key) is { } stated && !(first < stated) ? stated : first;
        }

        return first is { } end && !(time < end) ? OpenPgpReasons.Expired.Because($"{name}: key {Key.Fingerprint} ended at {UtcText.Seconds(end)}") : null;
    }

    // The verified cross-signatures in a binding, by which this subkey agrees to belong to the certificate, at whatever time.
    private IEnumerable<OpenPgpSignature> Agreements(OpenPgpSignature word) => word.Embedded.Where(inner => inner.Type == PrimaryKeyBinding && inner.IsBy(Key, Primary!.Framed(), Key.Framed()));
}
