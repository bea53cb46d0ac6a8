using System;

namespace OfflineKit.PowerShell.Engine;

/// <summary>Where cmdlets get their engine from; checked once a session, since hashing the file costs more than starting it.</summary>
internal static class EngineSource
{
    private static readonly object Gate = new object();
    private static readonly System.Collections.Generic.Dictionary<string, string> Checked =
        new System.Collections.Generic.Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>How long an engine may be silent.</summary>
    public static TimeSpan Patience { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How an engine file is found; tests replace it.</summary>
    public static Func<string, string> Find { get; set; } = EngineLocation.Find;

    /// <summary>A running engine called <paramref name="program"/>.</summary>
    public static EngineSession Open(string program, bool inheritEnvironment) =>
        new EngineSession(PathOf(program), Patience, inheritEnvironment);

    /// <summary>The checked path of the engine called <paramref name="program"/>.</summary>
    public static string PathOf(string program)
    {
        lock (Gate)
        {
            if (!Checked.TryGetValue(program, out string? path))
            {
                path = Find(program);
                Checked.Add(program, path);
            }

            return path;
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
}
