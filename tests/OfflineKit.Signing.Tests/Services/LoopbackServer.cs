using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace OfflineKit.Signing.Tests.Services;

/// <summary>Where a connection ends before it should.</summary>
internal enum Cut
{
    Nowhere,
    BeforeTheAnswer,
    InTheHeaders,
    InTheBody,
}

/// <summary>One request as it came in.</summary>
internal sealed record Asked(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>The body as bytes.</summary>
    public byte[] Raw { get; init; } = [];

    public string Header(string name) => Headers.TryGetValue(name, out string? value) ? value : "";
}

/// <summary>One answer.</summary>
internal sealed record Told(int Status, string Body, string ContentType = "application/json", Cut Cut = Cut.Nowhere, params (string Name, string Value)[] Headers)
{
    /// <summary>The body, where it is no text.</summary>
    public byte[]? Raw { get; init; }
}

/// <summary>An HTTP/1.1 server on 127.0.0.1 that keeps every request, waits before it answers, and can cut connections at each stage.</summary>
/// <remarks>With an authority it is a proxy too, one that answers https requests for every host itself: programs meet services at their real names.</remarks>
internal sealed class LoopbackServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Func<Asked, Told> _answer;
    private readonly TimeSpan _latency;
    private readonly X509Certificate2? _certificate;
    private readonly TestAuthority? _authority;

    public LoopbackServer(Func<Asked, Told> answer, TimeSpan latency = default, X509Certificate2? certificate = null, TestAuthority? authority = null)
    {
        (_answer, _latency, _certificate, _authority) = (answer, latency, certificate, authority);
        _listener.Start();
        _ = Task.Run(AcceptAsync);
    }

    public ConcurrentQueue<Asked> Requests { get; } = new();

    /// <summary>HOST:PORT of every tunnel that a client asked for.</summary>
    public ConcurrentQueue<string> Tunnels { get; } = new();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Url => $"http{(_certificate is null ? "" : "s")}://127.0.0.1:{Port}";

    public void Dispose()
    {
        _end.Cancel();
        _listener.Stop();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            TcpClient client;
            try
            {
                client = await _listener.AcceptTcpClientAsync(_end.Token);
            }
            catch (Exception)
            {
                return;
            }

            client.NoDelay = true;
            _ = Task.Run(() => ServeAsync(client));
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                Stream stream = client.GetStream();
                if (_certificate is not null)
                {
                    stream = await SecuredAsync(stream, _certificate);
                }
                else if (_authority is not null)
                {
                    stream = await TunnelledAsync(stream, _authority);
                }

                while (await OneAsync(stream, client))
                {
                }
            }
            catch (Exception)
            {
                // The client is gone, or the test is over.
            }
        }
    }

    private static async Task<Stream> SecuredAsync(Stream stream, X509Certificate2 certificate)
    {
        SslStream secure = new(stream);
        await secure.AuthenticateAsServerAsync(certificate);
        return secure;
    }

    private async Task<Stream> TunnelledAsync(Stream stream, TestAuthority authority)
    {
        if (await ReadAsync(stream) is not { Method: "CONNECT" } connect)
        {
            throw new InvalidOperationException("a proxy for https only");
        }

        Tunnels.Enqueue(connect.Path);
        await stream.WriteAsync("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray(), _end.Token);
        return await SecuredAsync(stream, authority.CertificateFor(connect.Path.Split(':')[0]));
    }

    private async Task<bool> OneAsync(Stream stream, TcpClient client)
    {
        if (await ReadAsync(stream) is not { } asked)
        {
            return false;
        }

        Requests.Enqueue(asked);
        Told told = _answer(asked);
        await Task.Delay(_latency, _end.Token);
        byte[] body = told.Raw ?? System.Text.Encoding.UTF8.GetBytes(told.Body);
        string head = $"HTTP/1.1 {told.Status} X\r\nContent-Type: {told.ContentType}\r\nContent-Length: {body.Length}\r\n"
            + string.Concat(told.Headers.Select(header => $"{header.Name}: {header.Value}\r\n")) + "\r\n";
        byte[] whole = [.. System.Text.Encoding.UTF8.GetBytes(head), .. body];
        int length = told.Cut switch { Cut.BeforeTheAnswer => 0, Cut.InTheHeaders => 20, Cut.InTheBody => whole.Length - Math.Max(1, body.Length / 2), _ => whole.Length };
        await stream.WriteAsync(whole.AsMemory(0, length), _end.Token);
        await stream.FlushAsync(_end.Token);
        if (told.Cut != Cut.Nowhere)
        {
            client.Client.LingerState = new LingerOption(true, 0);
            return false;
        }

        return true;
    }

    private static async Task<Asked?> ReadAsync(Stream stream)
    {
        if (await LineAsync(stream) is not { Length: > 0 } first)
        {
            return null;
        }

        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        while (await LineAsync(stream) is { Length: > 0 } line)
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        byte[] body = new byte[headers.TryGetValue("Content-Length", out string? length) ? int.Parse(length, System.Globalization.CultureInfo.InvariantCulture) : 0];
        await stream.ReadExactlyAsync(body);
        string[] words = first.Split(' ');
        return new Asked(words[0], words[1], headers, System.Text.Encoding.UTF8.GetString(body)) { Raw = body };
    }

    private static async Task<string?> LineAsync(Stream stream)
    {
        List<byte> line = [];
        byte[] one = new byte[1];
        while (await stream.ReadAsync(one) == 1)
        {
            if (one[0] == '\n')
            {
                return System.Text.Encoding.ASCII.GetString([.. line]).TrimEnd('\r');
            }

            line.Add(one[0]);
        }

        return null;
    }
}
