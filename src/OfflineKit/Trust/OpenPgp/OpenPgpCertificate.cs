using System.Collections.Immutable;
using OfflineKit.Encoding;
using Org.BouncyCastle.Bcpg;

namespace OfflineKit.Trust.OpenPgp;

/// <summary>A certificate: a primary key, the names it gives itself, and its subkeys, each with what the primary key signed about it.</summary>
/// <remarks>
/// Trust comes from whoever pinned the file; what it says of itself can only limit that trust. Signatures by others mean nothing here.
/// Source: RFC 9580 §10.1.
/// </remarks>
internal sealed class OpenPgpCertificate
{
    private OpenPgpCertificate(CertificateKey primary, ImmutableArray<CertificateKey> subkeys, ImmutableArray<string> userIds) =>
        (Primary, Subkeys, UserIds) = (primary, subkeys, userIds);

    /// <summary>The key that the certificate is named by.</summary>
    public CertificateKey Primary { get; }

    /// <summary>The others.</summary>
    public ImmutableArray<CertificateKey> Subkeys { get; }

    /// <summary>The names that it gives itself, untrusted text.</summary>
    public ImmutableArray<string> UserIds { get; }

    /// <summary>The primary key's fingerprint, lower-case hex.</summary>
    public string Fingerprint => Primary.Key.Fingerprint;

    /// <summary>All keys, the primary one first.</summary>
    public IEnumerable<CertificateKey> Keys => Subkeys.Prepend(Primary);

    /// <summary>The certificates in <paramref name="packets"/>, one after the other.</summary>
    public static ImmutableArray<OpenPgpCertificate> Parse(ImmutableArray<Packet> packets, string what)
    {
        var certificates = ImmutableArray.CreateBuilder<OpenPgpCertificate>();
        int start = 0;
        while (start < packets.Length)
        {
            int end = start + 1;
            while (end < packets.Length && packets[end] is (not PublicKeyPacket) or PublicSubkeyPacket)
            {
                end++;
            }

            certificates.Add(ParseOne(packets[start..end], what));
            start = end;
        }

        return certificates.Count > 0 ? certificates.ToImmutable() : throw new MalformedException($"{what}: no OpenPGP certificate");
    }

    private static OpenPgpCertificate ParseOne(ImmutableArray<Packet> packets, string what)
    {
        if (packets[0] is SecretKeyPacket)
        {
            throw new MalformedException(Reasons.PrivateKeyGiven, $"{what}: an OpenPGP secret key");
        }

        if (packets[0] is not PublicKeyPacket first || first is PublicSubkeyPacket)
        {
            throw new MalformedException($"{what}: an OpenPGP certificate begins with its primary key, not with a packet of type {(int)packets[0].PacketTag}");
        }

        OpenPgpKey primary = OpenPgpKey.Of(first);
        ImmutableArray<Component> components = Component.Split(packets);
        SelfSignatures own = SelfSignatures.Of(primary, components);
        ImmutableArray<CertificateKey> subkeys =
            [.. components.Where(component => component.Head is PublicSubkeyPacket).Select(component => CertificateKey.Subkey(primary, component)).OfType<CertificateKey>()];
        return new OpenPgpCertificate(new CertificateKey(primary, own.Newest, own.Revocations), subkeys, [.. components.Select(component => component.UserId).OfType<string>()]);
    }
}
