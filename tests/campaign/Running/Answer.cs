using System.Text.Json;

namespace OfflineKit.Campaign.Running;

/// <summary>What the engine answered.</summary>
/// <param name="Outcome">What it comes to.</param>
/// <param name="Reason">The first reason of a refusal, the code of an error, or what happened instead of an answer.</param>
/// <param name="Json">The whole answer.</param>
internal sealed record Answer(Outcome Outcome, string Reason, JsonElement Json)
{
    /// <summary>There was none, and <paramref name="why"/>.</summary>
    public static Answer None(string why) => new(Outcome.Failed, why, default);

    /// <summary>What <paramref name="answer"/> says; to a verb that imports trust where <paramref name="isImport"/>.</summary>
    public static Answer Of(JsonElement answer, bool isImport) => answer.GetProperty("status").GetString() switch
    {
        "valid" when answer.GetProperty("report").GetProperty("trusted").GetBoolean() => new Answer(Outcome.Accepted, "", answer),
        "imported" or "unchanged" => new Answer(Outcome.Accepted, "", answer),
        "invalid" => FirstReason(answer) is { } reason ? new Answer(Outcome.Refused, reason, answer) : new Answer(Outcome.Failed, "refused without a reason", answer),
        "not-signed" => new Answer(Outcome.Refused, "not-signed", answer),
        "error" => OfError(answer, isImport),
        var other => new Answer(Outcome.Failed, $"an answer with the status {other}", answer),
    };

    // An import that is refused is an error with its reason. Elsewhere an error says that nothing was decided.
    private static Answer OfError(JsonElement answer, bool isImport)
    {
        string code = answer.GetProperty("error").GetProperty("code").GetString()!;
        return new Answer(code == "internal-error" ? Outcome.Failed : isImport && code.Contains('.', StringComparison.Ordinal) ? Outcome.Refused : Outcome.Undecided, code, answer);
    }

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

/// <summary>What an answer comes to.</summary>
internal enum Outcome
{
    /// <summary>Trusted.</summary>
    Accepted,

    /// <summary>Not trusted, for a reason.</summary>
    Refused,

    /// <summary>Nothing was decided; the command line ends with status 2.</summary>
    Undecided,

    /// <summary>A bug: an exception, no answer, or the end of the engine.</summary>
    Failed,
}
