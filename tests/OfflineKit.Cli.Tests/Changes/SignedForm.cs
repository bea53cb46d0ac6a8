using System.Collections.Immutable;
using OfflineKit.Campaign.Cases;
using OfflineKit.Campaign.Changes;
using OfflineKit.Campaign.Rules;
using OfflineKit.Campaign.Running;
using OfflineKit.Testing;
using Outcome = OfflineKit.Campaign.Running.Outcome;

namespace OfflineKit.Cli.Tests.Changes;

using CaseFile = OfflineKit.Campaign.Cases.CaseFile;

/// <summary>A form in which files are signed, and why some changes of it are accepted.</summary>
/// <param name="Format">The format of its signature, or of the document that carries one.</param>
/// <param name="Vector">The vector that is changed.</param>
/// <param name="Rules">The names of the rules, here and in tests/campaign/Rules, by which a change is accepted; every one of them occurs.</param>
internal sealed record SignedForm(string Format, string Vector, params ImmutableArray<string> Rules)
{
    private const int MostThroughFiles = 100;

    /// <summary>What is wrong: changes that are accepted for none of the reasons, and reasons that do not occur.</summary>
    public IEnumerable<string> Complaints()
    {
        AcceptedCase accepted = Accepted.Value[Vector];
        using AskedInProcess asked = new(accepted);
        Answer unchanged = asked.Ask();
        if (unchanged.Outcome != Outcome.Accepted || !IsOfFormat(accepted, unchanged))
        {
            return [$"{Vector} is {unchanged.Outcome} {unchanged.Reason} {unchanged.Json}"];
        }

        Rule[] rules = [.. FormRules.All.Concat(RuleTable.All).Concat(OpenPgpRules.OfArtifacts).Where(rule => Rules.Contains(rule.Name))];
        HashSet<string> used = new(StringComparer.Ordinal);
        List<string> complaints = [];
        foreach (CaseFile file in accepted.Files.Where(file => file.Role is not (FileRole.Root or FileRole.Policy) && !(asked.IsQuick && file.Role == FileRole.Beside)))
        {
            byte[] before = File.ReadAllBytes(Path.Combine(accepted.Base, file.Path));
            foreach (Change change in FormChanges.Of(before, file.Role == FileRole.Key || !asked.IsQuick ? MostThroughFiles : int.MaxValue))
            {
                Answer answer = asked.Ask(file, change.Content, before);
                Acceptance acceptance = new(accepted, file, Acceptance.Narrow(before), Acceptance.Narrow(change.Content), unchanged.Json, answer.Json)
                {
                    IsAcceptedWith = content => asked.Ask(file, content, before) is { Outcome: Outcome.Accepted } other && Acceptance.Evidence(other.Json) == Acceptance.Evidence(answer.Json),
                };
                if (!IsRight(acceptance, answer, rules, used))
                {
                    complaints.Add($"{file.Path} ({file.Role}): {change.What}: {answer.Outcome} {answer.Reason} {(answer.Outcome == Outcome.Accepted ? RuleTable.For(acceptance)?.Name : "")}");
                }
            }
        }

        return [.. complaints, .. Rules.Except(used).Select(rule => $"the rule \"{rule}\" does not occur")];
    }

    private static readonly Lazy<Dictionary<string, AcceptedCase>> Accepted =
        new(() => VectorCases.Read(Repository.Path("tests", "vectors")).Where(one => one.Case is not null).ToDictionary(one => one.Name, one => one.Case!, StringComparer.Ordinal));

    // An envelope that holds others speaks with the word of the one that is trusted.
    private bool IsOfFormat(AcceptedCase accepted, Answer answer) => answer.Json.GetProperty("report").GetProperty("format").GetString() == Format
        || accepted.Files.Any(file => KnownFormats.Recognise(File.ReadAllBytes(Path.Combine(accepted.Base, file.Path)), Expectations.None)?.Name == Format);

    private static bool IsRight(Acceptance acceptance, Answer answer, Rule[] rules, HashSet<string> used)
    {
        // Whatever is written in the file of keys: the key that signed is the one of before.
        if (answer.Outcome == Outcome.Accepted && acceptance.File.Role == FileRole.Key)
        {
            return acceptance.RestsOnTheSameKeys;
        }

        if (answer.Outcome == Outcome.Accepted && rules.FirstOrDefault(rule => rule.Explains(acceptance)) is { } explains)
        {
            used.Add(explains.Name);
            return true;
        }

        return answer.Outcome == Outcome.Refused || (answer.Outcome == Outcome.Undecided && UndecidedTable.For(acceptance.File, answer.Reason) is not null);
    }
}
