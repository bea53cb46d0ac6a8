using System.Diagnostics;
using System.Security.Cryptography;

namespace OfflineKit.Signer.Tests;

/// <summary>What a P-256 key does when nobody asks anything: one thread for each core, for a second.</summary>
/// <param name="Rate">Signatures a second.</param>
/// <param name="Cost">Microseconds of processor time for each.</param>
internal sealed record BareKey(double Rate, double Cost)
{
    public static BareKey Measured()
    {
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        long start = Stopwatch.GetTimestamp();
        int count = Enumerable.Range(0, 2).Select(_ => Task.Factory.StartNew(() => Signatures(start), TaskCreationOptions.LongRunning)).ToArray().Sum(task => task.Result);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new BareKey(count / seconds, (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMicroseconds / count);
    }

    private static int Signatures(long start)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] digest = new byte[32];
        int count = 0;
        for (; Stopwatch.GetElapsedTime(start).TotalSeconds < 1; count++)
        {
            key.SignHash(digest);
        }

        return count;
    }
}
