using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading;

namespace OfflineKit.PowerShell.Engine;

/// <summary>The lines that an engine says, read on a thread of their own and bounded: an engine that talks for ever must not exhaust the shell.</summary>
/// <remarks>Nothing may escape that thread: an unhandled exception there would end the shell.</remarks>
internal sealed class EngineLines
{
    /// <summary>The longest line, and about how much may wait unread, in characters.</summary>
    private const int Limit = 64 * 1024 * 1024;

    private const int EachCosts = 64;
    private readonly object _gate = new object();
    private readonly Queue<string> _lines = new Queue<string>();
    private readonly TextReader _output;
    private long _waiting;
    private bool _ended;

    /// <summary>Reads <paramref name="output"/> from now on.</summary>
    public EngineLines(TextReader output)
    {
        _output = output;
        new Thread(Read) { IsBackground = true }.Start();
    }

    /// <summary>A line is there already.</summary>
    public bool IsAnyThere
    {
        get
        {
            lock (_gate)
            {
                return _lines.Count > 0;
            }
        }
    }

    /// <summary>No more lines will come.</summary>
    public bool IsEnded
    {
        get
        {
            lock (_gate)
            {
                return _ended;
            }
        }
    }

    /// <summary>The next line; null after <paramref name="patience"/>, or when there will be none.</summary>
    public string? Next(TimeSpan patience)
    {
        Stopwatch watch = Stopwatch.StartNew();
        lock (_gate)
        {
            while (_lines.Count == 0)
            {
                TimeSpan left = patience - watch.Elapsed;
                if (_ended || left <= TimeSpan.Zero)
                {
                    return null;
                }

                _ = Monitor.Wait(_gate, left);
            }

            string line = _lines.Dequeue();
            _waiting -= line.Length + EachCosts;
            Monitor.PulseAll(_gate);
            return line;
        }
    }

    /// <summary>Takes no more lines; safe from any thread.</summary>
    public void End()
    {
        lock (_gate)
        {
            _ended = true;
            Monitor.PulseAll(_gate);
        }
    }

    private void Read()
    {
        try
        {
            ReadBlocks();
        }
        catch (Exception fault) when (fault is IOException || fault is ObjectDisposedException || fault is InvalidOperationException || fault is OutOfMemoryException)
        {
            // The child was killed: the missing answers say so.
        }
        finally
        {
            End();
        }
    }

    private void ReadBlocks()
    {
        char[] block = new char[16 * 1024];
        StringBuilder line = new StringBuilder();
        int count;
        while ((count = _output.Read(block, 0, block.Length)) > 0)
        {
            int start = 0;
            for (int feed; (feed = Array.IndexOf(block, '\n', start, count - start)) >= 0; start = feed + 1)
            {
                line.Append(block, start, feed - start);
                if (!Add(line.ToString()))
                {
                    return;
                }

                line.Clear();
            }

            line.Append(block, start, count - start);
            if (line.Length > Limit)
            {
                return;
            }
        }

        // What the engine had not ended with a line feed was no whole answer.
    }

    private bool Add(string line)
    {
        lock (_gate)
        {
            while (!_ended && _waiting > Limit)
            {
                _ = Monitor.Wait(_gate);
            }

            _lines.Enqueue(line);
            _waiting += line.Length + EachCosts;
            Monitor.PulseAll(_gate);
            return !_ended;
        }
    }
}
