using System.Text.Json;
using System.Text.RegularExpressions;
using OfflineKit.Campaign.Cases;

namespace OfflineKit.Campaign.Rules;

/// <summary>A changed file that was accepted.</summary>
/// <param name="Case">The question.</param>
/// <param name="File">The file.</param>
/// <param name="Before">Its content.</param>
/// <param name="After">The changed content.</param>
/// <param name="Was">The answer before.</param>
/// <param name="Is">The answer now.</param>
internal sealed partial record Acceptance(AcceptedCase Case, CaseFile File, byte[] Before, byte[] After, JsonElement Was, JsonElement Is)
{
    /// <summary>Whether the question is also answered "trusted", by the same evidence as now, with other content in the file; null: without the file.</summary>
    public required Func<byte[]?, bool> IsAcceptedWith { get; init; }

    /// <summary>The other members of the archive that the content is a member of; null: it is a file of its own.</summary>
    public IReadOnlyList<byte[]>? Siblings { get; init; }

    /// <summary>Both contents as text.</summary>
    public (string Before, string After) Texts => (Latin(Before), Latin(After));

    /// <summary>The keys, identities and digests that the answer rests on are those of before.</summary>
    public bool RestsOnTheSame => Evidence(Was) is { Length: > 0 } was && was == Evidence(Is);

    /// <summary>The keys, identities and digests that the answer rests on are among those of before.</summary>
    public bool RestsOnPart => Evidence(Is) is { Length: > 0 } now && now.Split('\n').All(Evidence(Was).Split('\n').Contains);

    /// <summary>The keys, identities and digests are those of before; what the caller's own list calls them may differ.</summary>
    public bool RestsOnTheSameKeys => Evidence(Was, Facts) is { Length: > 0 } was && was == Evidence(Is, Facts);

    /// <summary>What is signed is the bytes of the file: it is the artefact, or something else of the case states its digest.</summary>
    public bool IsBytes => File.Role == FileRole.Artifact || (File.Role is not (FileRole.Key or FileRole.Root or FileRole.Policy) && Stated.IsDigestOf(this));

    /// <summary>What an answer rests on, without the folders of files.</summary>
    public static string Evidence(JsonElement answer) => Evidence(answer, Kept);

    private static string Evidence(JsonElement answer, string[] kept) => answer.TryGetProperty("report", out JsonElement report) && report.TryGetProperty("evidence", out JsonElement evidence)
        ? string.Join('\n', evidence.EnumerateArray().Select(one => string.Join(' ', kept.Select(name => one.TryGetProperty(name, out JsonElement value) ? name == "name" ? Folder().Replace(value.ToString(), "") : value.ToString() : ""))).Order(StringComparer.Ordinal))
        : "";

    // The copies of a case lie in folders of their own.
    [GeneratedRegex(@"\S*/", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Folder();

    private static readonly string[] Facts = ["kind", "fingerprint", "algorithm", "digest", "value", "identity", "issuer", "subject"];

    private static readonly string[] Kept = [.. Facts, "name"];

    /// <summary>UTF-16 with its mark as UTF-8; anything else as it is.</summary>
    public static byte[] Narrow(byte[] content) => content switch
    {
        [0xff, 0xfe, ..] => System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.Unicode.GetString(content.AsSpan(2))),
        [0xfe, 0xff, ..] => System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.BigEndianUnicode.GetString(content.AsSpan(2))),
        _ => content,
    };

    private static string Latin(byte[] content) => System.Text.Encoding.Latin1.GetString(content);
}
