using System.Buffers.Text;
using Microsoft.AspNetCore.Http;
using OfflineKit.Encoding;
using OfflineKit.Signer.Http;
using OfflineKit.Signer.Service;
using OfflineKit.Signer.Tokens;
using OfflineKit.Signing;
using OfflineKit.Signing.Services;

namespace OfflineKit.Signer.Endpoints;

/// <summary><c>POST /demonstration/token</c>: issues a token to whoever proves a key, as an authority would to whoever it knows. It exists only in a demonstration, on loopback.</summary>
/// <remarks>Source: RFC 9449 §5.</remarks>
internal static class DemonstrationTokenEndpoint
{
    /// <summary>Its address.</summary>
    public const string Path = "/demonstration/token";

    private const int Life = 240;

    /// <summary>The answer.</summary>
    public static async Task<ReadOnlyMemory<byte>> AnswerAsync(RequestTrace trace)
    {
        HttpRequest request = trace.Context.Request;
        Result<DpopProof> parsed = Result.Parse(Reasons.MalformedSignature, () => DpopProof.Parse(request.Headers["DPoP"] is [{ } only] ? only : ""));
        DpopProof proof = parsed.Value ?? throw TokenRefusals.Proof("dpop_malformed");
        DateTimeOffset now = trace.Parts.Clock.GetUtcNow();
        string target = TargetUri.Normalise(trace.Parts.Configuration.PublicOrigin + Path);
        if (proof.Method != "POST" || proof.Target != target || (now - proof.Issued).Duration() > TimeSpan.FromSeconds(60))
        {
            throw TokenRefusals.Proof("dpop_htu");
        }

        string token = await TokenAsync(trace, proof.Thumbprint, now).ConfigureAwait(false);
        return JsonText.Object(json =>
        {
            json.WriteString("access_token", token);
            json.WriteString("token_type", "DPoP");
            json.WriteNumber("expires_in", Life);
        });
    }

    private static async Task<string> TokenAsync(RequestTrace trace, string thumbprint, DateTimeOffset now)
    {
        string header = Base64Url.EncodeToString("""{"alg":"ES256","kid":"authority","typ":"at+jwt"}"""u8), claims = Base64Url.EncodeToString(JsonText.Object(json =>
        {
            json.WriteString("iss", trace.Parts.Configuration.Authority.Issuer);
            json.WriteString("aud", "signer");
            json.WriteString("sub", "demonstration");
            json.WriteString("client_id", "demonstration");
            json.WriteString("tid", Demonstration.Tenant);
            json.WriteString("inst", Demonstration.Installation);
            json.WriteString("scope", "signer.sign signer.read signer.audit");
            json.WriteString("jti", RequestIds.Of(given: null));
            json.WriteNumber("iat", now.ToUnixTimeSeconds());
            json.WriteNumber("exp", now.ToUnixTimeSeconds() + Life);
            json.WriteStartObject("cnf");
            json.WriteString("jkt", thumbprint);
            json.WriteEndObject();
        }));
        await using SigningKey key = await KnownKeySources.OpenAsync(
            KeyUri.Parse("file:" + trace.Parts.Configuration.Authority.DemonstrationKey), new KeyOpening { Clock = trace.Parts.Clock }, trace.Cancellation).ConfigureAwait(false);
        VerifiedSignature signature = await key.SignMessageAsync(Utf8Text.Encode($"{header}.{claims}"), trace.Cancellation).ConfigureAwait(false);
        return $"{header}.{claims}.{Base64Url.EncodeToString(signature.Value.Span)}";
    }
}
