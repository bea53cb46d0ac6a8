using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace OfflineKit.PowerShell.Engine;

/// <summary>Finds the engine in the module's own folder, never on the path, and checks it against the pinned SHA-256.</summary>
internal static class EngineLocation
{
    /// <summary>The engine called <paramref name="program"/> for this system, checked.</summary>
    /// <exception cref="EngineException">EngineMissing or EngineTampered.</exception>
    public static string Find(string program)
    {
        string assembly = typeof(EngineLocation).Assembly.Location;
        if (assembly.Length == 0)
        {
            // Loaded from memory: a path from "here" would be one from the current folder, where anybody may have put an engine.
            throw new EngineException("EngineMissing", "the module was not loaded from a file, so it has no folder with an engine; import OfflineKit.psd1");
        }

        return Find(Path.GetDirectoryName(assembly)!, program, RuntimeIdentifier());
    }

    /// <summary>The engine below <paramref name="folder"/>; SHA256SUMS beside <c>bin</c> pins its content.</summary>
    public static string Find(string folder, string program, string rid)
    {
        string name = rid.StartsWith("win", StringComparison.Ordinal) ? program + ".exe" : program;
        string relative = "bin/" + rid + "/" + name;
        string path = Path.Combine(folder, "bin", rid, name);
        if (!File.Exists(path))
        {
            throw new EngineException("EngineMissing", $"the engine {path} is missing; install the module package for {rid}");
        }

        string sums = Path.Combine(folder, "SHA256SUMS");
        if (!File.Exists(sums))
        {
            throw new EngineException("EngineTampered", $"{sums}, which pins the engine, is missing; install the module again");
        }

        if (!IsPinned(sums, relative, path))
        {
            throw new EngineException("EngineTampered", $"the engine {path} is not the one that this module was packed with; install the module again");
        }

        return path;
    }

    // A file that cannot be read must end as an answer, not as an exception that skips the caller's guard.
    private static bool IsPinned(string sums, string relative, string path)
    {
        try
        {
            return Pinned(sums).TryGetValue(relative, out string? wanted) && string.Equals(wanted, Sha256(path), StringComparison.Ordinal);
        }
        catch (Exception fault) when (fault is IOException || fault is UnauthorizedAccessException)
        {
            throw new EngineException("EngineMissing", $"the engine cannot be read: {fault.Message}");
        }
    }

    /// <summary>SHA-256 of a file in lower-case hex.</summary>
    public static string Sha256(string path)
    {
        using (SHA256 sha = SHA256.Create())
        using (FileStream stream = File.OpenRead(path))
        {
            return BitConverter.ToString(sha.ComputeHash(stream)).Replace("-", "").ToLowerInvariant();
        }
    }

    private static Dictionary<string, string> Pinned(string sums)
    {
        Dictionary<string, string> pinned = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in File.ReadAllLines(sums))
        {
            if (line.Length > 66 && line[64] == ' ')
            {
                pinned[line.Substring(66)] = line.Substring(0, 64);
            }
        }

        return pinned;
    }

    private static string RuntimeIdentifier()
    {
        string system = RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? "win" : RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? "osx" : "linux";
        // A 32-bit Windows PowerShell starts the 64-bit engine: it is a process of its own.
        string machine = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "x64";
        return system + "-" + machine;
    }
}
