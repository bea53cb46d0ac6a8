using System.Collections.Immutable;
using System.Globalization;

namespace OfflineKit.Campaign;

/// <summary>What a campaign is asked for.</summary>
/// <param name="Changes">How many changes in all.</param>
/// <param name="Formats">Parts of the names of the formats; empty: all.</param>
/// <param name="Seed">Which changes, where there are more.</param>
/// <param name="Shard">Which part of the cases, from 1.</param>
/// <param name="Shards">Of how many.</param>
/// <param name="Jobs">How many cases side by side.</param>
/// <param name="Program">The words that start <c>offlinekit</c>.</param>
/// <param name="Root">The checkout.</param>
/// <param name="Counts">The file for the counts, or null.</param>
/// <param name="Failures">The folder for what was answered wrongly.</param>
internal sealed record Settings(
    long Changes, ImmutableArray<string> Formats, string Seed, int Shard, int Shards, int Jobs, ImmutableArray<string> Program, string Root, string? Counts, string Failures)
{
    /// <summary>The options of the command line.</summary>
    /// <exception cref="ArgumentException">One is not understood.</exception>
    public static Settings Of(string[] words)
    {
        Settings settings = new(20_000, [], "1", 1, 1, 1, [], Directory.GetCurrentDirectory(), null, Path.Combine(Path.GetTempPath(), "offlinekit-campaign-failures"));
        foreach (string[] pair in words.Chunk(2))
        {
            settings = pair is [var name, var value] ? settings.With(name, value) : throw new ArgumentException($"{pair[0]} without a value");
        }

        return settings.Program.IsEmpty ? throw new ArgumentException("--program is missing") : settings;
    }

    private Settings With(string name, string value) => name switch
    {
        "--changes" => this with { Changes = long.Parse(value, CultureInfo.InvariantCulture) },
        "--format" => this with { Formats = Formats.Add(value) },
        "--seed" => this with { Seed = value },
        "--shard" when value.Split('/') is [var number, var of] => this with { Shard = int.Parse(number, CultureInfo.InvariantCulture), Shards = int.Parse(of, CultureInfo.InvariantCulture) },
        "--jobs" => this with { Jobs = int.Parse(value, CultureInfo.InvariantCulture) },
        "--program" => this with { Program = [.. value.Split(' ')] },
        "--root" => this with { Root = Path.GetFullPath(value) },
        "--counts" => this with { Counts = value },
        "--failures" => this with { Failures = value },
        _ => throw new ArgumentException($"{name} {value} is not understood"),
    };
}
