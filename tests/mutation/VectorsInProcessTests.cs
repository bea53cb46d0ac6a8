using System.Text.Json;
using System.Text.Json.Nodes;
using OfflineKit.Campaign.Running;
using OfflineKit.Host.Requests;
using OfflineKit.Host.Serve;
using OfflineKit.Host.State;
using OfflineKit.Vectors.Tests;

namespace OfflineKit.Mutation;

/// <summary>Every vector that the protocol of <c>serve</c> can ask gives its answer within this process.</summary>
public sealed class VectorsInProcessTests
{
    // Where nothing is remembered.
    private static readonly Machine Machine = new("/nonexistent/offlinekit-mutation");

    // An import changes what is remembered; that an archive is its own document, the command line finds out.
    public static TheoryData<string> Names() => [.. Vector.All.Where(vector => vector.Stdin is null && !vector.Name.StartsWith("exports/archive-called-", StringComparison.Ordinal) && Request(vector) is { } request && (string?)request["verb"] != "trust-import").Select(vector => vector.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Vector_gives_its_one_answer(string name)
    {
        Vector vector = Vector.Read(name);
        Answer answer = Ask(vector);
        string seen = answer.Outcome switch { Outcome.Accepted => "trusted", Outcome.Refused when answer.Reason != "not-signed" => answer.Reason, Outcome.Refused or Outcome.Undecided => "error", _ => $"{answer.Reason} {answer.Json}" };
        Assert.Equal(vector.Expect, seen);
    }

    private static JsonObject? Request(Vector vector) => Campaign.Cases.ServeQuestion.Of([.. vector.Args]).Question?.Json;

    // Vectors name their files as seen from their folder.
    private static Answer Ask(Vector vector)
    {
        JsonObject request = Request(vector)!;
        request["id"] = "1";
        using MemoryStream output = new();
        ServeVerbs verbs = new(new ServeAnswers(new AnswerLines(output), SurfaceWording.CommandLine), Machine, SurfaceWording.CommandLine);
        Directory.SetCurrentDirectory(vector.Folder);
        verbs.Answer(ServeRequest.Parse(JsonSerializer.SerializeToUtf8Bytes(request)));
        using JsonDocument answer = JsonDocument.Parse(output.GetBuffer().AsMemory(0, (int)output.Length));
        return Answer.Of(answer.RootElement.Clone(), isImport: false);
    }
}
