using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.Trust.OpenPgp;

/// <summary>A key of a trusted certificate that may have made a signature.</summary>
/// <param name="Trusted">The certificate, as somebody pinned it, with all that this question knows against its keys.</param>
/// <param name="Key">The primary key or a subkey.</param>
/// <param name="Signature">The signature.</param>
internal sealed record OpenPgpSigner(TrustedKey Trusted, CertificateKey Key, OpenPgpSignature Signature)
{
    /// <summary>What the gate needs to know of the signature.</summary>
    public SignatureFacts Facts(string format, string artifactName) => new(format)
    {
        ArtifactName = artifactName,
        Subkey = ReferenceEquals(Key, Trusted.OpenPgp!.Primary) ? null : Key.Key.Material.Value,
    };

    /// <summary>Why the certificate or the signature itself says that it does not count at <paramref name="time"/>, or null.</summary>
    /// <param name="time">The stated time; null when nobody states one: then nothing that ends still holds.</param>
    public Finding? Judge(DateTimeOffset? time)
    {
        string name = $"certificate \"{Trusted.Name}\"";
        CertificateKey primary = Trusted.OpenPgp!.Primary;
        return primary.RevocationAt(name, time) ?? Trusted.OpenPgp.Unusable
            ?? (ReferenceEquals(primary, Key) ? null : primary.JudgeAsPrimary(name, time)) ?? Key.Judge(name, time) ?? JudgeSignature(name, time);
    }

    /// <summary>The one of <paramref name="makers"/>, which hold the same key, that speaks at <paramref name="time"/>, and why it does not count, or null.</summary>
    /// <remarks>Copies of one certificate say the same (<see cref="KnownCertificates.Whole"/>); of several certificates that hold one subkey the first that still holds speaks.</remarks>
    public static (OpenPgpSigner Signer, Finding? Finding) Standing(ImmutableArray<OpenPgpSigner> makers, DateTimeOffset? time)
    {
        ImmutableArray<(OpenPgpSigner Signer, Finding? Finding)> judged = [.. makers.Select(maker => (maker, maker.Judge(time)))];
        return judged.OrderBy(one => one.Finding switch { { } finding when finding.Reason == OpenPgpReasons.Revoked => 0, null => 1, _ => 2 }).First();
    }

    private Finding? JudgeSignature(string name, DateTimeOffset? time)
    {
        HashedPart said = Signature.Says;
        if (said.Critical is { } unknown)
        {
            return OpenPgpReasons.CriticalUnknown.Because($"the signature by {name} has a critical part of type {(int)unknown.SubpacketType}");
        }

        if (said.CreatedAt < Key.Key.CreatedAt)
        {
            return Reasons.KeyNotValid.Because($"the signature by {name} says {UtcText.Seconds(said.CreatedAt)}, before its key was made at {UtcText.Seconds(Key.Key.CreatedAt)}");
        }

        if (said.Lifetime is { } life && !(time < said.CreatedAt + life))
        {
            return OpenPgpReasons.Expired.Because($"the signature by {name} ended at {UtcText.Seconds(said.CreatedAt + life)}");
        }

        return time < said.CreatedAt
            ? OpenPgpReasons.FutureSignature.Because($"the signature by {name} says that it was made at {UtcText.Seconds(said.CreatedAt)}")
            : null;
    }
}
