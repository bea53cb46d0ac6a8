using System.Text.Json;
using OfflineKit.Campaign.Cases;

namespace OfflineKit.Campaign.Rules;

/// <summary>A changed file that was accepted.</summary>
/// <param name="Case">The question.</param>
/// <param name="File">The file.</param>
/// <param name="Before">Its content.</param>
/// <param name="After">The changed content.</param>
/// <param name="Was">The answer before.</param>
/// <param name="Is">The answer now.</param>
internal sealed record Acceptance(AcceptedCase Case, CaseFile File, byte[] Before, byte[] After, JsonElement Was, JsonElement Is)
{
    /// <summary>Whether the question is also answered "trusted", by the same evidence as now, with other content in the file; null: without the file.</summary>
    public required Func<byte[]?, bool> IsAcceptedWith { get; init; }

    /// <summary>Both contents as text.</summary>
    public (string Before, string After) Texts => (Latin(Before), Latin(After));

    /// <summary>The keys, identities and digests that the answer rests on are those of before.</summary>
    public bool RestsOnTheSame => Evidence(Was) == Evidence(Is);

    /// <summary>What an answer rests on, without the folders of files.</summary>
    public static string Evidence(JsonElement answer) => answer.TryGetProperty("report", out JsonElement report) && report.TryGetProperty("evidence", out JsonElement evidence)
        ? string.Join('\n', evidence.EnumerateArray().Select(one => string.Join(' ', Kept.Select(name => one.TryGetProperty(name, out JsonElement value) ? Path.GetFileName(value.ToString()) : ""))).Order(StringComparer.Ordinal))
        : "";

    private static readonly string[] Kept = ["kind", "fingerprint", "algorithm", "digest", "value", "identity", "issuer", "subject", "name"];

    /// <summary>UTF-16 with its mark as UTF-8; anything else as it is.</summary>
    public static byte[] Narrow(byte[] content) => content switch
    {
        [0xff, 0xfe, ..] => System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.Unicode.GetString(content.AsSpan(2))),
        [0xfe, 0xff, ..] => System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.BigEndianUnicode.GetString(content.AsSpan(2))),
        _ => content,
    };

    private static string Latin(byte[] content) => System.Text.Encoding.Latin1.GetString(content);
}
