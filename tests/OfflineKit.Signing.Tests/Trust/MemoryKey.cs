using System.Security.Cryptography;
using OfflineKit.Crypto;
using OfflineKit.Signing.Trust;

namespace OfflineKit.Signing.Tests.Trust;

/// <summary>A throw-away key that signs in memory.</summary>
internal sealed class MemoryKey : SigningKey
{
    // Making an RSA key takes longer than everything else in a test.
    private static readonly Lazy<MemoryKey> Shared = new(() => Of(RSA.Create(2048)));

    private readonly AsymmetricAlgorithm _key;

    private MemoryKey(AsymmetricAlgorithm key, KeyMaterial material)
        : base(KeyUri.Parse("memory.pem"), PublicKey.Bind(material, TufKeyText.SchemeOf(material)), "memory") => _key = key;

    public override bool IsLocal => true;

    public KeyMaterial Material => PublicKey.Material;

    public static MemoryKey P256() => Of(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    public static MemoryKey P384() => Of(ECDsa.Create(ECCurve.NamedCurves.nistP384));

    public static MemoryKey Rsa() => Shared.Value;

    private static MemoryKey Of(AsymmetricAlgorithm key) => new(key, SubjectPublicKeyInfo.Parse(key.ExportSubjectPublicKeyInfo()));

    protected override Task<KeyAnswer> AskAboutDigestAsync(Digest digest, CancellationToken cancellation) => Task.FromResult(new KeyAnswer(_key switch
    {
        ECDsa ecdsa => ecdsa.SignHash(digest.Bytes),
        RSA rsa => rsa.SignHash(digest.Bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
        _ => throw new InvalidOperationException(),
    }));

    protected override Task<KeyAnswer> AskAboutMessageAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation) => throw new NotSupportedException();
}
