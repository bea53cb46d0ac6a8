using System.Diagnostics.Metrics;
using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OfflineKit.Signer.Configuration;
using OfflineKit.Signer.Endpoints;
using OfflineKit.Signer.Http;
using OfflineKit.Signer.Telemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace OfflineKit.Signer.Service;

/// <summary>The service as a server: listeners, addresses, start and end.</summary>
internal sealed class SignerHost : IAsyncDisposable
{
    private const string Api = "/api/v1/signer/";
    private readonly WebApplication _application;
    private readonly CurrentParts _current;

    private SignerHost(WebApplication application, CurrentParts current) => (_application, _current) = (application, current);

    /// <summary>What the service is made of.</summary>
    public SignerParts Parts => _current.Value;

    /// <summary>Where it listens: requests first, then health and metrics.</summary>
    public IReadOnlyList<string> Addresses => [.. _application.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses];

    /// <summary>Starts a service on <paramref name="parts"/>, which it owns from then on.</summary>
    public static async Task<SignerHost> StartAsync(SignerParts parts, CancellationToken cancellation)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [], ApplicationName = "offlinekit-signer" });
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, parts.Configuration));
        builder.Services.AddOpenTelemetry().WithMetrics(static metrics => metrics
            .AddMeter(SignerMetrics.Name)
            .AddView(static instrument => instrument.Unit == "s" && instrument is Histogram<double>
                ? new ExplicitBucketHistogramConfiguration { Boundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] }
                : null)
            .AddPrometheusExporter(static options => options.ScrapeResponseCacheDurationMilliseconds = 0));
        if (parts.Configuration.Telemetry.Traces is { } collector)
        {
            builder.Services.AddOpenTelemetry().WithTracing(traces => traces
                .AddSource(SignerMetrics.Name)
                .ConfigureResource(static resource => resource.AddService("offlinekit-signer"))
                .AddOtlpExporter(exporter => (exporter.Protocol, exporter.Endpoint) = (OtlpExportProtocol.HttpProtobuf, collector)));
        }

        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = parts.Configuration.Limits.Drain);
        WebApplication application = builder.Build();
        CurrentParts current = new(parts, parts.Configuration.Limits.Drain);
        Map(application, current);
        SignerHost host = new(application, current);
        await application.StartAsync(cancellation).ConfigureAwait(false);
        parts.OperationsPort = new Uri(host.Addresses[^1]).Port;
        return host;
    }

    /// <summary>Waits until the process is asked to end; what is under way is finished.</summary>
    public Task WaitAsync() => _application.WaitForShutdownAsync();

    /// <summary>Serves by <paramref name="configuration"/> from the next request on.</summary>
    /// <exception cref="ConfigurationException">It names other listeners: those stay until the service is started anew.</exception>
    public async Task ReloadAsync(SignerConfiguration configuration, CancellationToken cancellation)
    {
        SignerConfiguration before = Parts.Configuration;
        if (configuration.Listen != before.Listen || configuration.Operations != before.Operations || configuration.Tls != before.Tls)
        {
            throw new ConfigurationException(["listen, operations, tls: listeners stay as they are until the service is started anew"]);
        }

        _current.Replace(await SignerParts.OpenAsync(configuration, Parts.Clock, cancellation, Parts.Metrics).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync().ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
        await _current.DisposeAsync().ConfigureAwait(false);
    }

    private static void Listen(KestrelServerOptions kestrel, SignerConfiguration configuration)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = configuration.Limits.BodyBytes + 1024L;
        kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        Bind(kestrel, configuration.Listen, endpoint =>
        {
            if (configuration.Tls is { } tls)
            {
                endpoint.UseHttps(https => Secure(https, tls, configuration.MutualTls));
            }
        });
        Bind(kestrel, configuration.Operations, static _ => { });
    }

    // Every certificate is let in: whose it is decides what it may, and that is told in the answer and the audit log.
    private static void Secure(HttpsConnectionAdapterOptions https, TlsFiles files, MutualTlsConfiguration clients)
    {
        https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        https.ServerCertificate = X509Certificate2.CreateFromPemFile(files.Certificate, files.Key);
        https.ClientCertificateMode = clients.Roots.Count > 0 ? ClientCertificateMode.AllowCertificate : ClientCertificateMode.NoCertificate;
        https.ClientCertificateValidation = static (_, _, _) => true;
    }

    private static void Bind(KestrelServerOptions kestrel, Uri address, Action<ListenOptions> configure)
    {
        if (IPAddress.TryParse(address.Host.Trim('[', ']'), out IPAddress? ip))
        {
            kestrel.Listen(ip, address.Port, configure);
        }
        else if (address.IsLoopback)
        {
            kestrel.Listen(IPAddress.Loopback, address.Port, configure);
        }
        else
        {
            kestrel.ListenAnyIP(address.Port, configure);
        }
    }

    private static void Map(WebApplication application, CurrentParts current)
    {
        EndpointRun run = new(current);
        application.Use(next => async context =>
        {
            if (OperationsEndpoints.IsScrape(context, current.Value))
            {
                await current.Value.Gauges.RefreshAsync(context.RequestAborted).ConfigureAwait(false);
            }

            await next(context).ConfigureAwait(false);
        });
        application.UseOpenTelemetryPrometheusScrapingEndpoint(context => OperationsEndpoints.IsScrape(context, current.Value));
        application.Use(next => context => OperationsEndpoints.IsFor(context, current.Value) ? OperationsEndpoints.AnswerAsync(context, current.Value) : next(context));
        application.MapPost(Api + "sign/dsse", (RequestDelegate)(context => run.RunAsync(context, "sign/dsse", SignDsseEndpoint.AnswerAsync)));
        application.MapPost(Api + "sign/export", (RequestDelegate)(context => run.RunAsync(context, "sign/export", SignExportEndpoint.AnswerAsync)));
        application.MapGet(Api + "verify/referrers", (RequestDelegate)(context => run.RunAsync(context, "verify/referrers", ReadEndpoints.ReferrersAsync)));
        application.MapGet(Api + "keys", (RequestDelegate)(context => run.RunAsync(context, "keys", ReadEndpoints.KeysAsync)));
        application.MapGet(Api + "audit", (RequestDelegate)(context => run.RunAsync(context, "audit", ReadEndpoints.AuditAsync)));
        application.MapPost(Api + "admin/release-approvals", (RequestDelegate)(context => run.RunAsync(context, "admin/release-approvals", AdminEndpoints.ApproveAsync)));
        application.MapPost(Api + "admin/keys/{id}/{action}", (RequestDelegate)(context => run.RunAsync(context, "admin/keys", AdminEndpoints.DecideAsync)));
        application.MapPost(Api + "admin/bypass", (RequestDelegate)(context => run.RunAsync(context, "admin/bypass", AdminEndpoints.OpenBypassAsync)));
        application.MapPost(Api + "admin/bypass/{id}/{action}", (RequestDelegate)(context => run.RunAsync(context, "admin/bypass", AdminEndpoints.ChangeBypassAsync)));
        application.MapDelete(Api + "admin/bypass/{id}", (RequestDelegate)(context => run.RunAsync(context, "admin/bypass", AdminEndpoints.EndBypassAsync)));
        if (current.Value.Configuration.Authority.DemonstrationKey is not null)
        {
            application.MapPost(DemonstrationTokenEndpoint.Path, (RequestDelegate)(context => run.RunAsync(context, "demonstration", DemonstrationTokenEndpoint.AnswerAsync)));
        }

        application.MapFallback((RequestDelegate)(context => run.RunAsync(context, "unknown", static _ => throw Problems.NotFound.Because("no such address, or another method"))));
    }
}
