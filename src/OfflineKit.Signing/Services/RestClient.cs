using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using OfflineKit.Encoding;

namespace OfflineKit.Signing.Services;

/// <summary>Which requests may be sent once more.</summary>
internal enum Repetition
{
    /// <summary>All that broke: asking for the same signature or timestamp twice does no harm.</summary>
    Harmless,

    /// <summary>Only those that the service says it did not take (429, 503): a second one would leave a second public record, or spend a code twice.</summary>
    OnlyIfNotTaken,
}

/// <summary>Asks one service: time-outs, at most three retries with jitter, no redirects, bounded answers, one line a request for <c>--verbose</c>.</summary>
/// <remarks>Proxies are those of the standard variables; requests to this machine go through none.</remarks>
internal sealed class RestClient : IDisposable
{
    private const int BodyLimit = 64 * 1024;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(150), LongestPause = TimeSpan.FromSeconds(10), ConnectTime = TimeSpan.FromSeconds(10);
    private readonly HttpClient _client;
    private readonly KeyOpening _opening;
    private readonly string _service;
    private readonly TimeSpan _patience;

    /// <summary>A client of <paramref name="service"/>, as messages call it.</summary>
    public RestClient(string service, KeyOpening opening, HttpMessageHandler? handler = null, TimeSpan? patience = null)
    {
        (_service, _opening, _patience) = (service, opening, patience ?? TimeSpan.FromSeconds(30));
        _client = new HttpClient(handler ?? Handler(), disposeHandler: handler is null) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>How often a request is sent once more.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>The longest answer, in bytes.</summary>
    public int LongestBody { get; init; } = BodyLimit;

    /// <summary>Which requests may be sent once more.</summary>
    public Repetition Repetition { get; init; }

    /// <summary>A handler that follows nothing and keeps nothing.</summary>
    public static SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        Proxy = new ProxyForOthers(HttpClient.DefaultProxy),
        UseCookies = false,
        ConnectTimeout = ConnectTime,
        MaxResponseHeadersLength = 64,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    /// <summary>The answer to the request that <paramref name="make"/> makes, whatever its status.</summary>
    /// <exception cref="SigningException"><c>service.unreachable</c>, <c>service.malformed-answer</c> when the body is too long.</exception>
    public async Task<RestAnswer> SendAsync(string operation, string reference, Func<HttpRequestMessage> make, CancellationToken cancellation)
    {
        for (int attempt = 0; ; attempt++)
        {
            (RestAnswer? answer, SigningException? fault) = await AttemptAsync(operation, reference, make, cancellation).ConfigureAwait(false);
            if (answer is not null && (attempt == Retries || !IsTransient(answer.Status)))
            {
                return answer;
            }

            if (fault is not null && (attempt == Retries || Repetition == Repetition.OnlyIfNotTaken))
            {
                throw fault;
            }

            await Task.Delay(Pause(attempt, answer), _opening.Clock, cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private bool IsTransient(HttpStatusCode status) => status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable
        || (Repetition == Repetition.Harmless && status is (HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout));

    // Doubling, with full jitter; a service that names its own time is obeyed within reason.
    private static TimeSpan Pause(int attempt, RestAnswer? answer)
    {
        if (answer is not null && DecimalText.Digits(answer.Header("Retry-After")) is { } seconds)
        {
            return TimeSpan.FromSeconds(Math.Min(seconds, LongestPause.TotalSeconds));
        }

        return FirstPause * (1 << attempt) * (0.5 + (RandomNumberGenerator.GetInt32(1000) / 1000.0));
    }

    private async Task<(RestAnswer? Answer, SigningException? Fault)> AttemptAsync(
        string operation, string reference, Func<HttpRequestMessage> make, CancellationToken cancellation)
    {
        using HttpRequestMessage request = make();
        HoldCredentials(request);
        string host = request.RequestUri!.Authority;
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(_patience);
        long start = Stopwatch.GetTimestamp();
        string status = "no answer";
        try
        {
            using HttpResponseMessage response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token).ConfigureAwait(false);
            ReadOnlyMemory<byte> body = await BodyAsync(response, host, patience.Token).ConfigureAwait(false);
            RestAnswer answer = new(response.StatusCode, response.Headers, body);
            if (!response.IsSuccessStatusCode && _opening.Secrets.AreIn(System.Text.Encoding.UTF8.GetString(body.Span)))
            {
                // What a service says is shown to the user. One that quotes our credentials has said nothing.
                answer = answer with { Body = ReadOnlyMemory<byte>.Empty, IsSilenced = true };
            }

            status = ((int)answer.Status).ToString(CultureInfo.InvariantCulture);
            return (answer, null);
        }
        catch (HttpRequestException fault)
        {
            return (null, Unreachable(host, operation, $"{fault.HttpRequestError}: {fault.Message}", fault));
        }
        catch (IOException fault)
        {
            return (null, Unreachable(host, operation, $"the connection broke: {fault.Message}", fault));
        }
        catch (OperationCanceledException fault) when (!cancellation.IsCancellationRequested)
        {
            return (null, Unreachable(host, operation, $"no answer within {_patience.TotalSeconds} s", fault));
        }
        finally
        {
            _opening.OnRequest(new ServiceRequest(_service, reference, operation, status, (long)Stopwatch.GetElapsedTime(start).TotalMilliseconds));
        }
    }

    // Whoever fetched the credential may have forgotten to say so; a header that carries one is known by its name.
    private void HoldCredentials(HttpRequestMessage request)
    {
        foreach ((string name, IEnumerable<string> values) in request.Headers)
        {
            if (name.Contains("Token", StringComparison.OrdinalIgnoreCase) || name.Contains("Secret", StringComparison.OrdinalIgnoreCase) || name.Equals("Authorization", StringComparison.OrdinalIgnoreCase))
            {
                values.ToList().ForEach(value => _opening.Secrets.Hold(value.Split(' ')[^1]));
            }
        }
    }

    private SigningException Unreachable(string host, string operation, string why, Exception cause) =>
        new(ServiceReasons.Unreachable.Because($"{_service} at {host}, {operation}: {why}"), cause);

    private async Task<ReadOnlyMemory<byte>> BodyAsync(HttpResponseMessage response, string host, CancellationToken cancellation)
    {
        using Stream body = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        using MemoryStream room = new();
        byte[] block = new byte[16 * 1024];
        for (int count; (count = await body.ReadAsync(block, cancellation).ConfigureAwait(false)) > 0;)
        {
            room.Write(block, 0, count);
            if (room.Length > LongestBody)
            {
                throw ServiceReasons.MalformedAnswer.Refusal($"{_service} at {host}: an answer of more than {LongestBody} bytes");
            }
        }

        return room.ToArray();
    }
}
