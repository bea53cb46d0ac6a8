using System.Buffers.Text;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Signer.Http;
using OfflineKit.Signer.Stores;

namespace OfflineKit.Signer.Tokens;

/// <summary>What the request was, as far as a proof speaks of it.</summary>
/// <param name="Headers">Every value of the <c>DPoP</c> header field.</param>
/// <param name="Method">The request's method.</param>
/// <param name="Target">The public address of the request, in its one spelling.</param>
/// <param name="Token">The access token, as it was sent.</param>
internal sealed record DpopRequest(IReadOnlyList<string> Headers, string Method, string Target, string Token);

/// <summary>Judges a DPoP proof, in the order of RFC 9449 §4.3; the numbers are those of docs/signer/authentication.md.</summary>
/// <param name="nonceIsWanted">Whether a proof must carry a nonce of ours.</param>
/// <param name="nonces">The keys of the nonces.</param>
/// <param name="clock">The clock.</param>
internal sealed class DpopCheck(NonceDemand nonceIsWanted, NonceKeys nonces, TimeProvider clock)
{
    private static readonly TimeSpan Past = TimeSpan.FromSeconds(60), Ahead = TimeSpan.FromSeconds(30), WithNonce = TimeSpan.FromSeconds(300), NonceLife = TimeSpan.FromSeconds(300);

    /// <summary>Steps 1 to 11. What must not be used twice is in the answer: it is remembered after the token was judged as well.</summary>
    /// <exception cref="RefusedException"><c>invalid_dpop_proof</c> or <c>use_dpop_nonce</c>.</exception>
    public async Task<UsedOnce> CheckAsync(DpopRequest request, SenderBinding binding)
    {
        // 1 One header field with one proof.
        if (request.Headers is not [{ } text] || text.Contains(',', StringComparison.Ordinal))
        {
            throw TokenRefusals.Proof("dpop_header");
        }

        // 2–5 Form, header, key, signature, claims.
        Result<DpopProof> parsed = Result.Parse(Reasons.MalformedSignature, () => DpopProof.Parse(text));
        DpopProof proof = parsed.Value ?? throw TokenRefusals.Proof("dpop_malformed");

        // 6 The method, 7 the address.
        Demand(string.Equals(proof.Method, request.Method, StringComparison.Ordinal), "dpop_htm");
        Demand(string.Equals(proof.Target, request.Target, StringComparison.Ordinal), "dpop_htu");

        // 8 The time. 9 The nonce, whose own age decides where there is one.
        DateTimeOffset now = clock.GetUtcNow();
        DateTimeOffset? nonceMade = await NonceMadeAsync(proof.Nonce, now).ConfigureAwait(false);
        bool hasNonce = nonceMade is not null;
        Demand(hasNonce ? (now - proof.Issued).Duration() <= WithNonce : proof.Issued >= now - Past && proof.Issued <= now + Ahead, "dpop_iat");

        // 10 The token, 11 the key.
        Demand(proof.TokenHash is { } hash && SenderBinding.Same(hash, Base64Url.EncodeToString(Digest.Sha256(Utf8Text.Encode(request.Token)).Bytes)), "dpop_ath");
        Demand(SenderBinding.Same(proof.Thumbprint, binding.Thumbprint), "dpop_key");

        // 12 is the replay store's.
        TimeSpan life = Past + Ahead + Ahead + (hasNonce ? NonceLife + WithNonce : TimeSpan.Zero);
        return new UsedOnce(ReplayKey.Of(proof.Thumbprint, proof.Id), hasNonce ? ReplayKey.Of(proof.Nonce!, "") : null, (nonceMade ?? proof.Issued) - Ahead, life);
    }

    /// <summary>A nonce for the next proof.</summary>
    public async Task<string> FreshNonceAsync() => NonceMint.Make((await nonces.CurrentAsync(clock.GetUtcNow()).ConfigureAwait(false))[0], clock.GetUtcNow());

    // When a nonce of ours was made; null where none is wanted.
    private async Task<DateTimeOffset?> NonceMadeAsync(string? nonce, DateTimeOffset now)
    {
        if (nonce is null && nonceIsWanted == NonceDemand.Optional)
        {
            return null;
        }

        DateTimeOffset? made = nonce is null ? null : NonceMint.Made(nonce, await nonces.CurrentAsync(now).ConfigureAwait(false));
        return made is { } time && time <= now + Ahead && now - time <= NonceLife
            ? time
            : throw TokenRefusals.Nonce(await FreshNonceAsync().ConfigureAwait(false));
    }

    private static void Demand(bool holds, string reason)
    {
        if (!holds)
        {
            throw TokenRefusals.Proof(reason);
        }
    }
}

/// <summary>Whether a proof must carry a nonce.</summary>
internal enum NonceDemand
{
    /// <summary>It must.</summary>
    Required,

    /// <summary>One that is there is judged.</summary>
    Optional,
}

/// <summary>What a request uses up: the proof, and the nonce in it.</summary>
/// <param name="Proof">The proof's key in the replay store.</param>
/// <param name="Nonce">The nonce's key, or null.</param>
/// <param name="Earliest">The first moment at which they can have been used.</param>
/// <param name="Life">How long both are remembered.</param>
internal sealed record UsedOnce(ReplayKey Proof, ReplayKey? Nonce, DateTimeOffset Earliest, TimeSpan Life);
