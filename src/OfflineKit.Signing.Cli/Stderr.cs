using OfflineKit.Reporting;

namespace OfflineKit.Signing.Cli;

/// <summary>What is said to the user beside the result: to standard error, escaped.</summary>
internal static class Stderr
{
    public static void Note(string text) => Console.Error.WriteLine($"offlinekit-sign: note: {TerminalText.Escape(text)}");

    public static void Request(ServiceRequest request) => Console.Error.WriteLine(
        $"offlinekit-sign: request: {request.Service} {TerminalText.Escape(request.KeyReference)} {request.Operation} {request.Status} {request.Milliseconds} ms");
}
