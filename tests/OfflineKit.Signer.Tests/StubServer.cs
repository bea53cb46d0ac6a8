using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OfflineKit.Signer.Tests;

/// <summary>What a stub is asked.</summary>
internal sealed record StubRequest(string Path, string Query, string Body)
{
    public string Trace { get; init; } = "";

    public string Target { get; init; } = "";
}

/// <summary>What a stub answers.</summary>
internal sealed record StubAnswer(int Status, byte[] Body, params (string Name, string Value)[] Headers)
{
    public StubAnswer(int status, string body) : this(status, System.Text.Encoding.UTF8.GetBytes(body))
    {
    }
}

/// <summary>A server on loopback that answers what a test wants; null breaks the connection.</summary>
internal sealed class StubServer : IDisposable
{
    private readonly WebApplication _application;

    public StubServer(Func<StubRequest, StubAnswer?> answer)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _application = builder.Build();
        _application.Run(async context =>
        {
            Requests++;
            using StreamReader reader = new(context.Request.Body);
            await Task.Delay(Delay);
            if (answer(new StubRequest(context.Request.Path.Value!, context.Request.QueryString.Value!, await reader.ReadToEndAsync()) { Trace = context.Request.Headers["traceparent"].ToString(), Target = context.Request.Headers["X-Amz-Target"].ToString() }) is not { } said)
            {
                context.Abort();
                return;
            }

            context.Response.StatusCode = said.Status;
            said.Headers.ToList().ForEach(header => context.Response.Headers.Append(header.Name, header.Value));
            await context.Response.Body.WriteAsync(said.Body);
        });
        _application.Start();
        Address = new Uri(_application.Urls.First());
    }

    /// <summary>How long it takes for an answer.</summary>
    public TimeSpan Delay { get; init; }

    public Uri Address { get; }

    public int Requests { get; private set; }

    public static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose()
    {
        _application.StopAsync().GetAwaiter().GetResult();
        ((IDisposable)_application).Dispose();
    }
}
