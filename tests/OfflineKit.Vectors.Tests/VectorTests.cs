using System.Collections.Concurrent;
using System.Text.Json;
using OfflineKit.Testing;

namespace OfflineKit.Vectors.Tests;

/// <summary>Every vector gives exactly its answer: exit status, first reason, and the words that people see.</summary>
public sealed class VectorTests
{
    // The rows of a theory run one after the other, so all vectors are started side by side when the first row asks.
    private static readonly Lazy<ConcurrentDictionary<string, Task<string>>> Complaints = new(StartAll);

    public static TheoryData<string> Names() => [.. Vector.All.Select(vector => vector.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Vector_gives_its_one_answer(string name)
    {
        string complaint = await Complaints.Value[name];
        Assert.True(complaint.Length == 0, complaint);
    }

    private static ConcurrentDictionary<string, Task<string>> StartAll()
    {
        SemaphoreSlim slots = new(Environment.ProcessorCount + 1);
        return new(Vector.All.Select(vector => KeyValuePair.Create(vector.Name, Task.Run(async () =>
        {
            await slots.WaitAsync();
            try
            {
                return Complaint(vector);
            }
            finally
            {
                slots.Release();
            }
        }))));
    }

    // Why the vector fails, or nothing.
    private static string Complaint(Vector vector)
    {
        Execution run = vector.RunJson();
        if (run.ExitCode != vector.ExpectedExit)
        {
            return $"expected {vector.Expect} (exit {vector.ExpectedExit})\n{run.Everything}";
        }

        string seen = vector.ExpectedExit == 2 ? Undecided(run) : Answer(run);
        if (!string.Equals(seen, vector.Expect, StringComparison.Ordinal))
        {
            return $"expected {vector.Expect}, got {seen}\n{run.Everything}";
        }

        if (vector.Contains.Length == 0)
        {
            return "";
        }

        Execution text = vector.RunText();
        string? missing = vector.Contains.FirstOrDefault(words => !(text.Stdout + text.Stderr).Contains(words, StringComparison.Ordinal));
        return missing is not null ? $"the text report does not contain: {missing}\n{text.Everything}"
            : text.ExitCode != run.ExitCode ? $"text and JSON runs disagree\n{text.Everything}"
            : "";
    }

    private static string Undecided(Execution run) =>
        run.Stdout.Length > 0 ? "an error with something on stdout"
        : run.Stderr.StartsWith("offlinekit: error: ", StringComparison.Ordinal) && !run.Stderr.Contains("\n   at ", StringComparison.Ordinal) ? "error"
        : "an error that is not one clear sentence";

    // "trusted" or the first finding's reason, wherever in the report the first findings are.
    private static string Answer(Execution run)
    {
        try
        {
            using JsonDocument report = JsonDocument.Parse(ReportIn(run.Stdout));
            return FirstReason(report.RootElement) ?? (run.ExitCode == 0 ? "trusted" : "no finding at all");
        }
        catch (JsonException fault)
        {
            return $"a report that is no JSON ({fault.Message})";
        }
    }

    // A medium is answered in lines: a header, one for each thing on it, and one that counts them. A vector is about the first thing.
    private static string ReportIn(string output) => output.StartsWith("{\"results\":", StringComparison.Ordinal) ? output.Split('\n')[1] : output;

    private static string? FirstReason(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject()
            .Select(member => member.Name == "findings" && member.Value.ValueKind == JsonValueKind.Array && member.Value.GetArrayLength() > 0
                ? member.Value[0].GetProperty("reason").GetString()
                : FirstReason(member.Value))
            .FirstOrDefault(reason => reason is not null),
        JsonValueKind.Array => element.EnumerateArray().Select(FirstReason).FirstOrDefault(reason => reason is not null),
        _ => null,
    };
}
