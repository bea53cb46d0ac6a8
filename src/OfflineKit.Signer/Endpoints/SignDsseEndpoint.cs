using OfflineKit.Encoding;
using OfflineKit.Crypto;
using OfflineKit.Signer.Http;
using OfflineKit.Signer.Signing;

namespace OfflineKit.Signer.Endpoints;

/// <summary><c>POST /api/v1/signer/sign/dsse</c>: signs one statement.</summary>
internal static class SignDsseEndpoint
{
    /// <summary>The scope that it wants.</summary>
    public const string Scope = "signer.sign";

    /// <summary>The answer.</summary>
    public static async Task<ReadOnlyMemory<byte>> AnswerAsync(RequestTrace trace)
    {
        (JsonValue json, ReadOnlyMemory<byte> body) = await RequestReader.ReadAsync(trace.Context.Request, trace.Parts.Configuration.Limits.BodyBytes, trace.Cancellation).ConfigureAwait(false);
        SignRequest request = SignRequest.Parse(json);
        SigningOrder order = new(request, CanonicalStatement.Of(request), Digest.Sha256(body.Span).Hex);
        return await new SigningPipeline(trace).SignAsync(order, SignedAnswerText.Dsse).ConfigureAwait(false);
    }
}
