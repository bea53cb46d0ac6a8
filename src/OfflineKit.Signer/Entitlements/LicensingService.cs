using System.Net;
using System.Security.Cryptography.X509Certificates;
using OfflineKit.Encoding;
using OfflineKit.Signer.Configuration;
using OfflineKit.Signing;
using OfflineKit.Signing.Services;

namespace OfflineKit.Signer.Entitlements;

/// <summary>What asking the licensing service came to.</summary>
internal abstract record LicensingAnswer
{
    private LicensingAnswer()
    {
    }

    /// <summary>It answered.</summary>
    /// <param name="Content">The answer's text.</param>
    /// <param name="Json">The answer.</param>
    public sealed record Answered(string Content, JsonValue Json) : LicensingAnswer;

    /// <summary>It did not: a time-out, a broken connection, a status of the 500s. What it said last may be used for a while.</summary>
    public sealed record Silent : LicensingAnswer;

    /// <summary>It answered something that nothing can be concluded from: nothing older may stand in for it.</summary>
    /// <param name="Why">What.</param>
    public sealed record Useless(string Why) : LicensingAnswer;
}

/// <summary>Asks the licensing service about proofs of entitlement.</summary>
/// <remarks>Source: RFC 7662 §2; docs/signer/entitlement.md.</remarks>
internal sealed class LicensingService : IDisposable
{
    private readonly RestClient _client;
    private readonly Uri _address;

    /// <summary>The service that is configured.</summary>
    public LicensingService(IntrospectionConfiguration configuration, TimeProvider clock)
    {
        _address = ServiceAddress.Below(configuration.Address, "/license/introspect");
        SocketsHttpHandler handler = RestClient.Handler();
        if (configuration.Client is { } client)
        {
            handler.SslOptions.ClientCertificates = [X509Certificate2.CreateFromPemFile(client.Certificate, client.Key)];
        }

        _client = new RestClient("the licensing service", new KeyOpening { Clock = clock }, handler, TimeSpan.FromSeconds(2)) { Retries = 1 };
    }

    /// <summary>What the service says of <paramref name="value"/>.</summary>
    public async Task<LicensingAnswer> AskAsync(string value, CancellationToken cancellation)
    {
        RestAnswer answer;
        try
        {
            answer = await _client.SendAsync("introspect", _address.AbsolutePath, () => Request(value), cancellation).ConfigureAwait(false);
        }
        catch (SigningException fault) when (fault.Finding.Reason == ServiceReasons.Unreachable)
        {
            return new LicensingAnswer.Silent();
        }
        catch (SigningException)
        {
            return new LicensingAnswer.Useless("the answer is too long");
        }

        return answer.Status >= HttpStatusCode.InternalServerError ? new LicensingAnswer.Silent()
            : answer.Status != HttpStatusCode.OK ? new LicensingAnswer.Useless($"status {(int)answer.Status}")
            : answer.JsonOrNull() is { } json && json.Optional("active")?.Kind is JsonKind.True or JsonKind.False ? new LicensingAnswer.Answered(Utf8Text.Decode(answer.Body.Span, "answer"), json)
            : new LicensingAnswer.Useless("no answer to the question");
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private HttpRequestMessage Request(string value)
    {
        HttpRequestMessage request = new(HttpMethod.Post, _address)
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("token", value), KeyValuePair.Create("token_type_hint", "poe")]),
        };
        request.Headers.Accept.ParseAdd("application/json");
        return request;
    }
}
