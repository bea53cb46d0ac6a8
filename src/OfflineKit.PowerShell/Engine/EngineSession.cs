using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell.Engine;

/// <summary>One engine child for one pipeline: requests out, answers in, each id answered exactly once.</summary>
/// <remarks>
/// Nothing may escape the threads that read, since an unhandled exception there would end the shell. An engine that takes no request is ended like one that gives no answer.
/// Protocol: docs/spec/serve.md.
/// </remarks>
internal sealed class EngineSession : IDisposable
{
    /// <summary>The protocol that this module speaks.</summary>
    public const string Protocol = "1";

    private const int ErrorTextLimit = 4096;
    private static readonly string[] Unwanted = { "DOTNET_", "COMPlus_", "LD_", "OPENSSL_", "SSL_CERT_", "CORECLR_", "DYLD_" };
    private readonly Process _process;
    private readonly EngineLines _lines;
    private readonly Timer _watch;
    private readonly HashSet<string> _open = new HashSet<string>(StringComparer.Ordinal);
    private readonly StringBuilder _errors = new StringBuilder();
    private readonly TimeSpan _patience;
    private int _disposed;

    /// <summary>Starts the engine at <paramref name="path"/> and reads its hello.</summary>
    public EngineSession(string path, TimeSpan patience, bool inheritEnvironment)
    {
        _patience = patience;
        ProcessStartInfo start = new ProcessStartInfo(path, inheritEnvironment ? "serve" : "serve --wording options")
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        if (!inheritEnvironment)
        {
            Clean(start);
            // All paths of requests are absolute; nothing else may lead into the folder that the shell happens to be in.
            start.WorkingDirectory = Path.GetDirectoryName(path);
        }

        _process = Start(start);
        _watch = new Timer(_ => Dispose());
        _lines = new EngineLines(_process.StandardOutput);
        new Thread(ReadErrors) { IsBackground = true }.Start();
        ReadHello();
    }

    /// <summary>What the engine said of itself.</summary>
    public JsonNode Hello { get; private set; } = JsonNode.OfTruth(null);

    /// <summary>Requests that have not been answered.</summary>
    public int Outstanding => _open.Count;

    /// <summary>Sends a request whose id is <paramref name="id"/>.</summary>
    public void Send(string id, JsonLine request)
    {
        if (!_open.Add(id))
        {
            throw new InvalidOperationException($"request id {id} was used before");
        }

        Write(request.Bytes());
    }

    /// <summary>The next answer, waiting for it; its id was asked and not answered before.</summary>
    public JsonNode Receive()
    {
        JsonNode answer = Line();
        string id = answer.Text("id");
        return _open.Remove(id)
            ? answer
            : throw new EngineException("EngineProtocol", $"the engine answered \"{id}\", which was not asked or was answered before");
    }

    /// <summary>The next answer if one is there already.</summary>
    public JsonNode? TryReceive() => _lines.IsAnyThere ? Receive() : null;

    /// <summary>Says bye and checks that the engine ends well, with every request answered.</summary>
    public void Finish()
    {
        if (_open.Count > 0)
        {
            throw new EngineException("EngineFailure", $"{_open.Count} answer(s) missing");
        }

        Write(new JsonLine().Add("verb", "bye").Bytes());
        JsonNode bye = Line();
        if (bye.Member("bye")?.Truth != true)
        {
            throw new EngineException("EngineProtocol", "the engine said something after its last answer");
        }

        _process.StandardInput.Close();
        if (!_process.WaitForExit((int)_patience.TotalMilliseconds) || _process.ExitCode != 0)
        {
            throw new EngineException("EngineFailure", "the engine did not end well" + Errors());
        }
    }

    /// <summary>Ends the child, whatever it is doing; safe from any thread.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _watch.Dispose();
        _lines.End();
        try
        {
            if (!_process.HasExited)
            {
                _process.Kill();
            }
        }
        catch (InvalidOperationException)
        {
            // It ended between the question and the kill.
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // It is ending already.
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new EngineException("EngineFailure", "the engine did not start");
        }
        catch (System.ComponentModel.Win32Exception fault)
        {
            // Package managers and unzipping on another system lose the mark by which a file may be executed.
            throw new EngineException("EngineMissing", $"the engine cannot be started: {fault.Message}; on Linux and macOS let it be executed: chmod +x '{start.FileName}'");
        }
    }

    private static void Clean(ProcessStartInfo start)
    {
        List<string> names = new List<string>();
        foreach (string name in start.EnvironmentVariables.Keys)
        {
            bool unwanted = name.EndsWith("_PROXY", StringComparison.OrdinalIgnoreCase);
            foreach (string prefix in Unwanted)
            {
                unwanted |= name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);
            }

            if (unwanted)
            {
                names.Add(name);
            }
        }

        names.ForEach(start.EnvironmentVariables.Remove);
    }

    private void ReadHello()
    {
        Hello = Line();
        if (Hello.Text("hello").Length == 0 || Hello.Text("protocol") != Protocol)
        {
            Dispose();
            throw new EngineException("EngineProtocol", $"the engine speaks protocol \"{Hello.Text("protocol")}\", wanted {Protocol}");
        }
    }

    private JsonNode Line()
    {
        string? line = _lines.Next(_patience);
        if (line == null)
        {
            string why = _lines.IsEnded ? "the engine ended before it answered" : $"the engine was silent for {_patience.TotalSeconds:0} s";
            Dispose();
            throw new EngineException("EngineFailure", $"{why}; {_open.Count} answer(s) missing{Errors()}");
        }

        try
        {
            JsonNode node = JsonReader.Parse(line);
            return node.IsObject ? node : throw new FormatException("not an object");
        }
        catch (FormatException fault)
        {
            Dispose();
            throw new EngineException("EngineProtocol", $"the engine said something that is no answer: {fault.Message}");
        }
    }

    private void Write(byte[] line)
    {
        try
        {
            // The write itself cannot be given up: it fails once the engine is ended.
            _ = _watch.Change(_patience, Timeout.InfiniteTimeSpan);
            _process.StandardInput.BaseStream.Write(line, 0, line.Length);
            _process.StandardInput.BaseStream.Flush();
            _ = _watch.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
        catch (IOException)
        {
            throw new EngineException("EngineFailure", $"the engine ended; {_open.Count} answer(s) missing{Errors()}");
        }
        catch (ObjectDisposedException)
        {
            throw new EngineException("EngineFailure", "the engine was stopped");
        }
    }

    private string Errors()
    {
        lock (_errors)
        {
            return _errors.Length > 0 ? ": " + _errors.ToString().Trim() : "";
        }
    }

    private void ReadErrors()
    {
        try
        {
            char[] block = new char[1024];
            int count;
            while ((count = _process.StandardError.Read(block, 0, block.Length)) > 0)
            {
                lock (_errors)
                {
                    _errors.Append(block, 0, Math.Min(count, ErrorTextLimit - _errors.Length));
                }
            }
        }
        catch (Exception fault) when (fault is IOException || fault is ObjectDisposedException || fault is InvalidOperationException)
        {
            // The child was killed; there is nothing more to hear.
        }
    }
}
