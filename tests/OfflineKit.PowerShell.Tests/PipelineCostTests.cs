using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using OfflineKit.PowerShell.Engine;
using OfflineKit.PowerShell.Json;
using OfflineKit.Testing;
using Xunit;
using static OfflineKit.PowerShell.Tests.Invocation;

namespace OfflineKit.PowerShell.Tests;

/// <summary>What a file costs in the pipeline beyond its verification; run by tests/benchmarks/powershell.sh.</summary>
public sealed class PipelineCostTests(ITestOutputHelper output)
{
    private const double TargetMilliseconds = 0.1;
    private const int Rounds = 5;

    [Fact]
    public void A_file_costs_less_than_a_tenth_of_a_millisecond_beyond_its_verification()
    {
        if (!int.TryParse(Environment.GetEnvironmentVariable("OFFLINEKIT_BENCHMARK_FILES"), NumberStyles.None, CultureInfo.InvariantCulture, out int count))
        {
            Assert.Skip("a measurement: run tests/benchmarks/powershell.sh on an idle machine");
        }

        using RealEngine engine = RealEngine.Use();
        string key = Repository.Path("tests", "vectors", "minisign", "_keys", "alice.pub");
        string[] files = [.. Enumerable.Range(0, count).Select(i => Copy(engine.Folder, i))];
        List<double> alone = [], piped = [];
        for (int round = 0; round < Rounds; round++)
        {
            alone.Add(Alone(files, key) / count);
            piped.Add(Piped(files, key) / count);
        }

        (double bare, double whole) = (Median(alone), Median(piped));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"engine alone {bare:0.000} ms a file, pipeline {whole:0.000} ms a file, beyond {whole - bare:0.000} ms a file ({count} files, median of {Rounds})"));
        Assert.True(whole - bare < TargetMilliseconds);
    }

    private static double Piped(string[] files, string key)
    {
        Stopwatch watch = Stopwatch.StartNew();
        TestPolicySignatureCommand command = Pipe(new TestPolicySignatureCommand { PublicKey = [key] }, [.. files.Select(file => new FileInfo(file))]);
        Assert.Equal(true, command.Written.Single());
        return watch.Elapsed.TotalMilliseconds;
    }

    // The same requests, all of them written before the first answer is looked at; the answers are only counted.
    private static double Alone(string[] files, string key)
    {
        byte[] requests = [.. files.SelectMany((file, i) => new JsonLine().Add("id", i.ToString(CultureInfo.InvariantCulture)).Add("verb", "verify").Add("path", file).Add("publicKey", key).Bytes()),
            .. Encoding.ASCII.GetBytes("{\"verb\":\"bye\"}\n")];
        Stopwatch watch = Stopwatch.StartNew();
        using Process process = Process.Start(new ProcessStartInfo(EngineSource.PathOf("offlinekit"), "serve") { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        System.Threading.Thread writer = new(() => process.StandardInput.BaseStream.Write(requests));
        writer.Start();
        int lines = 0;
        while (process.StandardOutput.ReadLine() is not null)
        {
            lines++;
        }

        process.WaitForExit();
        Assert.Equal(files.Length + 2, lines);
        return watch.Elapsed.TotalMilliseconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string Copy(string folder, int number)
    {
        string good = Repository.Path("tests", "vectors", "minisign", "prehashed", "a.txt"), path = Path.Combine(folder, $"{number}.txt");
        File.Copy(good, path);
        File.Copy(good + ".minisig", path + ".minisig");
        return path;
    }
}
