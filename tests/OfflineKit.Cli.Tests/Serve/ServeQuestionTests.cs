using System.Text.Json;
using OfflineKit.Cli.Tests.Demands;
using OfflineKit.Host.Requests;
using OfflineKit.Host.Serve;
using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests.Serve;

/// <summary>What the command line can ask, a host can: by a verb for every command, with the same answer.</summary>
public sealed class ServeQuestionTests
{
    public static TheoryData<AskedThing> Things() => [.. AskedThing.All];

    [Theory]
    [MemberData(nameof(Things))]
    public void An_engine_and_a_command_line_answer_alike(AskedThing thing)
    {
        string[] demands = [.. OptionKinds.Demands.Keys.Where(option => option == "--threshold" && thing.Command != "verify-logs")];
        string[][] lines = [thing.Words, .. demands.Select(option => OptionKinds.With(thing, option))];
        Engine engine = Engine.Asked(lines.Select((words, i) => AskedRequest.Of($"{i}", words)));
        for (int i = 0; i < lines.Length; i++)
        {
            Execution run = Client.Run([.. lines[i], "--output", "json"]);
            JsonElement answer = engine.Only($"{i}");
            Assert.True(answer.TryGetProperty("report", out JsonElement report), answer.ToString());
            Assert.Equal(run.ExitCode == 0 ? "valid" : "invalid", answer.GetProperty("status").GetString());
            Assert.Equal(AskedRequest.Comparable(JsonDocument.Parse(run.Stdout).RootElement), AskedRequest.Comparable(report));
        }
    }

    [Fact]
    public void Every_question_has_a_verb()
    {
        Questions[] asked = [.. ServeQuestion.All.Select(question => question.Asks)];
        Assert.Equal(asked.Length, asked.Distinct().Count());
        Assert.Equal(Questions.Verdicts, asked.Aggregate(static (left, right) => left | right));
    }

    [Fact]
    public void The_page_tells_every_verb_and_its_members()
    {
        string[] page = File.ReadAllLines(Repository.Path("docs", "spec", "serve.md"));
        foreach (ServeQuestion question in ServeQuestion.All)
        {
            string row = Assert.Single(page, line => line.StartsWith($"| `{question.Verb}` |", StringComparison.Ordinal));
            Assert.All(question.Subject, member => Assert.Contains($"`{member}`", row, StringComparison.Ordinal));
        }
    }
}
