using System.Collections.Immutable;
using System.Net;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Signer.Releases;
using OfflineKit.Signer.Signing;
using OfflineKit.Signer.Tokens;

namespace OfflineKit.Fuzz.Targets;

/// <summary>What strangers send to the signing service: tokens, proofs, requests, and the answers of a registry.</summary>
internal static class SignerTargets
{
    private static readonly string Zeros = new('1', 64);

    /// <summary>One for each.</summary>
    public static ImmutableArray<Target> All { get; } =
    [
        new("signer-token", static content => _ = OpTok.Parse(Latin(content))) { OwnSeeds = SignerSeeds.Tokens },
        new("signer-proof", static content => _ = DpopProof.Parse(Latin(content))) { OwnSeeds = SignerSeeds.Proofs },
        new("signer-request", static content => _ = CanonicalStatement.Of(SignRequest.Parse(StrictJson.ParseObject(content, "request")))) { OwnSeeds = static () => [SignerSeeds.Request(Zeros)] },
        new("signer-export", static content => _ = CanonicalStatement.Of(ExportRequest.Parse(StrictJson.ParseObject(content, "request")).Request)) { OwnSeeds = static () => [SignerSeeds.Export(Zeros)] },
        new("signer-address", static content => _ = TargetUri.Normalise(Latin(content))) { OwnSeeds = static () => ["https://signer.example:443/a/../b/%41%2f"u8.ToArray(), "http://[::1]:8080/%7Ea/./b"u8.ToArray()] },
        new("signer-keys", static content => _ = PinnedKeys.Parse(content, "keys")) { OwnSeeds = SignerSeeds.KeySets },
        new("signer-revoked", static content => _ = RevokedTokens.Parse(content, "revoked")) { OwnSeeds = static () => ["""{"revoked":["a","b"]}"""u8.ToArray()] },
        new("signer-referrers", static content => Ask(new Registry { Referrers = content })) { OwnSeeds = SignerSeeds.Referrers },
        new("signer-manifest", static content => Ask(new Registry { Manifest = content })) { OwnSeeds = SignerSeeds.Manifests },
    ];

    // Headers arrive as text of one byte a character.
    private static string Latin(byte[] content) => System.Text.Encoding.Latin1.GetString(content);

    private static void Ask(Registry registry)
    {
        using RegistrySource source = new(new Uri("https://registry.example/v2/scanner"), Trusted.Store.Keys, TimeProvider.System, registry);
        _ = source.AskAsync("sha256:" + Zeros, DateTimeOffset.UnixEpoch, CancellationToken.None).GetAwaiter().GetResult();
    }

    /// <summary>A registry in this process: what refers to the image is what the fuzzer made, or one manifest that it made.</summary>
    private sealed class Registry : HttpMessageHandler
    {
        /// <summary>The list of what refers to the image; null: a list of <see cref="Manifest"/>.</summary>
        public byte[]? Referrers { get; init; }

        /// <summary>The only manifest, which also every tag names.</summary>
        public byte[] Manifest { get; init; } = [];

        /// <inheritdoc/>
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            string path = request.RequestUri!.AbsolutePath;
            byte[]? answer = path.Contains("/referrers/", StringComparison.Ordinal) ? Referrers ?? Utf8Text.Encode($"{{\"manifests\":[{{\"digest\":\"{Digest.Sha256(Manifest)}\"}}]}}")
                : path.Contains("/manifests/", StringComparison.Ordinal) && Referrers is null ? Manifest
                : null;
            return Task.FromResult(answer is null ? new HttpResponseMessage(HttpStatusCode.NotFound) : new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(answer) });
        }
    }
}
