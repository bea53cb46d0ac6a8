using System.Security.Cryptography;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Signing.Pkcs11;

namespace OfflineKit.Signing.Tests.Tokens;

/// <summary>Points and curves in the spellings of different modules.</summary>
public sealed class TokenPublicKeyTests
{
    [Fact]
    public void A_point_is_read_bare_wrapped_and_compressed()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        ECParameters q = key.ExportParameters(false);
        byte[] oid = [6, 8, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 3, 1, 7], bare = [4, .. q.Q.X!, .. q.Q.Y!], compressed = [(byte)(2 + (q.Q.Y![31] & 1)), .. q.Q.X!];
        KeyMaterial wanted = SubjectPublicKeyInfo.Parse(key.ExportSubjectPublicKeyInfo());
        foreach (byte[] point in (byte[][])[bare, [4, 65, .. bare], compressed, [4, 33, .. compressed]])
        {
            Assert.Equal(wanted, TokenPublicKey.Elliptic(oid, point));
        }

        Assert.Throws<MalformedException>(() => TokenPublicKey.Elliptic(oid, [4, 65, .. bare, 0]));
        Assert.Throws<MalformedException>(() => TokenPublicKey.Elliptic([.. oid, 0], bare));
        Assert.Throws<MalformedException>(() => TokenPublicKey.Elliptic([6, 3, 0x2B, 0x65, 0x70], bare));
    }

    [Fact]
    public void An_edwards_key_is_read_under_each_of_its_names()
    {
        byte[] key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
        byte[][] names = ["\u0013\u000cedwards25519"u8.ToArray(), [6, 3, 0x2B, 0x65, 0x70], [6, 9, 0x2B, 6, 1, 4, 1, 0xDA, 0x47, 0xF, 1]];
        foreach (byte[] name in names)
        {
            Assert.Equal(key, TokenPublicKey.Edwards(name, key).Ed25519Bytes.ToArray());
            Assert.Equal(key, TokenPublicKey.Edwards(name, [4, 32, .. key]).Ed25519Bytes.ToArray());
            Assert.Equal(key, TokenPublicKey.Edwards(name, [3, 33, 0, .. key]).Ed25519Bytes.ToArray());
        }

        Assert.Throws<MalformedException>(() => TokenPublicKey.Edwards([6, 3, 0x2B, 0x65, 0x71], key));
    }
}
