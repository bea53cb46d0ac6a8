using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using OfflineKit.Campaign.Changes;
using OfflineKit.Fuzz.Targets;

namespace OfflineKit.Fuzz;

/// <summary>Changes of the seeds by their structure, and of bytes within, in this process: blind to what is covered, and fast.</summary>
/// <param name="target">What reads.</param>
/// <param name="failures">The folder for what crashes or hangs it.</param>
internal sealed class ChangeLoop(Target target, string failures) : IDisposable
{
    private const int VariantsOfEach = 7, MostBytes = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HashSet<string> _kinds = new(StringComparer.Ordinal);
    private readonly Stopwatch _since = Stopwatch.StartNew();
    private byte[] _current = [];
    private long _executions, _accepted;
    private Timer? _watch;

    /// <summary>Reads <paramref name="wanted"/> changed seeds; which ones, <paramref name="number"/> decides. Prints the counts as one line of JSON.</summary>
    /// <returns>0: nothing was found; 1: something was saved.</returns>
    public int Run(long wanted, int number)
    {
        byte[][] seeds = Seeds.Of(target);
        if (seeds.Length == 0)
        {
            throw new InvalidOperationException($"nothing among the vectors is accepted by {target.Name}");
        }

        // A seeded generator gives the same changes on every machine.
        Random random = new(number);
        Stopwatch run = Stopwatch.StartNew();
        _watch = new Timer(_ => EndIfHung(), null, Patience, Patience);
        while (_executions < wanted)
        {
            byte[] seed = seeds[random.Next(seeds.Length)];
            foreach (byte[] changed in Changed(seed, random).Take((int)Math.Min(wanted - _executions, int.MaxValue)))
            {
                Try(changed);
            }
        }

        Console.WriteLine($"{{\"target\":\"{target.Name}\",\"by\":\"changes\",\"executions\":{_executions},\"accepted\":{_accepted},\"crashes\":{_kinds.Count},\"hangs\":0,\"seconds\":{run.Elapsed.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture)}}}");
        return _kinds.Count == 0 ? 0 : 1;
    }

    /// <summary>A share of the structural changes of <paramref name="seed"/>, each also with changed bytes; and the seed with changed bytes.</summary>
    public static IEnumerable<byte[]> Changed(byte[] seed, Random random)
    {
        int share = 1 + random.Next(64), first = random.Next(share);
        foreach (Change change in StructuralChanges.Of(seed).Where((_, at) => at % share == first))
        {
            yield return change.Content;
            for (int variant = 0; variant < VariantsOfEach; variant++)
            {
                yield return Bytes(change.Content, random);
            }
        }

        for (int variant = 0; variant < 64; variant++)
        {
            yield return Bytes(seed, random);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _watch?.Dispose();

    private static byte[] Bytes(byte[] content, Random random)
    {
        for (int changes = 1 + random.Next(MostBytes); changes > 0 && content.Length > 0; changes--)
        {
            content = ByteChanges.Of(content, random.NextInt64(ByteChanges.CountOf(content.Length)))?.Content ?? content;
        }

        return content;
    }

    private void Try(byte[] content)
    {
        _executions++;
        _current = content;
        _since.Restart();
        try
        {
            _accepted += target.Accepts(content) ? 1 : 0;
        }
#pragma warning disable CA1031 // Whatever a target lets out is what is looked for.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            // One of each kind and place is enough to mend it.
            string kind = $"{fault.GetType().Name} {fault.StackTrace?.Split('\n')[0].Trim()}";
            if (_kinds.Add(kind))
            {
                Console.Error.WriteLine($"CRASH {target.Name}: {Save("crash")}: {fault.Message} {kind}");
            }
        }
    }

    private void EndIfHung()
    {
        if (_since.Elapsed > Patience)
        {
            Console.Error.WriteLine($"HANG {target.Name}: {Save("hang")}: no end in {Patience.TotalSeconds} s");
            Environment.Exit(1);
        }
    }

    private string Save(string what)
    {
        Directory.CreateDirectory(failures);
        string file = Path.Combine(failures, $"{target.Name}-{what}-{Convert.ToHexStringLower(SHA256.HashData(_current))[..12]}");
        File.WriteAllBytes(file, _current);
        return file;
    }
}
