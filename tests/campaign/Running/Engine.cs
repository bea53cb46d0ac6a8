using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OfflineKit.Campaign.Running;

/// <summary>One <c>offlinekit serve</c>, which is asked in batches.</summary>
internal sealed class Engine : IDisposable
{
    // Of the next answer, on a machine that may be busy.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly Timer _watch;
    private bool _isOverdue;

    /// <summary>Starts it in <paramref name="folder"/>, with all that it remembers below <paramref name="memory"/>.</summary>
    public Engine(IReadOnlyList<string> program, string folder, string memory)
    {
        ProcessStartInfo start = new(program[0], [.. program.Skip(1), "serve"]) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (string variable in (string[])["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"])
        {
            start.Environment[variable] = memory;
        }

        _process = Process.Start(start)!;
        _watch = new Timer(_ => End(isOverdue: true));
        _ = Line();
    }

    /// <summary>What it answers to each of <paramref name="requests"/>, which it gets at once.</summary>
    public Answer[] Ask(ReadOnlySpan<JsonObject> requests)
    {
        StringBuilder lines = new();
        for (int at = 0; at < requests.Length; at++)
        {
            requests[at]["id"] = at.ToString(CultureInfo.InvariantCulture);
            lines.Append(requests[at].ToJsonString()).Append('\n');
        }

        _process.StandardInput.Write(lines);
        _process.StandardInput.Flush();
        Answer[] answers = [.. Enumerable.Range(0, requests.Length).Select(_ => Answer.None(_isOverdue ? "no answer in 60 s" : "the engine ended"))];
        bool isImport = (string?)requests[0]["verb"] == "trust-import";
        for (int count = 0; count < requests.Length && Line() is { } line; count++)
        {
            using JsonDocument answer = JsonDocument.Parse(line);
            answers[int.Parse(answer.RootElement.GetProperty("id").GetString()!, CultureInfo.InvariantCulture)] = Answer.Of(answer.RootElement.Clone(), isImport);
        }

        return answers;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        End(isOverdue: false);
        _watch.Dispose();
        _process.Dispose();
    }

    private string? Line()
    {
        _watch.Change(Patience, Timeout.InfiniteTimeSpan);
        string? line = _process.StandardOutput.ReadLine();
        _watch.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        return line;
    }

    private void End(bool isOverdue)
    {
        _isOverdue |= isOverdue;
        if (!_process.HasExited)
        {
            _process.Kill();
        }
    }
}
