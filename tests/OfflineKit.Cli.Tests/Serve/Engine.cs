using System.Diagnostics;
using System.Text.Json;
using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests.Serve;

/// <summary>What <c>offlinekit serve</c> answered to one stream of bytes.</summary>
internal sealed class Engine
{
    private Engine(string hello, IReadOnlyList<JsonElement> answers, int exitCode, string stderr) =>
        (Hello, Answers, ExitCode, Stderr) = (hello, answers, exitCode, stderr);

    /// <summary>The first line.</summary>
    public string Hello { get; }

    /// <summary>All the other lines; each of them is a JSON object, or reading them would have failed.</summary>
    public IReadOnlyList<JsonElement> Answers { get; }

    /// <summary>How it ended.</summary>
    public int ExitCode { get; }

    /// <summary>What it complained of; a well-behaved engine is silent.</summary>
    public string Stderr { get; }

    /// <summary>Answers whose id is <paramref name="id"/>.</summary>
    public JsonElement Only(string id) => Assert.Single(Answers, answer => IdOf(answer) == id);

    /// <summary>The statuses of the lines that no request can be blamed for.</summary>
    public int Anonymous => Answers.Count(answer => answer.TryGetProperty("id", out JsonElement id) && id.ValueKind == JsonValueKind.Null);

    /// <summary>The last line is a bye.</summary>
    public bool SaidBye => Answers.Count > 0 && Answers[^1].TryGetProperty("bye", out JsonElement bye) && bye.GetBoolean();

    /// <summary>Feeds <paramref name="requests"/>, one a line.</summary>
    public static Engine Asked(params IEnumerable<string> requests) => Fed(System.Text.Encoding.UTF8.GetBytes(string.Concat(requests.Select(request => request + "\n"))));

    /// <summary>Feeds <paramref name="input"/> as it is and then ends the input.</summary>
    public static Engine Fed(byte[] input, string? configuration = null)
    {
        Execution run = Execution.Of([.. Client.Command, "serve"], folder: null, input, seconds: 120, configuration);
        string[] lines = run.Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return new Engine(lines[0], [.. lines.Skip(1).Select(line => JsonDocument.Parse(line).RootElement)], run.ExitCode, run.Stderr);
    }

    /// <summary>The id of an answer; null where it has none.</summary>
    public static string? IdOf(JsonElement answer) =>
        answer.TryGetProperty("id", out JsonElement id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null;
}
