using System.Diagnostics;
using OfflineKit.Testing;

namespace OfflineKit.Signing.Tests;

/// <summary>A small server of build/peers that stands in for a service, on a port that it chooses itself.</summary>
internal sealed class PeerServer : IDisposable
{
    private readonly Process _process;

    private PeerServer(Process process, string url) => (_process, Url) = (process, url);

    /// <summary>Where it listens.</summary>
    public string Url { get; }

    /// <summary>Runs the server called <paramref name="name"/> by <paramref name="program"/> and waits until it is ready.</summary>
    public static PeerServer Start(string program, string name, params string[] arguments)
    {
        Process process = OwnedServer.Start(new ProcessStartInfo(program, [Peer.Server(name), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true });
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string? line = process.StandardOutput.ReadLine();
        if (line?.StartsWith("ready ", StringComparison.Ordinal) != true)
        {
            OwnedServer.End(process);
            throw new InvalidOperationException($"{name} did not start: {line}{errors.Result}");
        }

        _ = process.StandardOutput.ReadToEndAsync();
        return new PeerServer(process, line["ready ".Length..]);
    }

    public void Dispose() => OwnedServer.End(_process);
}
