using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using OfflineKit.Encoding;

namespace OfflineKit.Signer.Http;

/// <summary>Reads the body of a request: the right type, bounded, strict JSON.</summary>
internal static class RequestReader
{
    /// <summary>The object in the body, and the body's bytes.</summary>
    /// <exception cref="RefusedException"><c>unsupported_media_type</c>, <c>artifact_too_large</c>.</exception>
    /// <exception cref="MalformedException">No strict JSON object.</exception>
    public static async Task<(JsonValue Json, ReadOnlyMemory<byte> Body)> ReadAsync(HttpRequest request, int limit, CancellationToken cancellation)
    {
        if (!string.Equals(request.ContentType, "application/json", StringComparison.Ordinal) || request.Headers.ContainsKey(HeaderNames.ContentEncoding))
        {
            throw Problems.UnsupportedMediaType.Because("wanted Content-Type: application/json, not encoded");
        }

        if (request.ContentLength > limit)
        {
            throw TooLarge(limit);
        }

        using MemoryStream body = new();
        byte[] block = new byte[16 * 1024];
        for (int count; (count = await request.Body.ReadAsync(block, cancellation).ConfigureAwait(false)) > 0;)
        {
            body.Write(block, 0, count);
            if (body.Length > limit)
            {
                throw TooLarge(limit);
            }
        }

        byte[] content = body.ToArray();
        return (StrictJson.ParseObject(content, "request"), content);
    }

    private static RefusedException TooLarge(int limit) => Problems.ArtifactTooLarge.Because($"a body of more than {limit} bytes");
}
