using System;
using System.IO;
using OfflineKit.PowerShell.Engine;

namespace OfflineKit.PowerShell.Tests;

/// <summary>An engine written in a few lines of shell, so that each way of failing can be acted out.</summary>
internal sealed class FakeEngine : IDisposable
{
    private const string Hello = "echo '{\"hello\":\"offlinekit\",\"protocol\":1,\"version\":\"0\",\"runtime\":\"sh\",\"trustDate\":\"\"}'\n";
    private readonly string _folder = Directory.CreateTempSubdirectory("offlinekit-fake-").FullName;

    private FakeEngine(string script)
    {
        string path = Path.Combine(_folder, "engine");
        File.WriteAllText(path, "#!/bin/bash\n" + script);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        EngineSource.Find = _ => path;
        EngineSource.Timeout = TimeSpan.FromSeconds(5);
    }

    /// <summary>Says hello, then runs <paramref name="body"/>.</summary>
    public static FakeEngine Saying(string body) => new(Hello + body);

    /// <summary>Runs <paramref name="script"/> from the start, hello or not.</summary>
    public static FakeEngine Raw(string script) => new(script);

    /// <summary>Answers every verify request with <paramref name="answer"/>, in which ID stands for the id and PATH for the path.</summary>
    public static FakeEngine Answering(string answer) => Saying(
        "while IFS= read -r line; do\n"
        + "  case \"$line\" in *'\"bye\"'*) echo '{\"bye\":true}'; exit 0;; esac\n"
        + "  id=$(printf '%s' \"$line\" | sed 's/.*\"id\":\"\\([0-9]*\\)\".*/\\1/')\n"
        + "  path=$(printf '%s' \"$line\" | sed 's/.*\"path\":\"\\([^\"]*\\)\".*/\\1/')\n"
        + $"  printf '%s\\n' '{answer}' | sed \"s|ID|$id|; s|PATH|$path|\"\n"
        + "done\n");

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
    }
}
