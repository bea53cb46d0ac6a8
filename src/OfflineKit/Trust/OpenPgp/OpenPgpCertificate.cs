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

    /// <summary>The names by which signatures call its keys: fingerprints, lower-case hex.</summary>
    public ImmutableArray<string> Fingerprints => [.. Keys.Select(key => key.Key.Fingerprint)];

    /// <summary>SHA-256 of the SubjectPublicKeyInfo of each key whose holder is the certificate's, as far as this program can use it; the primary key's first.</summary>
    /// <remarks>A subkey belongs only when both keys say so: anybody can put the key of somebody else into a certificate.</remarks>
    public ImmutableArray<string> OwnKeys => [.. Keys.Where(key => key.Belongs).Select(key => key.Key.Material.Value?.Fingerprint).OfType<string>()];

    /// <summary>The certificates in <paramref name="content"/>, one after the other; each can be read, or it cannot and the others can.</summary>
    /// <exception cref="MalformedException">The content is no sequence of packets, does not begin with a key, or holds a secret one.</exception>
    public static ImmutableArray<Result<OpenPgpCertificate>> Parse(ReadOnlyMemory<byte> content, string what)
    {
        ImmutableArray<FramedPacket> packets = OpenPgpPackets.In(content, what);
        if (packets.Any(packet => packet.Tag == FramedPacket.SecretKey))
        {
            throw new MalformedException(Reasons.PrivateKeyGiven, $"{what}: an OpenPGP secret key");
        }

        if (packets is not [{ Tag: FramedPacket.PublicKey }, ..])
        {
            throw new MalformedException($"{what}: {(packets.IsEmpty ? "no packet" : $"a packet of type {packets[0].Tag} first")}, wanted a primary key");
        }

        var certificates = ImmutableArray.CreateBuilder<Result<OpenPgpCertificate>>();
        for (int start = 0, end; start < packets.Length; start = end)
        {
            for (end = start + 1; end < packets.Length && packets[end].Tag != FramedPacket.PublicKey; end++)
            {
            }

            ImmutableArray<FramedPacket> own = packets[start..end];
            certificates.Add(Result.Parse(Reasons.MalformedKey, () => ParseOne(own, what)));
        }

        return certificates.ToImmutable();
    }

    private static OpenPgpCertificate ParseOne(ImmutableArray<FramedPacket> packets, string what)
    {
        Result<Packet> head = OpenPgpPackets.Read(packets[0], what);
        if (head.Value is not PublicKeyPacket first)
        {
            throw new MalformedException(Reasons.UnsupportedKey, $"{what}: a primary key that cannot be read: {head.Finding?.Detail}");
        }

        OpenPgpKey primary = OpenPgpKey.Of(first);
        ImmutableArray<Component> components = Component.Split(packets, what);
        SelfSignatures own = SelfSignatures.Of(primary, components);
        ImmutableArray<CertificateKey> subkeys =
            [.. components.Where(component => component.Head is PublicSubkeyPacket).Select(component => CertificateKey.Subkey(primary, component)).OfType<CertificateKey>()];
        return new OpenPgpCertificate(new CertificateKey(primary, own.Newest, own.Revocations), subkeys, [.. components.Select(component => component.UserId).OfType<string>()]);
    }
}
