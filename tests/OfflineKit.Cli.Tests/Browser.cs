using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests;

/// <summary>A headless Chromium with one page, asked through its debugging protocol.</summary>
/// <remarks>Source: https://chromedevtools.github.io/devtools-protocol/.</remarks>
internal sealed class Browser : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ClientWebSocket _socket = new();
    private readonly List<JsonElement> _events = [];
    private string? _session;
    private int _number;

    private Browser(Process process) => _process = process;

    /// <summary>Addresses that the page asked for, its own among them.</summary>
    public IEnumerable<string> Requests =>
        _events.Where(seen => seen.GetProperty("method").GetString() == "Network.requestWillBeSent").Select(seen => seen.GetProperty("params").GetProperty("request").GetProperty("url").GetString()!);

    /// <summary>What the page complained about.</summary>
    public IEnumerable<string> Complaints =>
        _events.Where(seen => seen.GetProperty("method").GetString() is "Log.entryAdded" or "Runtime.exceptionThrown").Select(seen => seen.GetProperty("params").GetRawText());

    /// <summary>Opens <paramref name="page"/>; a test is skipped where there is no browser.</summary>
    public static async Task<Browser> OpenAsync(string page, string folder)
    {
        string? program = new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);
        Assert.SkipWhen(program is null, "chromium is not installed: tests of the page in a browser");
        ProcessStartInfo start = new(
            program!,
            [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
                "--hide-scrollbars", $"--user-data-dir={Path.Combine(folder, "profile")}", "--remote-debugging-port=0", "about:blank",
            ])
        {
            RedirectStandardError = true, RedirectStandardOutput = true,
        };
        Browser browser = new(OwnedServer.Start(start));
        await browser.ConnectAsync();
        string target = (await browser.AskAsync("Target.createTarget", new { url = "about:blank" })).GetProperty("targetId").GetString()!;
        browser._session = (await browser.AskAsync("Target.attachToTarget", new { targetId = target, flatten = true })).GetProperty("sessionId").GetString();
        foreach (string domain in (string[])["Page", "Network", "Log", "Runtime", "Accessibility"])
        {
            await browser.AskAsync($"{domain}.enable", new { });
        }

        await browser.AskAsync("Page.navigate", new { url = $"file://{page}" });
        await browser.WaitForAsync("Page.loadEventFired");
        return browser;
    }

    /// <summary>The accessibility tree: role, name and level of each node that assistive technology sees.</summary>
    public async Task<List<(string Role, string Name, int Level)>> TreeAsync()
    {
        JsonElement tree = await AskAsync("Accessibility.getFullAXTree", new { });
        return
        [
            .. tree.GetProperty("nodes").EnumerateArray().Where(node => !node.GetProperty("ignored").GetBoolean()).Select(node => (
                Value(node, "role"),
                Value(node, "name"),
                node.TryGetProperty("properties", out JsonElement properties)
                    ? properties.EnumerateArray().Where(property => property.GetProperty("name").GetString() == "level").Select(property => property.GetProperty("value").GetProperty("value").GetInt32()).FirstOrDefault()
                    : 0)),
        ];
    }

    /// <summary>A picture of the whole page, <paramref name="width"/> pixels wide, as PNG; on paper when <paramref name="media"/> is <c>print</c>.</summary>
    public async Task<byte[]> PictureAsync(int width, string media)
    {
        await AskAsync("Emulation.setEmulatedMedia", new { media });
        await AskAsync("Emulation.setDeviceMetricsOverride", new { width, height = 900, deviceScaleFactor = 1, mobile = false });
        return (await AskAsync("Page.captureScreenshot", new { format = "png", captureBeyondViewport = true })).GetProperty("data").GetBytesFromBase64();
    }

    /// <summary>The page as PDF.</summary>
    public async Task<byte[]> PaperAsync() => (await AskAsync("Page.printToPDF", new { preferCSSPageSize = true })).GetProperty("data").GetBytesFromBase64();

    /// <summary>How many pixels the page is wider than its window.</summary>
    public async Task<int> OverhangAsync() => (await AskAsync(
        "Runtime.evaluate", new { expression = "document.documentElement.scrollWidth - window.innerWidth" })).GetProperty("result").GetProperty("value").GetInt32();

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static string Value(JsonElement node, string name) =>
        node.TryGetProperty(name, out JsonElement property) && property.TryGetProperty("value", out JsonElement value) ? value.ToString() : "";

    private async Task ConnectAsync()
    {
        const string Announcement = "DevTools listening on ";
        string line;
        do
        {
            line = await _process.StandardError.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)) ?? throw new InvalidOperationException("chromium ended");
        }
        while (!line.StartsWith(Announcement, StringComparison.Ordinal));
        _ = _process.StandardError.ReadToEndAsync();
        _ = _process.StandardOutput.ReadToEndAsync();
        await _socket.ConnectAsync(new Uri(line[Announcement.Length..]), CancellationToken.None);
    }

    private async Task<JsonElement> AskAsync(string method, object parameters)
    {
        int id = ++_number;
        Dictionary<string, object> question = new() { ["id"] = id, ["method"] = method, ["params"] = parameters };
        if (_session is not null)
        {
            question["sessionId"] = _session;
        }

        await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(question), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        while (true)
        {
            JsonElement message = await NextAsync();
            if (message.TryGetProperty("id", out JsonElement answered) && answered.GetInt32() == id)
            {
                return message.TryGetProperty("result", out JsonElement result) ? result : throw new InvalidOperationException($"{method}: {message.GetRawText()}");
            }
        }
    }

    private async Task WaitForAsync(string name)
    {
        while (!_events.Exists(seen => seen.GetProperty("method").GetString() == name))
        {
            await NextAsync();
        }
    }

    private async Task<JsonElement> NextAsync()
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(60));
        using MemoryStream message = new();
        byte[] buffer = new byte[64 * 1024];
        ValueWebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer.AsMemory(), limit.Token);
            message.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        JsonElement value = JsonDocument.Parse(message.ToArray()).RootElement;
        if (value.TryGetProperty("method", out _))
        {
            _events.Add(value);
        }

        return value;
    }
}
