using OfflineKit.Signer.Http;

namespace OfflineKit.Signer.Tokens;

/// <summary>Refusals of tokens and proofs, with the challenge that belongs to each. What exactly was wrong stands in metrics and the audit log, not in the answer.</summary>
/// <remarks>Source: RFC 6750 §3, RFC 9449 §7.1 and §9.</remarks>
internal static class TokenRefusals
{
    private const string Algorithms = "algs=\"ES256 EdDSA\"";

    /// <summary>No token.</summary>
    public static RefusedException Missing() => Challenge(Problems.TokenMissing, "token_missing", $"DPoP {Algorithms}", "the request has no Authorization header");

    /// <summary>The token is not believed.</summary>
    /// <param name="reason">Why, in one word, for metrics.</param>
    public static RefusedException Token(string reason) => Challenge(
        Problems.InvalidToken, reason, $"DPoP error=\"invalid_token\", error_description=\"the access token is not accepted\", {Algorithms}", "the access token is not accepted");

    /// <summary>The proof is not believed.</summary>
    public static RefusedException Proof(string reason) => Challenge(
        Problems.InvalidDpopProof, reason, $"DPoP error=\"invalid_dpop_proof\", error_description=\"the DPoP proof is not accepted\", {Algorithms}", "the DPoP proof is not accepted");

    /// <summary>The proof must carry a nonce of ours.</summary>
    public static RefusedException Nonce(string fresh)
    {
        RefusedException refusal = Challenge(Problems.UseDpopNonce, "dpop_nonce", $"DPoP error=\"use_dpop_nonce\", error_description=\"a nonce is wanted in the DPoP proof\", {Algorithms}", "a nonce is wanted in the DPoP proof");
        return new RefusedException(refusal.Problem, refusal.Message) { Reason = refusal.Reason, Headers = refusal.Headers.Add(KeyValuePair.Create("DPoP-Nonce", fresh)) };
    }

    /// <summary>No client certificate, or one that is not trusted for the tenant.</summary>
    public static RefusedException Certificate(string reason, string detail) =>
        Challenge(Problems.ClientCertificateRequired, reason, "Bearer error=\"invalid_token\", error_description=\"a trusted client certificate is wanted\"", detail);

    /// <summary>The certificate is not the token's.</summary>
    public static RefusedException CertificateBinding() => Challenge(
        Problems.CertificateBindingMismatch, "x5t", "Bearer error=\"invalid_token\", error_description=\"the token is bound to another certificate\"", "the token is bound to another certificate");

    /// <summary>The scope does not reach.</summary>
    public static RefusedException Scope(string wanted) => Challenge(
        Problems.InsufficientScope, "scope", $"DPoP error=\"insufficient_scope\", scope=\"{wanted}\", {Algorithms}", $"the scope {wanted} is wanted");

    private static RefusedException Challenge(Problem problem, string reason, string challenge, string detail) =>
        new(problem, detail) { Reason = reason, Headers = [KeyValuePair.Create("WWW-Authenticate", challenge)] };
}
