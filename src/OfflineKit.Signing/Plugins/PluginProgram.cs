using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using OfflineKit.Encoding;

namespace OfflineKit.Signing.Plugins;

/// <summary>The program <c>sigstore-kms-NAME</c>: started once for each request, with a time limit, and believed in nothing.</summary>
/// <remarks>cosign ignores the exit status; here a signature of a program that failed is no signature.</remarks>
internal sealed class PluginProgram(string path, string key, KeyOpening opening)
{
    private const int AnswerLimit = 64 * 1024, NoteLimit = 20, NoteLength = 300, RefusalLength = 600;

    /// <summary>The program of the plugin called <paramref name="uri"/> in a folder of PATH.</summary>
    public static PluginProgram Find(PluginKeyUri uri, KeyOpening opening)
    {
        string name = $"sigstore-kms-{uri.Name}";
        string[] names = OperatingSystem.IsWindows() ? [name + ".exe"] : [name];
        // An empty or relative folder would be the one in which the signed files are.
        foreach (string folder in (opening.Variable("PATH") ?? "").Split(Path.PathSeparator).Where(Path.IsPathFullyQualified))
        {
            if (names.Select(file => Path.Combine(folder, file)).FirstOrDefault(File.Exists) is { } found)
            {
                return new PluginProgram(found, uri.Text, opening);
            }
        }

        throw PluginReasons.NotFound.Refusal($"{uri}: no program {names[0]} in PATH");
    }

    /// <summary>The member <paramref name="method"/> of the answer to <paramref name="request"/>.</summary>
    /// <exception cref="SigningException"><c>plugin.*</c>.</exception>
    public async Task<JsonValue> AskAsync(string method, string request, ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        using CancellationTokenSource patience = new(opening.Timeout, opening.Clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        long start = Stopwatch.GetTimestamp();
        string status = "no answer";
        using Process process = Started(request);
        try
        {
            (byte[] answer, int exit) = await FinishedAsync(process, message, either.Token).ConfigureAwait(false);
            status = $"exit {exit.ToString(CultureInfo.InvariantCulture)}";
            return Read(method, answer, exit);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw PluginReasons.TimedOut.Refusal($"{key}: {path} {method}: no answer within {opening.Timeout.TotalSeconds} s");
        }
        finally
        {
            End(process);
            opening.OnRequest(new ServiceRequest("plugin", key, method, status, (long)Stopwatch.GetElapsedTime(start).TotalMilliseconds));
        }
    }

    private Process Started(string request)
    {
        ProcessStartInfo start = new(path, [PluginRequest.Version, request])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Exception fault) when (fault is Win32Exception or IOException)
        {
            throw new SigningException(PluginReasons.Failed.Because($"{key}: {path} does not start: {fault.Message}"), fault);
        }
    }

    private async Task<(byte[] Answer, int Exit)> FinishedAsync(Process process, ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        Task notes = NotesAsync(process.StandardError, cancellation), input = WriteAsync(process.StandardInput.BaseStream, message, cancellation);
        byte[] room = new byte[AnswerLimit + 1];
        int length = await process.StandardOutput.BaseStream.ReadAtLeastAsync(room, room.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        if (length > AnswerLimit)
        {
            throw PluginReasons.MalformedAnswer.Refusal($"{key}: {path} answered with more than {AnswerLimit} bytes");
        }

        await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        await Task.WhenAll(notes, input).WaitAsync(cancellation).ConfigureAwait(false);
        return (room[..length], process.ExitCode);
    }

    private static async Task WriteAsync(Stream input, ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        try
        {
            await input.WriteAsync(message, cancellation).ConfigureAwait(false);
            await input.DisposeAsync().ConfigureAwait(false);
        }
        catch (IOException)
        {
            // It may answer without reading; the answer decides.
        }
    }

    // What a plugin says is shown as it comes: it may ask for a touch. Too much of it is read and dropped, so that the plugin is not held up.
    private async Task NotesAsync(StreamReader errors, CancellationToken cancellation)
    {
        char[] block = new char[NoteLength];
        System.Text.StringBuilder line = new();
        int said = 0, count;
        while ((count = await errors.ReadAsync(block, cancellation).ConfigureAwait(false)) > 0)
        {
            foreach (char character in block.AsSpan(0, count))
            {
                if (character != '\n' && line.Length < NoteLength)
                {
                    line.Append(character);
                }
                else if (character == '\n')
                {
                    said = Say(line, said);
                }
            }
        }

        Say(line, said);
    }

    private int Say(System.Text.StringBuilder line, int said)
    {
        string text = line.ToString().Trim();
        line.Clear();
        if (text.Length == 0 || said >= NoteLimit)
        {
            return said;
        }

        opening.OnRemark($"{Path.GetFileName(path)} says: {text}");
        return said + 1;
    }

    private JsonValue Read(string method, byte[] answer, int exit)
    {
        // 1 The plugin's own words go before its exit status, which many plugins leave at 0.
        Result<JsonValue> parsed = Result.Parse(PluginReasons.MalformedAnswer, () => StrictJson.ParseObject(answer, "answer"));
        if (parsed.Value?.OptionalNotNull("errorMessage") is { Kind: JsonKind.String, Text: { Length: > 0 } text })
        {
            throw PluginReasons.Refused.Refusal($"{key}: {method}: {(text.Length <= RefusalLength ? text : text[..RefusalLength] + "…")}");
        }

        // 2 A program that failed answered nothing. 3 Exactly one object, with the member of the method.
        if (exit != 0)
        {
            throw PluginReasons.Failed.Refusal($"{key}: {path} {method}: exit status {exit.ToString(CultureInfo.InvariantCulture)}");
        }

        return parsed.Value?.OptionalNotNull(method) is { Kind: JsonKind.Object } member
            ? member
            : throw PluginReasons.MalformedAnswer.Refusal($"{key}: {path} {method}: {parsed.Finding?.Detail ?? $"the answer has no object \"{method}\""}");
    }

    private static void End(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
