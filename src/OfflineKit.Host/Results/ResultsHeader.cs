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

    /// <summary>What was asked, in words; null: it does not say.</summary>
    public ImmutableArray<string>? Asked { get; private init; }

    /// <summary>The build of the program that decided; its version, where the line does not say more.</summary>
    public string Build { get; private init; } = Engine;

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
            Policies = Texts(value, "policies"),
            Asked = Texts(value, "asked"),
            Build = value.OptionalString("build") ?? value.String("engine"),
        };
    }

    private static ImmutableArray<string>? Texts(JsonValue value, string member) => value.Optional(member) is { } texts ? [.. texts.Elements.Select(text => text.Text)] : null;
}
