using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using Org.BouncyCastle.Bcpg;

namespace OfflineKit.Trust.OpenPgp;

/// <summary>A certificate: a primary key, the names it gives itself, and its subkeys, each with what the primary key signed about it.</summary>
/// <remarks>
/// Trust comes from whoever pinned the file; what it says of itself can only limit that trust. Signatures by others mean nothing here.
/// Source: RFC 9580 §10.1.
/// </remarks>
internal sealed record OpenPgpCertificate
{
    private OpenPgpCertificate(CertificateKey primary, ImmutableArray<CertificateKey> subkeys) => (Primary, Subkeys) = (primary, subkeys);

    /// <summary>The key that the certificate is named by.</summary>
    public CertificateKey Primary { get; private init; }

    /// <summary>The others.</summary>
    public ImmutableArray<CertificateKey> Subkeys { get; private init; }

    /// <summary>The names that it gives itself, untrusted text.</summary>
    public ImmutableArray<string> UserIds { get; private init; } = [];

    /// <summary>Fingerprints of those who may revoke its keys in its owner's place.</summary>
    public ImmutableArray<string> Revokers { get; private init; } = [];

    /// <summary>Every revocation in it, whomever it means.</summary>
    public ImmutableArray<PlacedRevocation> Revocations { get; private init; } = [];

    /// <summary>Those that mean none of its keys, or do not verify.</summary>
    public ImmutableArray<PlacedRevocation> Strays { get; private init; } = [];

    /// <summary>SHA-256 of its packets: another copy with the same says nothing more.</summary>
    public string Content { get; private init; } = "";

    /// <summary>Why nothing by it counts at any time; null: nothing is known against it as a whole.</summary>
    public Finding? Unusable { get; init; }

    /// <summary>The primary key's fingerprint, lower-case hex.</summary>
    public string Fingerprint => Primary.Key.Fingerprint;

    /// <summary>All keys, the primary one first.</summary>
    public IEnumerable<CertificateKey> Keys => Subkeys.Prepend(Primary);

    /// <summary>The names by which signatures call its keys: fingerprints, lower-case hex.</summary>
    public ImmutableArray<string> Fingerprints => [.. Keys.Select(key => key.Key.Fingerprint)];

    /// <summary>Every scheme by which one of its keys could sign.</summary>
    public IEnumerable<SignatureScheme> Schemes => Keys.Select(key => key.Key.Material.Value).OfType<KeyMaterial>().SelectMany(OpenPgpSignature.SchemesOf);

    /// <summary>Fingerprints of the keys that <paramref name="text"/> means by an id, however it is spelled: all of them by that of the primary key, one by that of a subkey; none where it is no id of theirs.</summary>
    public ImmutableArray<string> Meant(string text) => OpenPgpId.Of(text) is not { } id ? []
        : Primary.Key.IsMeant(id) ? Fingerprints
        : [.. Subkeys.Where(part => part.Key.IsMeant(id)).Select(part => part.Key.Fingerprint)];

    /// <summary>SHA-256 of the SubjectPublicKeyInfo of each key whose holder is the certificate's, as far as this program can use it; the primary key's first.</summary>
    /// <remarks>A subkey belongs only when both keys say so: anybody can put the key of somebody else into a certificate.</remarks>
    public ImmutableArray<string> OwnKeys => [.. Keys.Where(key => key.Belongs).Select(key => key.Key.Material.Value?.Fingerprint).OfType<string>()];

    /// <summary>The certificate in <paramref name="packets"/>, the first of which is a primary key.</summary>
    /// <exception cref="MalformedException">The primary key cannot be read, or is of a version that is not known.</exception>
    public static OpenPgpCertificate Of(ImmutableArray<FramedPacket> packets, string what)
    {
        OpenPgpKey primary = OpenPgpKey.OfPrimary(packets[0], what);
        ImmutableArray<Component> components = Component.Split(packets, what);
        SelfSignatures own = SelfSignatures.Of(primary, components);
        return new OpenPgpCertificate(new CertificateKey(primary, own.Series), CertificateKey.Subkeys(primary, components))
        {
            UserIds = [.. components.Select(component => component.UserId).OfType<string>()],
            Revokers = own.Revokers,
            Content = ContentOf(packets),
            Unusable = components.Any(component => component.HasUnreadableRevocation) ? OpenPgpReasons.CertificateUnusable.Because("OpenPGP certificate: a revocation that cannot be read") : null,
        }.And([.. components.SelectMany(component => component.Revocations)]);
    }

    private static string ContentOf(ImmutableArray<FramedPacket> packets)
    {
        using Hasher hasher = Hasher.For(DigestAlgorithm.Sha256);
        foreach (FramedPacket packet in packets)
        {
            hasher.Append(packet.Whole.Span);
        }

        return hasher.Finish().Hex;
    }

    /// <summary>This certificate with <paramref name="revocations"/>, as if they stood in it.</summary>
    public OpenPgpCertificate And(ImmutableArray<PlacedRevocation> revocations)
    {
        OpenPgpCertificate all = this with { Revocations = [.. Revocations, .. revocations] };
        OpenPgpCertificate revoked = all.Revoked(key => [.. all.RevocationsOf(Primary.Key, key, Revokers)]);
        return revoked with { Strays = [.. all.Revocations.Where(revocation => !revoked.Keys.Any(key => key.Revocations.Contains(revocation.Signature)))] };
    }

    /// <summary>What this copy says against <paramref name="key"/>, which is <paramref name="primary"/> or stands under it, where <paramref name="revokers"/> may speak in the owner's place.</summary>
    public IEnumerable<OpenPgpSignature> RevocationsOf(OpenPgpKey primary, OpenPgpKey key, ImmutableArray<string> revokers) =>
        Revocations.Where(revocation => revocation.IsProved(primary, key) || revocation.IsBelieved(primary, key, revokers)).Select(revocation => revocation.Signature);

    /// <summary>This certificate with all that <paramref name="copies"/> of it say of its keys: the newest word counts, in whichever copy it stands.</summary>
    public OpenPgpCertificate JoinedWith(ImmutableArray<OpenPgpCertificate> copies)
    {
        CertificateKey With(CertificateKey part)
        {
            foreach (OpenPgpCertificate copy in copies)
            {
                part = copy.Keys.FirstOrDefault(other => other.Key.Fingerprint == part.Key.Fingerprint) is { } same ? part.And(same) : part;
            }

            return part;
        }

        return copies.IsEmpty ? this : this with { Primary = With(Primary), Subkeys = [.. Subkeys.Select(With)] };
    }

    /// <summary>This certificate, each key of which <paramref name="more"/> revokes besides.</summary>
    public OpenPgpCertificate Revoked(Func<OpenPgpKey, ImmutableArray<OpenPgpSignature>> more)
    {
        CertificateKey With(CertificateKey part) => part with { Revocations = part.Revocations.AddRange(more(part.Key)) };
        return this with { Primary = With(Primary), Subkeys = [.. Subkeys.Select(With)] };
    }
}
