using System.Collections.Immutable;
using OfflineKit.Encoding;
using Org.BouncyCastle.Bcpg;

namespace OfflineKit.Trust.OpenPgp;

/// <summary>A key of a certificate with its binding: what the primary key says that it may do, and until when.</summary>
/// <param name="Key">The key.</param>
/// <param name="Binding">The primary key's newest word on it; null: there is none that counts.</param>
internal sealed record CertificateKey(OpenPgpKey Key, OpenPgpSignature? Binding)
{
    private const int SubkeyBinding = 0x18, PrimaryKeyBinding = 0x19;

    /// <summary>What its owner, or somebody in his place, said against it.</summary>
    public ImmutableArray<OpenPgpSignature> Revocations { get; init; } = [];

    /// <summary>A subkey has agreed to belong to this certificate; a primary key needs no agreement.</summary>
    public bool HasAgreed { get; private init; } = true;

    /// <summary>Its holder is the certificate's: the primary key says so, and the subkey agrees.</summary>
    public bool Belongs => HasAgreed && (IsPrimary || Binding is not null);

    private bool IsPrimary { get; init; } = true;

    /// <summary>The subkey in <paramref name="component"/>; null for one of an unknown version.</summary>
    public static CertificateKey? Subkey(OpenPgpKey primary, Component component)
    {
        if (Result.Parse(Reasons.UnsupportedKey, () => OpenPgpKey.Of((PublicSubkeyPacket)component.Head!)).Value is not { } key)
        {
            return null;
        }

        byte[] first = primary.Framed(), second = key.Framed();
        OpenPgpSignature? binding = component.Signatures
            .Where(signature => signature.Type == SubkeyBinding && signature.IsBy(primary, first, second))
            .OrderByDescending(signature => signature.Says.CreatedAt).FirstOrDefault();
        bool agreed = binding?.Embedded.Any(inner => inner.Type == PrimaryKeyBinding && inner.IsBy(key, first, second)) == true;
        return new CertificateKey(key, binding) { HasAgreed = agreed, IsPrimary = false };
    }

    /// <summary>Why nothing signed by this key counts at <paramref name="time"/>, or null.</summary>
    /// <param name="name">The certificate in words.</param>
    /// <param name="time">The stated time; null when nobody states one: then nothing that ends is still valid.</param>
    public Finding? Judge(string name, DateTimeOffset? time) => Key.Material.Finding ?? JudgeAsPrimary(name, time) ?? JudgePurpose(name);

    /// <summary>Why nothing that this key stands for counts at <paramref name="time"/>, whether or not it may sign data itself.</summary>
    public Finding? JudgeAsPrimary(string name, DateTimeOffset? time)
    {
        if (Binding is not { } binding)
        {
            return OpenPgpReasons.CertificateUnusable.Because($"{name}: no self-signature with SHA-256, SHA-384 or SHA-512 about key {Key.Fingerprint}");
        }

        return RevocationAt(name, time) ?? (binding.Says.Critical is { } unknown
            ? OpenPgpReasons.CriticalUnknown.Because($"{name}: the binding of key {Key.Fingerprint} has a critical part of type {(int)unknown.SubpacketType}")
            : Lifetime(name, time));
    }

    /// <summary>What the revocations say of this key, for signatures of other kinds than OpenPGP, which state no time of their own.</summary>
    public KeyStatus Status => Revocations.Aggregate(KeyStatus.Active, (strictest, revocation) => strictest.Strictest(
        KeyStatus.Revoked(revocation.Says.IsSoftRevocation ? revocation.Says.CreatedAt : null, since: null, until: null, "by its own certificate")));

    /// <summary>That this key was revoked, as far as it counts at <paramref name="time"/>; null: it was not.</summary>
    public Finding? RevocationAt(string name, DateTimeOffset? time) => Revocations.FirstOrDefault(revocation => !revocation.Says.IsSoftRevocation || !(time < revocation.Says.CreatedAt)) is { } revoked
        ? OpenPgpReasons.Revoked.Because($"{name}: key {Key.Fingerprint} was revoked on {UtcText.Seconds(revoked.Says.CreatedAt)}")
        : null;

    private Finding? JudgePurpose(string name) => Binding!.Says.MaySign && HasAgreed
        ? null
        : OpenPgpReasons.NotForSigning.Because($"{name}: key {Key.Fingerprint} {(HasAgreed ? "is not marked for signing data" : "has no cross-signature")}");

    private Finding? Lifetime(string name, DateTimeOffset? time) => (Binding!.Says.KeyLifetime, Binding.Says.Lifetime) switch
    {
        ({ } life, _) when !(time < Key.CreatedAt + life) => Ended(name, Key.CreatedAt + life),
        (_, { } life) when !(time < Binding.Says.CreatedAt + life) => Ended(name, Binding.Says.CreatedAt + life),
        _ => null,
    };

    private Finding Ended(string name, DateTimeOffset end) => OpenPgpReasons.Expired.Because($"{name}: key {Key.Fingerprint} ended at {UtcText.Seconds(end)}");
}
