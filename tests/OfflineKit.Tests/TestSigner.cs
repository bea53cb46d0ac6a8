using System.Collections.Immutable;
using System.Security.Cryptography;
using OfflineKit.Crypto;
using OfflineKit.Trust;

namespace OfflineKit.Tests;

/// <summary>A P-256 key made for one test, and the evidence that it signs: evidence is made through the gate or not at all.</summary>
internal sealed class TestSigner : IDisposable
{
    private static readonly byte[] Message = "message"u8.ToArray();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public KeyMaterial Material => SubjectPublicKeyInfo.Parse(_key.ExportSubjectPublicKeyInfo());

    public string Fingerprint => Material.Fingerprint;

    /// <summary>The key, trusted as <paramref name="name"/>.</summary>
    public TrustedKey As(string name) => new(name, Material, "test");

    /// <summary>That <paramref name="key"/>, an entry of this key and one of <paramref name="candidates"/>, signed.</summary>
    public KeySignature Sign(TrustedKey key, params ImmutableArray<TrustedKey> candidates) =>
        KeySignature.By(key, candidates, SignatureScheme.EcdsaSha256, SigningInput.Of(Message), _key.SignData(Message, HashAlgorithmName.SHA256))!;

    /// <summary>The evidence that the key signed under <paramref name="name"/>.</summary>
    public SignedByKey Evidence(string name) =>
        SignedByKey.Prove(Sign(As(name)), new SignatureFacts("test"), new VerificationContext(TrustStore.Empty, Expectations.None, StatedTime: null)).Value!;

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();
}
