using System.Security.Cryptography;
using OfflineKit.Crypto;

namespace OfflineKit.Signing.Tests;

/// <summary>A key at an imagined service, which answers whatever the test says.</summary>
internal sealed class ScriptedKey : SigningKey
{
    private int _questions;

    private readonly ECDsa _key;
    private readonly Func<byte[], KeyAnswer> _answer;

    private ScriptedKey(ECDsa key, PublicKey publicKey, Func<ECDsa, byte[], KeyAnswer>? answer)
        : base(KeyUri.Parse("awskms:///alias/test"), publicKey, "arn:aws:kms:eu-central-1:111122223333:key/test")
    {
        _key = key;
        _answer = digest => (answer ?? ((own, hash) => new KeyAnswer(own.SignHash(hash), SignatureScheme.EcdsaSha256, Reference)))(_key, digest);
    }

    public static ScriptedKey Answering(Func<ECDsa, byte[], KeyAnswer>? answer = null)
    {
        ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        KeyMaterial material = SubjectPublicKeyInfo.Parse(key.ExportSubjectPublicKeyInfo());
        return new ScriptedKey(key, PublicKey.Bind(material, SignatureScheme.EcdsaSha256), answer);
    }

    public KeyMaterial Material => PublicKey.Material;

    public int Questions => _questions;

    protected override Task<KeyAnswer> AskAboutDigestAsync(Digest digest, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _questions);
        return Task.FromResult(_answer(digest.Bytes.ToArray()));
    }

    protected override Task<KeyAnswer> AskAboutMessageAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation) => throw new NotSupportedException();
}
