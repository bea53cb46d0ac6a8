using System.Collections.Concurrent;
using System.Collections.Immutable;
using OfflineKit.Campaign.Cases;
using OfflineKit.Campaign.Changes;
using OfflineKit.Campaign.Rules;

namespace OfflineKit.Campaign.Running;

/// <summary>Asks about every chosen change of every file of the cases, and judges the answers.</summary>
/// <param name="settings">What was asked for.</param>
/// <param name="tally">Where the answers are counted.</param>
internal sealed class Runner(Settings settings, Tally tally)
{
    private readonly ConcurrentBag<Fault> _faults = [];

    /// <summary>What is wrong, in one order.</summary>
    public IEnumerable<Fault> Faults => _faults.OrderBy(fault => fault.Where, StringComparer.Ordinal).ThenBy(fault => fault.What, StringComparer.Ordinal);

    /// <summary>Asks about <paramref name="cases"/>, each with its number of changes.</summary>
    public void Run(IEnumerable<(AcceptedCase Case, long Changes)> cases) =>
        Parallel.ForEach(Partitioner.Create(cases, EnumerablePartitionerOptions.NoBuffering), new ParallelOptions { MaxDegreeOfParallelism = settings.Jobs }, one => Run(one.Case, one.Changes));

    private void Run(AcceptedCase asked, long wanted)
    {
        using Slots slots = new(asked, settings.Program, wanted);
        Answer unchanged = slots.AskUnchanged();
        if (unchanged.Outcome != Outcome.Accepted)
        {
            tally.Add(asked.Format, "failed", "not accepted unchanged");
            _faults.Add(new Fault(asked, asked.Files[0], "unchanged", "failed", unchanged.Reason + " " + unchanged.Json, []));
            return;
        }

        ChangedFile[] files = [.. asked.Files.Select(file => new ChangedFile(File.ReadAllBytes(Path.Combine(asked.Base, file.Path))))];
        ImmutableArray<long> shares = Share.Of(wanted, [.. files.Select(file => file.Count)]);
        for (int at = 0; at < files.Length; at++)
        {
            foreach (Change[] changes in files[at].Some(shares[at], SeedOf(asked.Files[at].Path)).Chunk(slots.Count))
            {
                Answer[] answers = slots.Ask(asked.Files[at].Path, [.. changes.Select(change => change.Content)], files[at].Content);
                foreach ((Change change, Answer answer) in changes.Zip(answers))
                {
                    Judge(slots, asked, asked.Files[at], files[at].Content, change, unchanged, answer);
                }
            }
        }
    }

    private void Judge(Slots slots, AcceptedCase asked, CaseFile file, byte[] before, Change change, Answer unchanged, Answer answer)
    {
        bool IsAcceptedWith(byte[]? content) =>
            slots.Ask(file.Path, [content], before) is [{ Outcome: Outcome.Accepted } other] && Acceptance.Evidence(other.Json) == Acceptance.Evidence(answer.Json);
        Rule? rule = answer.Outcome switch
        {
            Outcome.Accepted => RuleTable.For(new Acceptance(asked, file, Acceptance.Narrow(before), Acceptance.Narrow(change.Content), unchanged.Json, answer.Json) { IsAcceptedWith = IsAcceptedWith }),
            Outcome.Undecided => UndecidedTable.For(file, answer.Reason),
            _ => null,
        };
        (string outcome, string why) = answer.Outcome switch
        {
            Outcome.Refused => ("refused", answer.Reason),
            Outcome.Accepted when rule is not null => ("explained", rule.Name),
            Outcome.Accepted => ("unexplained", $"{file.Role}"),
            Outcome.Undecided when rule is not null => ("undecided-explained", $"{answer.Reason} ({rule.Name})"),
            Outcome.Undecided => ("undecided", answer.Reason),
            _ => ("failed", answer.Reason),
        };
        tally.Add(asked.Format, outcome, why);
        if (outcome is "unexplained" or "undecided" or "failed")
        {
            _faults.Add(new Fault(asked, file, change.What, outcome, answer.Outcome == Outcome.Accepted ? "" : $"{answer.Reason} {answer.Json}", change.Content));
        }
    }

    // The same for every machine and run.
    private ulong SeedOf(string path) =>
        System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{settings.Seed} {path}")));
}
