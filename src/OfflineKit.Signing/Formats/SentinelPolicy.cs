using System.Collections.Immutable;
using System.Text.RegularExpressions;
using OfflineKit.Encoding;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace OfflineKit.Signing.Formats;

/// <summary>What Sentinel's own validator would refuse in a policy; it refuses to sign such a file, and to load it.</summary>
/// <remarks>Source: docs/spec/sentinel.md (what is signed). Only the conditions profiles, users and time count. The YAML is read, never executed or expanded.</remarks>
internal static partial class SentinelPolicy
{
    private const int FaultLimit = 20;
    private static readonly ImmutableArray<string> Effects = ["allow", "deny", "require_approval", "require_server", "require_server_session"];
    private static readonly ImmutableArray<string> Conditions = ["profiles", "users", "time"];
    private static readonly ImmutableArray<string> Days =
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    /// <summary>The faults of the policy in <paramref name="content"/>, at most twenty; none for a valid one.</summary>
    public static ImmutableArray<string> Faults(ReadOnlySpan<byte> content)
    {
        try
        {
            using StringReader text = new(Utf8Text.Decode(content, "policy"));
            YamlStream yaml = [];
            yaml.Load(text);
            return yaml.Documents is [{ RootNode: YamlMappingNode root }]
                ? [.. InPolicy(root).Take(FaultLimit)]
                : ["the policy is not one YAML mapping"];
        }
        catch (YamlException fault)
        {
            return [$"the policy is no YAML: line {fault.Start.Line}: {fault.Message}"];
        }
        catch (MalformedException fault)
        {
            return [fault.Message];
        }
    }

    private static IEnumerable<string> InPolicy(YamlMappingNode policy)
    {
        if (Text(policy, "version") is not "1")
        {
            yield return $"version is \"{Text(policy, "version")}\", wanted \"1\"";
        }

        if (Member(policy, "rules") is not YamlSequenceNode { Children.Count: > 0 } rules)
        {
            yield return "the policy has no rules";
            yield break;
        }

        foreach (string fault in rules.Children.SelectMany((rule, index) => rule is YamlMappingNode mapping ? InRule(mapping, index + 1) : [$"rule {index + 1} is no mapping"]))
        {
            yield return fault;
        }
    }

    private static IEnumerable<string> InRule(YamlMappingNode rule, int number)
    {
        string name = Text(rule, "name") is { Length: > 0 } given ? $"rule \"{given}\"" : $"rule {number}";
        if (Text(rule, "name") is not { Length: > 0 })
        {
            yield return $"{name} has no name";
        }

        if (Text(rule, "effect") is not { } effect || !Effects.Contains(effect, StringComparer.Ordinal))
        {
            yield return $"{name}: effect \"{Text(rule, "effect")}\", wanted one of {string.Join(", ", Effects)}";
        }

        if (Member(rule, "conditions") is not YamlMappingNode conditions || !Conditions.Any(condition => !IsEmpty(Member(conditions, condition))))
        {
            yield return $"{name} has none of the conditions {string.Join(", ", Conditions)}";
            yield break;
        }

        foreach (string fault in Member(conditions, "time") is { } time ? InTime(time) : [])
        {
            yield return $"{name}: {fault}";
        }
    }

    private static IEnumerable<string> InTime(YamlNode time)
    {
        if (time is not YamlMappingNode window)
        {
            yield return "time is no mapping";
            yield break;
        }

        foreach (string day in Member(window, "days") is YamlSequenceNode days ? days.Children.OfType<YamlScalarNode>().Select(day => day.Value ?? "") : [])
        {
            if (!Days.Contains(day, StringComparer.OrdinalIgnoreCase))
            {
                yield return $"weekday \"{day}\" is unknown";
            }
        }

        YamlMappingNode hours = Member(window, "hours") as YamlMappingNode ?? window;
        foreach (string edge in (string[])["start", "end"])
        {
            if (Text(hours, edge) is { } hour && !HourAndMinute().IsMatch(hour))
            {
                yield return $"{edge} is \"{hour}\", wanted HH:MM";
            }
        }

        if (Text(window, "timezone") is { } zone && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
        {
            yield return $"time zone \"{zone}\" is not known on this machine";
        }
    }

    private static bool IsEmpty(YamlNode? node) => node switch
    {
        null => true,
        YamlSequenceNode sequence => sequence.Children.Count == 0,
        YamlMappingNode mapping => mapping.Children.Count == 0,
        YamlScalarNode scalar => string.IsNullOrEmpty(scalar.Value),
        _ => false,
    };

    private static YamlNode? Member(YamlMappingNode mapping, string name) =>
        mapping.Children.FirstOrDefault(child => child.Key is YamlScalarNode key && key.Value == name).Value;

    private static string? Text(YamlMappingNode mapping, string name) => (Member(mapping, name) as YamlScalarNode)?.Value;

    [GeneratedRegex(@"\A([01][0-9]|2[0-3]):[0-5][0-9]\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HourAndMinute();
}
