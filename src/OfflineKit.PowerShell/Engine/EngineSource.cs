using System;

namespace OfflineKit.PowerShell.Engine;

/// <summary>Where cmdlets get their engine from. Its content is compared with the pinned digest before every start: times and sizes can be set by whoever replaces a file.</summary>
internal static class EngineSource
{
    /// <summary>How long an engine may be silent.</summary>
    public static TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How an engine file is found and checked; tests replace it.</summary>
    public static Func<string, string> Find { get; set; } = EngineLocation.Find;

    /// <summary>A running engine called <paramref name="program"/>.</summary>
    public static EngineSession Open(string program, bool inheritEnvironment) => new EngineSession(PathOf(program), Timeout, inheritEnvironment);

    /// <summary>The checked path of the engine called <paramref name="program"/>.</summary>
    public static string PathOf(string program) => Find(program);
}
