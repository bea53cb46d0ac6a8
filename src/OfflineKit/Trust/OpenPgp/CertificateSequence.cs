using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.Trust.OpenPgp;

/// <summary>Cuts the packets of a file into certificates: whatever follows a primary key stands in its certificate, up to the next one, in the next block too.</summary>
/// <param name="origin">The file, for reports.</param>
/// <param name="what">What it is called in errors.</param>
internal sealed class CertificateSequence(string origin, string what)
{
    private readonly List<List<FramedPacket>> _certificates = [];
    private readonly List<LeftOutCertificate> _leftOut = [];
    private readonly List<PlacedRevocation> _revocations = [];
    private List<FramedPacket>? _open;
    private Finding? _alone;

    /// <summary>Goes on with the packets in <paramref name="block"/>. Of many blocks one may be damaged; what is known of its certificates is that they are there.</summary>
    /// <exception cref="MalformedException">There is a secret key in it.</exception>
    public void Add(ReadOnlyMemory<byte> block)
    {
        (ImmutableArray<FramedPacket> packets, string? damage) = FramedPacket.UpToDamage(block, what);
        if (damage is null && OpenPgpPackets.In(block, what) is { IsEmpty: false } whole)
        {
            Add(whole);
            return;
        }

        if (packets.Any(packet => packet.Tag == FramedPacket.SecretKey))
        {
            throw new MalformedException(Reasons.PrivateKeyGiven, $"{what}: an OpenPGP secret key");
        }

        Finding why = Reasons.MalformedKey.Because(damage ?? $"{what}: no packet");
        ImmutableArray<string> known = [.. packets.Where(packet => packet.Tag == FramedPacket.PublicKey).Select(packet => Result.Parse(Reasons.MalformedKey, () => OpenPgpKey.OfPrimary(packet, what)).Value?.Fingerprint).OfType<string>()];
        _leftOut.AddRange(known.IsEmpty ? [new LeftOutCertificate(origin, [], why)] : known.Select(fingerprint => new LeftOutCertificate(origin, [fingerprint], why)));
        _open = null;
    }

    /// <summary>What the file holds; its keys are to be trusted under <paramref name="name"/>.</summary>
    public KeyFileContent Close(string name)
    {
        var keys = ImmutableArray.CreateBuilder<TrustedKey>();
        foreach (List<FramedPacket> framed in _certificates)
        {
            ImmutableArray<FramedPacket> packets = [.. framed];
            Result<OpenPgpCertificate> read = Result.Parse(Reasons.MalformedKey, () => OpenPgpCertificate.Of(packets, what));
            if (read.Value is { Unusable: null, Primary.Key.Material.Value: { } material } usable)
            {
                keys.Add(new TrustedKey(name, material, origin) { OpenPgp = usable, Hints = usable.Fingerprints });
                continue;
            }

            _leftOut.Add(new LeftOutCertificate(origin, read.Value?.Fingerprints ?? [], read.Finding ?? read.Value!.Unusable ?? read.Value.Primary.Key.Material.Finding!)
            {
                Doubted = read.Value is { Unusable: not null } doubted ? doubted.OwnKeys : [],
            });

            // It may hold a revocation of its copies, or of a certificate that stands before it in the file.
            _revocations.AddRange(Component.Split(packets, what).SelectMany(component => component.Revocations).Where(revocation => read.Value is not { Unusable: null } useless || !revocation.Signature.MayBeBy(useless.Primary.Key)));
        }

        return new KeyFileContent(keys.ToImmutable(), [.. _leftOut]) { Revocations = [.. _revocations] };
    }

    private void Add(ImmutableArray<FramedPacket> packets)
    {
        foreach (FramedPacket packet in packets)
        {
            switch (packet.Tag)
            {
                case FramedPacket.SecretKey:
                    throw new MalformedException(Reasons.PrivateKeyGiven, $"{what}: an OpenPGP secret key");
                case FramedPacket.PublicKey:
                    _certificates.Add(_open = []);
                    break;
            }

            if (_open is null)
            {
                Alone(packet);
            }

            _open?.Add(packet);
        }
    }

    private void Alone(FramedPacket packet)
    {
        Result<OpenPgpSignature> read = Result.Parse(Reasons.MalformedKey, () => packet.Tag == FramedPacket.Signature ? OpenPgpSignature.Of(packet.Body) : throw new MalformedException($"{what}: a packet of type {packet.Tag} first, wanted a primary key"));
        if (read.Value is { Type: PlacedRevocation.OfPrimary or PlacedRevocation.OfSubkey } revocation)
        {
            _revocations.Add(new PlacedRevocation(revocation, Subkey: null));
        }
        else if (_alone is null)
        {
            // One word for all that stands before the first primary key.
            _alone = read.Finding ?? Reasons.MalformedKey.Because($"{what}: a signature of type 0x{read.Value!.Type:x2} first, wanted a primary key");
            _leftOut.Add(new LeftOutCertificate(origin, [], _alone));
        }
    }
}
