using System.Diagnostics;

namespace OfflineKit.Testing;

/// <summary>A server that ends with the tests that started it, however they end: a shell between the two kills it when its standard input is closed.</summary>
internal static class OwnedServer
{
    // The shell lets go of the outputs, so that they end when the server ends. $0 is the server.
    private const string Keeper = """
        "$0" "$@" < /dev/null &
        server=$!
        exec > /dev/null 2>&1
        while read -r _; do :; done
        kill -9 $server
        """;

    /// <summary>Starts what <paramref name="start"/> describes.</summary>
    public static Process Start(ProcessStartInfo start)
    {
        string[] words = [start.FileName, .. start.ArgumentList];
        start.FileName = "/bin/sh";
        start.ArgumentList.Clear();
        foreach (string word in (string[])["-c", Keeper, .. words])
        {
            start.ArgumentList.Add(word);
        }

        start.RedirectStandardInput = true;
        return Process.Start(start)!;
    }

    /// <summary>Ends <paramref name="server"/>, which <see cref="Start"/> started.</summary>
    public static void End(Process server)
    {
        server.StandardInput.Close();
        server.WaitForExit();
        server.Dispose();
    }
}
