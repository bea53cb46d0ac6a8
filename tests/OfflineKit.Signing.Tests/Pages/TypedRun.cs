using System.Runtime.Versioning;
using OfflineKit.Signing.Tests.Services;
using OfflineKit.Testing;

namespace OfflineKit.Signing.Tests.Pages;

/// <summary>One command of a page, run.</summary>
internal static class TypedRun
{
    /// <summary>Runs <paramref name="line"/> in <paramref name="folder"/>, which is also the home, with the programs that it needs; it must succeed. Skips where a program is not there.</summary>
    [UnsupportedOSPlatform("windows")]
    public static void MustSucceed(this TypedLine line, Folder folder, Moto? aws = null)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the lines are written for a Unix shell");
        Guide.Shim(folder.Path, "offlinekit", Client.Command);
        Guide.Shim(folder.Path, "offlinekit-sign", Programs.Sign);
        foreach (string program in line.Needs)
        {
            Guide.Shim(folder.Path, program, Programs.Needed(program));
        }

        if (aws is not null)
        {
            Guide.Shim(folder.Path, "aws", [Peer.Needed("aws"), "--endpoint-url", aws.Url]);
        }

        string script = $"set -e; trap 'kill $(jobs -p) 2> /dev/null || true' EXIT\n. \"$TESTS/pages/prelude.sh\"\n{string.Join('\n', line.Script())}\n";
        (int exit, string output) = Peer.Run(
            folder.Path, "bash", ["-c", script], "", [.. aws?.WithKeys ?? [], ("TESTS", Repository.Path("tests")), ("AWS_DEFAULT_REGION", "us-east-1"), ("HOME", folder.Path),
                ("XDG_CONFIG_HOME", folder["config"]), ("XDG_DATA_HOME", folder["data"]), ("PATH", $"{folder["bin"]}:{Environment.GetEnvironmentVariable("PATH")}")]);
        Assert.True(exit == 0, $"exit {exit}\n{script}\n{output}");
    }
}
