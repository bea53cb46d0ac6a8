using OfflineKit.Campaign.Cases;
using OfflineKit.Campaign.Running;

namespace OfflineKit.Campaign;

/// <summary>The mutation campaign: whatever is accepted is changed in every way, and each change must be refused or explained.</summary>
/// <remarks>Ends with 0: all is explained; 1: something is not; 2: it was not understood.</remarks>
internal static class Program
{
    private const int FewestOfACase = 100;

    private static int Main(string[] words)
    {
        Settings settings;
        try
        {
            settings = Settings.Of(words);
        }
        catch (ArgumentException fault)
        {
            Console.Error.WriteLine($"campaign: error: {fault.Message}");
            return 2;
        }

        AcceptedCase[] cases = Cases(settings);
        Tally tally = new();
        Runner runner = new(settings, tally);
        runner.Run(Mine(cases, settings));
        Console.WriteLine(string.Join('\n', tally.Text()));
        Say(runner, settings);
        if (settings.Counts is { } counts)
        {
            File.WriteAllLines(counts, tally.Lines());
        }

        Console.WriteLine($"tried {tally.Count()}: refused {tally.Count("refused")}, accepted and explained {tally.Count("explained")}, undecided and explained {tally.Count("undecided-explained")}, "
            + $"not explained {tally.Count("unexplained")}, undecided {tally.Count("undecided")}, failed {tally.Count("failed")}");
        return runner.Faults.Any() ? 1 : 0;
    }

    private static AcceptedCase[] Cases(Settings settings)
    {
        (string Name, AcceptedCase? Case, string Why)[] all =
        [
            .. VectorCases.Read(Path.Combine(settings.Root, "tests", "vectors")),
            .. CorpusCases.Read(Path.GetFullPath(Path.Combine(settings.Root, "..", "shared", "corpora"))),
        ];
        AcceptedCase[] cases = [.. all.Select(one => one.Case).OfType<AcceptedCase>().Where(one => settings.Formats.IsEmpty || settings.Formats.Any(format => one.Name.Contains(format, StringComparison.Ordinal)))];
        Console.WriteLine($"{cases.Length} of {all.Length} accepted cases");
        if (settings.Formats.IsEmpty)
        {
            Console.WriteLine(string.Join('\n', all.Where(one => one.Case is null).GroupBy(one => one.Why).Select(why => $"  not asked, since {why.Key}: {string.Join(", ", why.Select(one => one.Name))}")));
        }

        return cases;
    }

    // Each format has the same number of changes, and each of its cases; a small run takes some of the cases, and has enough changes for each.
    private static IEnumerable<(AcceptedCase Case, long Changes)> Mine(AcceptedCase[] cases, Settings settings)
    {
        IGrouping<string, AcceptedCase>[] formats = [.. cases.GroupBy(one => one.Format)];
        return formats.SelectMany(format => Some([.. format], settings.Changes / formats.Length)).Where((_, number) => number % settings.Shards == settings.Shard - 1);
    }

    private static IEnumerable<(AcceptedCase Case, long Changes)> Some(AcceptedCase[] cases, long changes)
    {
        int taken = (int)Math.Clamp(changes / FewestOfACase, 1, cases.Length);
        return Enumerable.Range(0, taken).Select(at => (cases[at * cases.Length / taken], changes / taken));
    }

    private static void Say(Runner runner, Settings settings)
    {
        int number = 0;
        foreach (Fault fault in runner.Faults)
        {
            Directory.CreateDirectory(settings.Failures);
            string saved = Path.Combine(settings.Failures, $"{settings.Shard}-{++number}");
            File.WriteAllBytes(saved, fault.Content);
            Console.WriteLine(fault.Text(saved));
        }
    }
}
