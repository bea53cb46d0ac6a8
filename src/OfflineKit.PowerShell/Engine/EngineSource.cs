using System;
using System.Collections.Generic;
using System.IO;

namespace OfflineKit.PowerShell.Engine;

/// <summary>Where cmdlets get their engine from; checked once a session and whenever its file was written or exchanged since, as hashing it costs more than starting it.</summary>
internal static class EngineSource
{
    private static readonly object Gate = new object();
    private static readonly Dictionary<string, (string Path, long Length, DateTime Written, DateTime Made)> Checked =
        new Dictionary<string, (string Path, long Length, DateTime Written, DateTime Made)>(StringComparer.Ordinal);

    /// <summary>How long an engine may be silent.</summary>
    public static TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How an engine file is found; tests replace it.</summary>
    public static Func<string, string> Find { get; set; } = EngineLocation.Find;

    /// <summary>A running engine called <paramref name="program"/>.</summary>
    public static EngineSession Open(string program, bool inheritEnvironment) =>
        new EngineSession(PathOf(program), Timeout, inheritEnvironment);

    /// <summary>The checked path of the engine called <paramref name="program"/>.</summary>
    public static string PathOf(string program)
    {
        lock (Gate)
        {
            if (!Checked.TryGetValue(program, out (string Path, long Length, DateTime Written, DateTime Made) known) || known != Seen(known.Path))
            {
                known = Seen(Find(program));
                Checked[program] = known;
            }

            return known.Path;
        }
    }

    /// <summary>Forgets what was checked, so that the next use checks again.</summary>
    public static void Reset()
    {
        lock (Gate)
        {
            Checked.Clear();
        }
    }

    private static (string Path, long Length, DateTime Written, DateTime Made) Seen(string path)
    {
        FileInfo file = new FileInfo(path);
        return (path, file.Exists ? file.Length : -1, file.LastWriteTimeUtc, file.CreationTimeUtc);
    }
}
