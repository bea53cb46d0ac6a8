using OfflineKit.Reporting;
using OfflineKit.Signing.Keys;

namespace OfflineKit.Signing.Cli;

/// <summary>What is said to the user beside the result: to standard error, without any secret, escaped.</summary>
internal static class Stderr
{
    private const int LongestError = 4000;

    /// <summary>The secrets of this process: whatever leaves it as a message leaves them out.</summary>
    public static HeldSecrets Secrets { get; } = new();

    /// <summary>Something that the user should know.</summary>
    public static void Note(string text) => Terminal.Error.WriteLine($"offlinekit-sign: note: {Shown(text)}");

    /// <summary>A request that was made (<c>--verbose</c>).</summary>
    public static void Request(ServiceRequest request) => Terminal.Error.WriteLine(
        $"offlinekit-sign: request: {request.Service} {Shown(request.KeyReference)} {request.Operation} {request.Status} {request.Milliseconds} ms");

    /// <summary>Why the run ends, and what to do.</summary>
    public static void Error(string text, string? hint)
    {
        Terminal.Error.WriteLine($"offlinekit-sign: error: {TerminalText.Escape(Secrets.Without(text), limit: LongestError)}");
        if (hint is not null)
        {
            Terminal.Error.WriteLine($"offlinekit-sign: hint: {Secrets.Without(hint)}");
        }
    }

    private static string Shown(string text) => TerminalText.Escape(Secrets.Without(text));
}
