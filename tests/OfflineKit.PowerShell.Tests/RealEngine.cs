using System;
using System.IO;
using OfflineKit.PowerShell.Engine;
using OfflineKit.Testing;

namespace OfflineKit.PowerShell.Tests;

/// <summary>The engines that were built beside the tests, as a module would find them; with a data folder of their own.</summary>
internal sealed class RealEngine : IDisposable
{
    private readonly string? _data = Environment.GetEnvironmentVariable("XDG_DATA_HOME"), _configuration = Environment.GetEnvironmentVariable("XDG_CONFIG_HOME");

    private RealEngine()
    {
        Folder = Directory.CreateTempSubdirectory("offlinekit-real-").FullName;
        Environment.SetEnvironmentVariable("XDG_DATA_HOME", Path.Combine(Folder, "data"));
        Environment.SetEnvironmentVariable("XDG_CONFIG_HOME", Path.Combine(Folder, "configuration"));
        EngineSource.Find = Find;
        EngineSource.Timeout = TimeSpan.FromSeconds(60);
    }

    /// <summary>A folder for files of the test.</summary>
    public string Folder { get; }

    /// <summary>Uses the real engines until disposed.</summary>
    public static RealEngine Use() => new();

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("XDG_DATA_HOME", _data);
        Environment.SetEnvironmentVariable("XDG_CONFIG_HOME", _configuration);
        Directory.Delete(Folder, recursive: true);
    }

    private static string Find(string program)
    {
        string native = Repository.Path("artifacts", "linux-x64", program);
        string project = program == "offlinekit" ? "OfflineKit.Cli" : "OfflineKit.Signing.Cli";
        // Beside each managed program lies a small native one that starts it.
        string built = Repository.Path("src", project, "bin", "Debug", "net10.0", project);
        return File.Exists(native) ? native : built;
    }
}
