using System.Diagnostics;
using OfflineKit.Archives;
using OfflineKit.Host.State;
using OfflineKit.Encoding;
using OfflineKit.Signing.Tests.Trust;
using OfflineKit.Testing;
using OfflineKit.Trust.Tuf;

namespace OfflineKit.Cli.Tests.State;

/// <summary>The real program, killed at a random moment of an import.</summary>
public sealed class KillTests : IDisposable
{
    // KILLS=1000 in the environment takes minutes.
    private static readonly int Rounds = int.Parse(Environment.GetEnvironmentVariable("KILLS") ?? "40", System.Globalization.CultureInfo.InvariantCulture);

    private readonly string _folder = Directory.CreateTempSubdirectory("offlinekit-kill-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_killed_import_leaves_the_old_trust_or_the_new()
    {
        SimulatedRepository site = SimulatedRepository.Fresh();
        string old = Write(site, "old.tar"), pin = site.Pin, state = Path.Combine(_folder, "state");
        site.Advance();
        string update = Write(site, "new.tar");
        string[] at = ["--state", state, "--at", UtcText.Seconds(SimulatedRepository.Now)];
        Execution first = Client.Run(["trust", "import", old, "--root-fingerprint", pin, .. at]);
        Assert.True(first.ExitCode == 0, first.Everything);
        Stopwatch whole = Stopwatch.StartNew();
        Client.Run(["trust", "check", update, "--root-fingerprint", pin, "--at", UtcText.Seconds(SimulatedRepository.Now)]);
        int duration = (int)whole.ElapsedMilliseconds;
        Random random = new(7);
        int updated = 0;
        for (int round = 0; round < Rounds; round++)
        {
            Kill(["trust", "import", update, .. at], random.Next(duration * 5 / 4));
            long version = Version(state);
            Assert.InRange(version, 1, 2);
            if (version == 2)
            {
                updated++;
                Directory.Delete(state, recursive: true);
                Execution again = Client.Run(["trust", "import", old, "--root-fingerprint", pin, .. at]);
                Assert.True(again.ExitCode == 0, again.Everything);
            }
        }

        Assert.InRange(updated, 0, Rounds - 1);

        Execution last = Client.Run(["trust", "import", update, .. at]);
        Assert.True(last.ExitCode == 0, last.Everything);
        Assert.Equal(2, Version(state));
    }

    private static void Kill(string[] arguments, int milliseconds)
    {
        ProcessStartInfo start = new(Client.Command[0], [.. Client.Command.Skip(1), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        if (!process.WaitForExit(milliseconds))
        {
            process.Kill();
            process.WaitForExit();
        }
    }

    private static long Version(string state)
    {
        Result<ImportedTrust> loaded = new TrustState(state).Root(TrustState.DefaultName).Load(pin: null, SimulatedRepository.Now);
        Assert.Null(loaded.Finding);
        return loaded.Value!.Repository.Timestamp.Version;
    }

    private string Write(SimulatedRepository site, string name)
    {
        string path = Path.Combine(_folder, name);
        using FileStream file = File.Create(path);
        TarWriter tar = new(file);
        foreach ((string entry, byte[] content) in site.Files)
        {
            tar.Add(entry, content);
        }

        tar.Finish();
        return path;
    }
}
