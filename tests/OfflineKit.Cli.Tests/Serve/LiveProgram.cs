using System.Collections.Concurrent;
using System.Diagnostics;

namespace OfflineKit.Cli.Tests.Serve;

/// <summary>A program that stays: it is told lines and says lines.</summary>
internal sealed class LiveProgram : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly BlockingCollection<string> _lines = [];

    /// <summary>Starts <paramref name="command"/> with the configuration of the folder <paramref name="home"/>.</summary>
    public LiveProgram(IReadOnlyList<string> command, string home)
    {
        ProcessStartInfo start = new(command[0], command.Skip(1)) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["XDG_CONFIG_HOME"] = home;
        start.Environment["XDG_DATA_HOME"] = Path.Combine(home, "data");
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { } text)
            {
                _lines.Add(text);
            }
        };
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The next line that it says.</summary>
    /// <exception cref="TimeoutException">It says nothing.</exception>
    public string Line() => _lines.TryTake(out string? line, Patience) ? line : throw new TimeoutException("the program says nothing");

    /// <summary>What it says to <paramref name="line"/>.</summary>
    public string Answer(string line)
    {
        _process.StandardInput.Write(line + "\n");
        _process.StandardInput.Flush();
        return Line();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(Patience))
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
        _lines.Dispose();
    }
}
