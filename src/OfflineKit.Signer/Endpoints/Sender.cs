using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using OfflineKit.Encoding;
using OfflineKit.Signer.Audit;
using OfflineKit.Signer.Http;
using OfflineKit.Signer.Service;
using OfflineKit.Signer.Stores;
using OfflineKit.Signer.Tokens;

namespace OfflineKit.Signer.Endpoints;

/// <summary>Who sent a request: token, proof of the sender, claims, replay, scope, in this order.</summary>
internal static class Sender
{
    /// <summary>The token of the request, believed, with <paramref name="scope"/> in it.</summary>
    /// <exception cref="RefusedException">Anything is not as it must be.</exception>
    public static async Task<OpTok> AuthenticateAsync(RequestTrace trace, string scope)
    {
        // 1 One header; its scheme fits the token's binding. 2 The token's form.
        trace.Learn(facts => facts with { Stage = AuthenticationStage.Reached });
        (string scheme, string text) = Header(trace.Context.Request);
        OpTok token = Result.Parse(Reasons.MalformedSignature, () => OpTok.Parse(text)).Value ?? throw TokenRefusals.Token("malformed");
        trace.Learn(facts => facts with { Token = token });
        if (!string.Equals(scheme, token.Binding.Kind == BindingKind.Dpop ? "DPoP" : "Bearer", StringComparison.OrdinalIgnoreCase))
        {
            throw TokenRefusals.Token("scheme");
        }

        // 3 The sender. 4 The claims. 5 Nothing of it was used before: remembered only now that it is all believed.
        UsedOnce? used = await ProveAsync(trace, text, token).ConfigureAwait(false);
        await trace.Parts.Tokens.CheckAsync(token, trace.Cancellation).ConfigureAwait(false);
        await (used is null ? Task.CompletedTask : UseAsync(trace, used)).ConfigureAwait(false);
        trace.Learn(facts => facts with { Stage = AuthenticationStage.Passed });

        // 6 The scope, as a whole word.
        return token.Scopes.Contains(scope, StringComparer.Ordinal) ? token : throw TokenRefusals.Scope(scope);
    }

    private static (string Scheme, string Token) Header(HttpRequest request)
    {
        if (request.Headers.Authorization.Count == 0)
        {
            throw TokenRefusals.Missing();
        }

        string[] words = request.Headers.Authorization is [{ } only] ? only.Split(' ') : [];
        return words is [var scheme, { Length: > 0 } token] ? (scheme, token) : throw TokenRefusals.Token("header");
    }

    // What a DPoP proof uses up; a certificate proves by the connection, and uses nothing up.
    private static async Task<UsedOnce?> ProveAsync(RequestTrace trace, string text, OpTok token)
    {
        if (token.Binding.Kind == BindingKind.MutualTls)
        {
            trace.Parts.Certificates.Check(trace.Context.Connection.ClientCertificate, token);
            return null;
        }

        HttpRequest request = trace.Context.Request;
        string target = trace.Context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0];
        DpopRequest said = new([.. request.Headers["DPoP"].Select(value => value ?? "")], request.Method, TargetUri.Normalise(trace.Parts.Configuration.PublicOrigin + target), text);
        return await StoreOrRefuseAsync(() => trace.Parts.Dpop.CheckAsync(said, token.Binding)).ConfigureAwait(false);
    }

    private static async Task UseAsync(RequestTrace trace, UsedOnce used)
    {
        ReplayKey[] keys = used.Nonce is null ? [used.Proof] : [used.Proof, used.Nonce];
        ReplayKey? again = await StoreOrRefuseAsync(() => trace.Parts.Replay.AddAsync(keys, used.Earliest, used.Life, trace.Cancellation)).ConfigureAwait(false);
        if (again is not null)
        {
            throw again == used.Proof ? TokenRefusals.Proof("dpop_replay") : TokenRefusals.Nonce(await trace.Parts.Dpop.FreshNonceAsync().ConfigureAwait(false));
        }

        trace.Context.Response.Headers["DPoP-Nonce"] = await trace.Parts.Dpop.FreshNonceAsync().ConfigureAwait(false);
    }

    private static async Task<T> StoreOrRefuseAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (StoreUnavailableException)
        {
            throw Problems.ReplayStoreUnavailable.Because("what was used before cannot be looked up").After(5);
        }
    }
}
