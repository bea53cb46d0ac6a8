namespace OfflineKit.Signing.Tests.Services;

/// <summary>Sends what is meant for any https host to a server on this machine, which is told the host.</summary>
internal sealed class ToLoopback : DelegatingHandler
{
    private readonly int _port;

    public ToLoopback(int port) : base(OfflineKit.Signing.Services.RestClient.Handler()) => _port = port;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Assert.Equal("https", request.RequestUri!.Scheme);
        request.Headers.Host = request.RequestUri.Host;
        request.RequestUri = new Uri($"http://127.0.0.1:{_port}{request.RequestUri.PathAndQuery}");
        return base.SendAsync(request, cancellationToken);
    }
}
