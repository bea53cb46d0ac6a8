using System.Buffers.Binary;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Trust;

namespace OfflineKit.Formats.SshSig;

/// <summary>The signature proper inside an SSH signature, fitted to the key that it claims.</summary>
/// <param name="Scheme">What the key type and the signature type fix together.</param>
/// <param name="Value">The value in the form that <see cref="PublicKey"/> takes.</param>
/// <param name="Flags">A security key's flags; null for other keys.</param>
/// <param name="Counter">A security key's signature counter.</param>
/// <remarks>Source: RFC 4253 §6.6, RFC 5656 §3.1.2, RFC 8332 §3, OpenSSH PROTOCOL.u2f.</remarks>
internal sealed record SshSignatureBlob(SignatureScheme Scheme, ReadOnlyMemory<byte> Value, byte? Flags, uint Counter)
{
    private const byte UserPresent = 0x01;

    /// <summary>Somebody touched the security key; true for keys without that question.</summary>
    public bool IsTouched => Flags is not { } flags || (flags & UserPresent) != 0;

    /// <summary>The signature in <paramref name="blob"/>, which must be of the type of <paramref name="key"/>.</summary>
    public static SshSignatureBlob Parse(ReadOnlySpan<byte> blob, SshPublicKey key)
    {
        SshCursor cursor = new(blob, "SSH signature");
        string type = cursor.Text();
        SignatureScheme scheme = SchemeOf(type, key);
        ReadOnlySpan<byte> raw = cursor.Bytes();
        byte[] value = key.Material.Kind switch
        {
            KeyKind.Rsa => Exactly(raw, (key.Material.RsaBits + 7) / 8),
            KeyKind.Ed25519 => Exactly(raw, 64),
            _ => Ecdsa(raw, key.Material.Curve ?? throw new MalformedException(Reasons.UnsupportedKey, $"SSH key of kind {key.Material.Kind}")),
        };
        byte? flags = key.Application is null ? null : cursor.Single();
        uint counter = key.Application is null ? 0 : cursor.Number();
        cursor.End();
        return new SshSignatureBlob(scheme, value, flags, counter);
    }

    /// <summary>What the key signed: the message, or for a security key the hash of the message among the key's own statements.</summary>
    public byte[] Signed(byte[] message, SshPublicKey key)
    {
        if (key.Application is not { } application || Flags is not { } flags)
        {
            return message;
        }

        byte[] counter = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(counter, Counter);
        return [.. Digest.Sha256(Utf8Text.Encode(application)).Bytes, flags, .. counter, .. Digest.Sha256(message).Bytes];
    }

    private static SignatureScheme SchemeOf(string type, SshPublicKey key)
    {
        if (type is "ssh-rsa")
        {
            throw new MalformedException(AlgorithmReasons.HashNotAccepted, "signature type ssh-rsa hashes with SHA-1; wanted rsa-sha2-512 or rsa-sha2-256");
        }

        return (key.Type, type) switch
        {
            ("ssh-rsa", "rsa-sha2-256") => SignatureScheme.RsaPkcs1Sha256,
            ("ssh-rsa", "rsa-sha2-512") => SignatureScheme.RsaPkcs1Sha512,
            ("ssh-ed25519", "ssh-ed25519") or ("sk-ssh-ed25519@openssh.com", "sk-ssh-ed25519@openssh.com") => SignatureScheme.Ed25519,
            ("ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256") => SignatureScheme.EcdsaSha256,
            ("sk-ecdsa-sha2-nistp256@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com") => SignatureScheme.EcdsaSha256,
            ("ecdsa-sha2-nistp384", "ecdsa-sha2-nistp384") => SignatureScheme.EcdsaSha384,
            ("ecdsa-sha2-nistp521", "ecdsa-sha2-nistp521") => SignatureScheme.EcdsaSha512,
            _ => throw new MalformedException(Reasons.AlgorithmMismatch, $"signature type {type} does not fit a key of type {key.Type}"),
        };
    }

    private static byte[] Ecdsa(ReadOnlySpan<byte> raw, EllipticCurve curve)
    {
        SshCursor pair = new(raw, "SSH signature");
        ReadOnlySpan<byte> r = pair.PositiveInteger(), s = pair.PositiveInteger();
        pair.End();
        return EcdsaSignature.FromNumbers(r, s, curve) ?? throw new MalformedException("SSH signature: r or s is wider than a coordinate of the curve");
    }

    private static byte[] Exactly(ReadOnlySpan<byte> value, int size) =>
        value.Length == size ? value.ToArray() : throw new MalformedException($"SSH signature: {value.Length} bytes, wanted {size}");
}
