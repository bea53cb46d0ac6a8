using System.Collections.Immutable;
using OfflineKit.Host.Batches;
using OfflineKit.Encoding;

namespace OfflineKit.Host.Results;

/// <summary>The first line of a results file.</summary>
/// <param name="Engine">The version of the program that decided.</param>
/// <param name="StartedAt">When it began, RFC 3339.</param>
/// <param name="Question">What was asked: see docs/spec/results.md.</param>
/// <param name="Shard">Which part of a list it is, or null.</param>
internal sealed record ResultsHeader(string Engine, string StartedAt, string Question, ShardHeader? Shard)
{
    /// <summary>The policies in force when the run began, in words; null: it does not say.</summary>
    public ImmutableArray<string>? Policies { get; private init; }

    /// <summary>The header on <paramref name="line"/>.</summary>
    public static ResultsHeader Parse(byte[] line)
    {
        JsonValue value = StrictJson.ParseObject(line, "first line");
        if (value.OptionalString("results") != "offlinekit" || value["version"].Integer != ResultLine.Version)
        {
            throw new MalformedException("the first line is no header of offlinekit's results, version 1");
        }

        _ = Rfc3339.Parse(value.String("startedAt"), "startedAt");
        return new ResultsHeader(value.String("engine"), value.String("startedAt"), value.String("question"), value.Optional("shard") is { } shard ? ShardHeader.FromJson(shard) : null)
        {
            Policies = value.Optional("policies") is { } policies ? [.. policies.Elements.Select(policy => policy.Text)] : null,
        };
    }
}
