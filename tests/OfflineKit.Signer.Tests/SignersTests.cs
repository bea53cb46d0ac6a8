using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Signer.Configuration;
using OfflineKit.Signer.Keys;
using OfflineKit.Signer.Signing;
using OfflineKit.Signing;

namespace OfflineKit.Signer.Tests;

/// <summary>Several keys: all sign, or nothing leaves; and what a key answers wrongly never leaves.</summary>
public sealed class SignersTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("signer-keys-").FullName;

    [Fact]
    public async Task One_of_two_keys_fails_and_nothing_is_made()
    {
        using JwtKey good = new(), bad = new();
        OpenedKey first = await OpenAsync(good), second = new(first.Configuration with { Name = "bad", Pinned = KeyOf(bad) }, new FailingKey(KeyOf(bad)));
        SigningException fault = await Assert.ThrowsAsync<SigningException>(() => SignAsync(first, second));
        Assert.Equal("service.failed", fault.Finding.Reason.Code);
        Assert.Single((await SignAsync(first)).Signatures);
        await first.Key.DisposeAsync();
    }

    [Fact]
    public async Task A_key_whose_answer_does_not_verify_releases_nothing()
    {
        using JwtKey other = new();
        SigningException fault = await Assert.ThrowsAsync<SigningException>(() => SignAsync(new OpenedKey(Configuration(KeyOf(other)), new LyingKey(KeyOf(other)))));
        Assert.Equal("sign.does-not-verify", fault.Finding.Reason.Code);
    }

    [Fact]
    public async Task An_envelope_that_the_verifier_refuses_does_not_leave()
    {
        using JwtKey key = new(), pinned = new();
        OpenedKey opened = await OpenAsync(key);

        // The key signs, and is not the one that verifiers know by this name.
        SigningException fault = await Assert.ThrowsAsync<SigningException>(() => SignAsync(opened with { Configuration = opened.Configuration with { Pinned = KeyOf(pinned) } }));
        Assert.Equal("sign.does-not-verify", fault.Finding.Reason.Code);
        await opened.Key.DisposeAsync();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Task<SignedAnswer> SignAsync(params OpenedKey[] keys)
    {
        SignRequest request = SignRequest.Parse(StrictJson.ParseObject("""{"subject":[{"name":"a","digest":{"sha256":"1111111111111111111111111111111111111111111111111111111111111111"}}],"predicateType":"t","predicate":{},"poe":{"format":"jwt","value":"x"}}"""u8.ToArray(), "request"));
        return StatementSigner.SignAsync(CanonicalStatement.Of(request), "acme", [.. keys], request.Options, default);
    }

    private async Task<OpenedKey> OpenAsync(JwtKey key)
    {
        string path = Path.Combine(_folder, Guid.NewGuid().ToString("N"));
        await File.WriteAllTextAsync(path, key.PrivatePem);
        return new OpenedKey(Configuration(KeyOf(key)), await KnownKeySources.OpenAsync(KeyUri.Parse("file:" + path), new KeyOpening(), default));
    }

    private static SignerKeyConfiguration Configuration(KeyMaterial pinned) => new("key", KeyUri.Parse("file:/nowhere"), pinned, KeyState.Active, null, null, ImmutableArray<X509.Certificate>.Empty);

    private static KeyMaterial KeyOf(JwtKey key) => OfflineKit.Trust.KeyFile.Parse(System.Text.Encoding.UTF8.GetBytes(key.PublicPem), "key", "key").Material;

    private sealed class FailingKey(KeyMaterial key) : SigningKey(KeyUri.Parse("file:/nowhere"), PublicKey.Bind(key, SignatureScheme.EcdsaSha256), "failing")
    {
        protected override Task<KeyAnswer> AskAboutDigestAsync(Digest digest, CancellationToken cancellation) => throw OfflineKit.Signing.Services.ServiceReasons.Failed.Refusal("the service failed");

        protected override Task<KeyAnswer> AskAboutMessageAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation) => throw new NotSupportedException();
    }

    private sealed class LyingKey(KeyMaterial key) : SigningKey(KeyUri.Parse("file:/nowhere"), PublicKey.Bind(key, SignatureScheme.EcdsaSha256), "lying")
    {
        protected override Task<KeyAnswer> AskAboutDigestAsync(Digest digest, CancellationToken cancellation) => Task.FromResult(new KeyAnswer(new byte[64]));

        protected override Task<KeyAnswer> AskAboutMessageAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
