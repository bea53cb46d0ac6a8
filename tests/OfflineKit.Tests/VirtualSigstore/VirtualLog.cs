using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace OfflineKit.Tests.VirtualSigstore;

/// <summary>A transparency log that signs whatever it is given: Rekor v1 (ECDSA), Rekor v2 (Ed25519), or a CT log.</summary>
internal sealed class VirtualLog
{
    private readonly ECDsa? _ecdsa;
    private readonly Ed25519Signer? _ed25519;

    private VirtualLog(string host, ECDsa? ecdsa, Ed25519Signer? ed25519)
    {
        (Host, _ecdsa, _ed25519) = (host, ecdsa, ed25519);
        Id = ed25519 is null
            ? SHA256.HashData(Spki)
            : SHA256.HashData([.. System.Text.Encoding.UTF8.GetBytes(host), (byte)'\n', 0x01, .. ed25519.PublicKey]);
    }

    public string Host { get; }

    public byte[] Id { get; }

    public byte[] Spki => _ecdsa?.ExportSubjectPublicKeyInfo() ?? _ed25519!.Spki;

    /// <summary>How the trusted root calls an elliptic-curve key, and the hash that the log really signs with.</summary>
    public string KeyDetails { get; init; } = "PKIX_ECDSA_P256_SHA_256";

    public HashAlgorithmName Hash { get; init; } = HashAlgorithmName.SHA256;

    public static VirtualLog Ecdsa(string host) => new(host, ECDsa.Create(ECCurve.NamedCurves.nistP256), ed25519: null);

    public static VirtualLog P521(string host, HashAlgorithmName hash) => new(host, ECDsa.Create(ECCurve.NamedCurves.nistP521), ed25519: null) { KeyDetails = "PKIX_ECDSA_P521_SHA_512", Hash = hash };

    public static VirtualLog Ed25519(string host) => new(host, ecdsa: null, new Ed25519Signer());

    public byte[] Sign(byte[] message) => _ecdsa?.SignData(message, Hash, DSASignatureFormat.Rfc3279DerSequence) ?? _ed25519!.Sign(message);

    /// <summary>A checkpoint of this log, under another origin, name or signer where asked.</summary>
    public string Checkpoint(string origin, long size, byte[] root, VirtualLog? signer = null, string? name = null)
    {
        string text = $"{origin}\n{size}\n{Convert.ToBase64String(root)}\n";
        byte[] signature = (signer ?? this).Sign(System.Text.Encoding.UTF8.GetBytes(text));
        return $"{text}\n\u2014 {name ?? Host} {Convert.ToBase64String([.. Id[..4], .. signature])}\n";
    }

    public byte[] Promise(byte[] body, long time, long index) => Sign(System.Text.Encoding.UTF8.GetBytes(
        $$"""{"body":"{{Convert.ToBase64String(body)}}","integratedTime":{{time}},"logID":"{{Convert.ToHexStringLower(Id)}}","logIndex":{{index}}}"""));

    /// <summary>The list of one SCT for a TBSCertificate, as the extension carries it; <paramref name="edit"/> acts on the signed SCT.</summary>
    public byte[] SctList(byte[] tbs, byte[] issuerSpki, DateTimeOffset time, Func<byte[], byte[]> edit)
    {
        byte[] stamp = new byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(stamp, (ulong)time.ToUnixTimeMilliseconds());
        byte[] length = [(byte)(tbs.Length >> 16), (byte)(tbs.Length >> 8 & 0xFF), (byte)(tbs.Length & 0xFF)];
        byte[] signature = Sign([0, 0, .. stamp, 0, 1, .. SHA256.HashData(issuerSpki), .. length, .. tbs, 0, 0]);
        byte[] sct = edit([0, .. Id, .. stamp, 0, 0, 4, 3, .. Short(signature.Length), .. signature]);
        return Der.Octets([.. Short(sct.Length + 2), .. Short(sct.Length), .. sct]);
    }

    public JsonObject ForRoot(string? start = "2025-01-01T00:00:00Z", string? end = null)
    {
        JsonObject window = new();
        if (start is not null) window["start"] = start;
        if (end is not null) window["end"] = end;
        return new JsonObject
        {
            ["baseUrl"] = $"https://{Host}",
            ["hashAlgorithm"] = "SHA2_256",
            ["publicKey"] = new JsonObject
            {
                ["rawBytes"] = Convert.ToBase64String(Spki),
                ["keyDetails"] = _ecdsa is null ? "PKIX_ED25519" : KeyDetails,
                ["validFor"] = window,
            },
            ["logId"] = new JsonObject { ["keyId"] = Convert.ToBase64String(Id) },
        };
    }

    private static byte[] Short(int value) => [(byte)(value >> 8), (byte)(value & 0xFF)];
}
