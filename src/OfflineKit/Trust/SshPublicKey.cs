using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Trust;

/// <summary>A public key in SSH wire form.</summary>
/// <param name="Type">The key type, such as <c>ssh-ed25519</c>.</param>
/// <param name="Material">The key.</param>
/// <param name="Application">The application that a FIDO key is bound to; null for other keys.</param>
/// <remarks>Source: RFC 4253 §6.6, RFC 5656 §3.1, RFC 8709, OpenSSH PROTOCOL.u2f.</remarks>
internal sealed record SshPublicKey(string Type, KeyMaterial Material, string? Application)
{
    /// <summary>The key in <paramref name="blob"/>.</summary>
    public static SshPublicKey Parse(ReadOnlySpan<byte> blob)
    {
        SshCursor cursor = new(blob, "SSH public key");
        string type = cursor.Text();
        KeyMaterial material = type switch
        {
            "ssh-ed25519" or "sk-ssh-ed25519@openssh.com" => KeyMaterial.Ed25519(cursor.Bytes()),
            "ecdsa-sha2-nistp256" or "sk-ecdsa-sha2-nistp256@openssh.com" => Elliptic(ref cursor, EllipticCurve.P256, "nistp256"),
            "ecdsa-sha2-nistp384" => Elliptic(ref cursor, EllipticCurve.P384, "nistp384"),
            "ecdsa-sha2-nistp521" => Elliptic(ref cursor, EllipticCurve.P521, "nistp521"),
            "ssh-rsa" => Rsa(ref cursor),
            _ when type.Contains("-cert-v", StringComparison.Ordinal) =>
                throw new MalformedException(Reasons.CertificateGiven, $"SSH key of type {type}: certificates are not supported"),
            _ => throw new MalformedException(Reasons.UnsupportedKey, $"SSH key of type {type}"),
        };
        string? application = type.StartsWith("sk-", StringComparison.Ordinal) ? cursor.Text() : null;
        cursor.End();
        return new SshPublicKey(type, material, application);
    }

    private static KeyMaterial Elliptic(ref SshCursor cursor, EllipticCurve curve, string name)
    {
        string stated = cursor.Text();
        ReadOnlySpan<byte> point = cursor.Bytes();
        return string.Equals(stated, name, StringComparison.Ordinal) && point.StartsWith((ReadOnlySpan<byte>)[0x04])
            ? KeyMaterial.Elliptic(curve, point)
            : throw new MalformedException($"SSH public key: curve {stated}, wanted {name} with an uncompressed point");
    }

    private static KeyMaterial Rsa(ref SshCursor cursor)
    {
        ReadOnlySpan<byte> exponent = cursor.PositiveInteger(), modulus = cursor.PositiveInteger();
        return KeyMaterial.RsaKey(modulus, exponent);
    }
}
