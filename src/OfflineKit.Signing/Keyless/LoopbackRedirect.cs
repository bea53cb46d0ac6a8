using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Web;

namespace OfflineKit.Signing.Keyless;

/// <summary>Waits on this machine alone for the one redirection that ends a sign-in; anything else is told so and changes nothing.</summary>
internal sealed class LoopbackRedirect : IDisposable
{
    private const string Path = "/auth/callback";
    private const int HeadLimit = 16 * 1024;
    private static readonly TimeSpan OneRequest = TimeSpan.FromSeconds(5);
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly string _state;

    public LoopbackRedirect(string state)
    {
        _state = state;
        _listener.Start();
    }

    /// <summary>Where the issuer shall send the browser.</summary>
    public string Address => string.Create(CultureInfo.InvariantCulture, $"http://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}{Path}");

    /// <summary>The code in the redirection.</summary>
    /// <exception cref="SigningException"><c>keyless.sign-in-failed</c>: the issuer says so, or nobody came within <paramref name="patience"/>.</exception>
    public async Task<string> CodeAsync(TimeSpan patience, CancellationToken cancellation)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        end.CancelAfter(patience);
        try
        {
            while (true)
            {
                using TcpClient browser = await _listener.AcceptTcpClientAsync(end.Token).ConfigureAwait(false);
                if (await AnsweredAsync(browser, end.Token).ConfigureAwait(false) is { } code)
                {
                    return code;
                }
            }
        }
        catch (OperationCanceledException fault) when (!cancellation.IsCancellationRequested)
        {
            throw new SigningException(KeylessReasons.SignInFailed.Because($"nobody signed in within {patience.TotalMinutes} minutes"), fault);
        }
    }

    public void Dispose() => _listener.Dispose();

    private async Task<string?> AnsweredAsync(TcpClient browser, CancellationToken cancellation)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(OneRequest);
        bool isOurs = false;
        string? code = null, error = null;
        try
        {
            NetworkStream stream = browser.GetStream();
            string? target = await TargetAsync(stream, patience.Token).ConfigureAwait(false);
            System.Collections.Specialized.NameValueCollection query = HttpUtility.ParseQueryString(target?.StartsWith(Path + "?", StringComparison.Ordinal) == true ? target[Path.Length..] : "");
            isOurs = query["state"] == _state;
            (code, error) = (query["code"], query["error"]);
            await SayAsync(stream, isOurs && code is not null, patience.Token).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is IOException or SocketException || (fault is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            // A browser that opens connections in advance and sends nothing, or does not wait for the page.
        }

        return !isOurs ? null : code ?? throw KeylessReasons.SignInFailed.Refusal($"the issuer answered {error ?? "without a code"}");
    }

    private static async Task<string?> TargetAsync(NetworkStream stream, CancellationToken cancellation)
    {
        byte[] head = new byte[HeadLimit];
        int length = 0, read;
        while (length < head.Length && (read = await stream.ReadAsync(head.AsMemory(length), cancellation).ConfigureAwait(false)) > 0)
        {
            length += read;
            if (head.AsSpan(0, length).IndexOf("\r\n\r\n"u8) >= 0)
            {
                string[] words = System.Text.Encoding.ASCII.GetString(head, 0, head.AsSpan(0, length).IndexOf("\r\n"u8)).Split(' ');
                return words is ["GET", string target, _] ? target : null;
            }
        }

        return null;
    }

    private static async Task SayAsync(NetworkStream stream, bool isDone, CancellationToken cancellation)
    {
        string text = isDone ? "Signed in. This page can be closed." : "This is not the answer to the sign-in that offlinekit-sign is waiting for.";
        string answer = $"HTTP/1.1 {(isDone ? "200 OK" : "400 Bad Request")}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {text.Length}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n{text}";
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(answer), cancellation).ConfigureAwait(false);
    }
}
