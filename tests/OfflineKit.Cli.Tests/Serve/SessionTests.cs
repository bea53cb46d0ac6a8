using System.Text.Json;
using OfflineKit.Cli.Tests.Demands;
using OfflineKit.Cli.Tests.Machines;
using OfflineKit.Host.Serve;
using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests.Serve;

/// <summary>While trust changes underneath, a session of <c>serve</c> and a batch answer every question as a process that starts now.</summary>
public sealed class SessionTests
{
    private const int Hundred = 100;

    // The commands that the changes of trust are not about: what binds the machine binds them too.
    private static readonly string[][] Others = [.. AskedThing.Others.Where(thing => thing.Command is not ("policy verify" or "verify-logs")).Select(thing => thing.Words)];

    [Fact]
    public void A_session_a_batch_and_fresh_processes_answer_alike()
    {
        using BoundMachine machine = BoundMachine.Empty();
        using ChangingTrust trust = new(machine);
        using LiveProgram engine = new(machine.Command("serve"), trust.Home);
        // A batch reads what its options name once, as it says; what the machine and the user keep is looked at before each line.
        using LiveProgram batch = new(machine.Command("verify", "--batch", "-", "--list-format", "ndjson"), trust.Home);
        _ = engine.Line();
        int asked = 0, round = 0;
        HashSet<string> answers = new(StringComparer.Ordinal), verbs = new(StringComparer.Ordinal);
        foreach ((string what, Action make) in trust.Changes())
        {
            make();
            foreach (string[] words in trust.Questions(++round).Concat(Others))
            {
                Execution fresh = machine.Run([.. words, "--output", "json"], configuration: trust.Home);
                string wanted = OfProcess(fresh);
                string request = AskedRequest.Of($"{++asked}", words);
                verbs.Add(JsonDocument.Parse(request).RootElement.GetProperty("verb").GetString()!);
                Same(wanted, OfAnswer(engine.Answer(request)), what, words);
                answers.Add($"{string.Join(' ', words)} {wanted}".Replace($"/{round}.txt", "/a.txt", StringComparison.Ordinal));
                if (words[0] == "verify" && !words.Any(word => word is "--key" or "--trust" or "--trust-root" or "--policy" or "--max-trust-age"))
                {
                    Same(wanted, OfAnswer(OfBatch(batch, AsLine(request))), what + ", by a batch", words);
                }
            }
        }

        Assert.True(asked >= Hundred, $"only {asked} questions");
        Assert.Equal(ServeQuestion.All.Select(question => question.Verb).Order(StringComparer.Ordinal), verbs.Order(StringComparer.Ordinal));
        // Nearly every change changes some answer, or nothing was changed.
        Assert.True(answers.Count > 30, $"only {answers.Count} different answers");
    }

    // The header comes with the first result.
    private static string OfBatch(LiveProgram batch, string line) => batch.Answer(line) is var said && said.StartsWith("{\"results\"", StringComparison.Ordinal) ? batch.Line() : said;

    private static void Same(string wanted, string seen, string after, string[] words) => Assert.True(wanted == seen, $"after {after}: {string.Join(' ', words)}\nfresh:   {wanted}\nsession: {seen}");

    // The report where there is one; nothing of the words of an error, which name options here and members there.
    private static string OfProcess(Execution run) => run.ExitCode is 0 or 1 && run.Stdout.Length > 0
        ? $"{(run.ExitCode == 0 ? "valid" : "invalid")} {AskedRequest.Comparable(JsonDocument.Parse(run.Stdout).RootElement)}"
        : "undecided";

    private static string OfAnswer(string line)
    {
        JsonElement answer = JsonDocument.Parse(line).RootElement;
        return answer.TryGetProperty("report", out JsonElement report) ? $"{answer.GetProperty("status").GetString()} {AskedRequest.Comparable(report)}" : "undecided";
    }

    // A request without what belongs to the session.
    private static string AsLine(string request) => JsonSerializer.Serialize(
        JsonDocument.Parse(request).RootElement.EnumerateObject().Where(member => member.Name is not ("id" or "verb")).ToDictionary(member => member.Name, member => member.Value));
}
