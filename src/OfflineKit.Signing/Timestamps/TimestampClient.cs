using System.Net.Http.Headers;
using OfflineKit.Encoding;
using OfflineKit.Signing.Services;
using OfflineKit.Timestamping;
using OfflineKit.Trust;
using OfflineKit.X509;

namespace OfflineKit.Signing.Timestamps;

/// <summary>Asks an RFC 3161 authority when something existed; the answer is verified by the core before it is handed on.</summary>
internal sealed class TimestampClient(Uri address, SigstoreTrustedRoot root, KeyOpening opening) : IDisposable
{
    private const string Service = "timestamp authority", Operation = "timestamp";
    private readonly RestClient _client = new(Service, opening);

    /// <summary>A TimeStampResp over <paramref name="signature"/>.</summary>
    /// <exception cref="SigningException">Reasons <c>tsa.*</c>, <c>timestamp.*</c>, <c>service.*</c>.</exception>
    public async Task<ReadOnlyMemory<byte>> StampAsync(ReadOnlyMemory<byte> signature, CancellationToken cancellation)
    {
        TimestampRequest request = new(signature.Span);
        RestAnswer answer = await _client.SendAsync(Operation, address.Authority, () => Query(request), cancellation).ConfigureAwait(false);
        if (!answer.IsSuccess)
        {
            throw ServiceFault.Refusal(Service, Operation, address, answer);
        }

        Verify(RestAnswer.Read($"{Service} at {address.Authority}", () => TimestampToken.Parse(answer.Body)), request, signature.Span);
        return answer.Body;
    }

    public void Dispose() => _client.Dispose();

    private HttpRequestMessage Query(TimestampRequest request)
    {
        HttpRequestMessage message = new(HttpMethod.Post, address) { Content = new ByteArrayContent(request.Der) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/timestamp-query");
        return message;
    }

    private void Verify(TimestampToken token, TimestampRequest request, ReadOnlySpan<byte> signature)
    {
        if (!token.Nonce.SequenceEqual(request.Nonce.Span))
        {
            throw TimestampRequestReasons.WrongAnswer.Refusal($"{address.Authority}: nonce \"{StrictHex.Encode(token.Nonce)}\", wanted \"{StrictHex.Encode(request.Nonce.Span)}\"");
        }

        Result<VerifiedTime> time = token.Verify(signature, root.TimestampAuthorities, new PathBudget { Intermediates = 2 });
        if (time.Finding is { } refusal)
        {
            Reason reason = refusal.Reason == TimestampReasons.ImprintMismatch ? TimestampRequestReasons.WrongAnswer : TimestampRequestReasons.Untrusted;
            throw reason.Refusal($"{address.Authority}: {refusal.Reason.Code}: {refusal.Detail} (trusted root: {root.Name})");
        }
    }
}
