using System.Collections.Immutable;
using System.Formats.Asn1;
using System.Security.Cryptography;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Signing.Keys.Files;

/// <summary>A new ML-DSA key: its seed, written as PKCS#8 in PEM.</summary>
/// <remarks>Source: RFC 9881 §6 (the seed form), RFC 5958.</remarks>
internal sealed class MlDsaSecretKey : INewKey, IDisposable
{
    private readonly MlDsaParameterSet _set;
    private readonly SecretMemory _seed;

    private MlDsaSecretKey(MlDsaParameterSet set, SecretMemory seed)
    {
        (_set, _seed) = (set, seed);
        using MlDsaPrivateHalf half = new(set, seed.Bytes);
        Public = half.Public;
    }

    /// <summary>The public half.</summary>
    public KeyMaterial Public { get; }

    /// <inheritdoc/>
    public byte[] PublicFile => Utf8Text.Encode(new string(PemEncoding.Write("PUBLIC KEY", Public.Spki.Span)) + "\n");

    /// <summary>The names of the parameter sets.</summary>
    public static ImmutableArray<string> Names { get; } = [.. MlDsaParameterSet.All.Select(set => set.Name)];

    /// <summary>A new key of the parameter set called <paramref name="name"/>, one of <see cref="Names"/>.</summary>
    /// <exception cref="InvalidOperationException">There is none of that name.</exception>
    public static MlDsaSecretKey Generate(string name)
    {
        MlDsaParameterSet set = MlDsaParameterSet.All.Single(known => string.Equals(known.Name, name, StringComparison.Ordinal));
        SecretMemory seed = new(MlDsaPrivateHalf.SeedSize);
        RandomNumberGenerator.Fill(seed.Bytes);
        return new MlDsaSecretKey(set, seed);
    }

    /// <inheritdoc/>
    public SecretMemory Write(SecretMemory? password)
    {
        using SecretMemory open = Pkcs8();
        if (password is null)
        {
            return Pem("PRIVATE KEY", open.Bytes);
        }

        byte[] encrypted = EncryptedPkcs8Writer.Encrypt(open, password);
        return Pem("ENCRYPTED PRIVATE KEY", encrypted);
    }

    /// <inheritdoc/>
    public void Dispose() => _seed.Dispose();

    private SecretMemory Pkcs8()
    {
        AsnWriter writer = new(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(0);
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(_set.Oid);
            }

            using (writer.PushOctetString())
            {
                writer.WriteOctetString(_seed.Bytes, new Asn1Tag(TagClass.ContextSpecific, 0));
            }
        }

        return SecretMemory.TakeOver(writer.Encode());
    }

    private static SecretMemory Pem(string label, ReadOnlySpan<byte> der)
    {
        char[] text = PemEncoding.Write(label, der);
        byte[] bytes = new byte[text.Length + 1];
        System.Text.Encoding.ASCII.GetBytes(text, bytes);
        bytes[^1] = (byte)'\n';
        Array.Clear(text);
        return SecretMemory.TakeOver(bytes);
    }
}
