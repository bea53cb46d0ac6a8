using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.Signing.Formats.Dossier;

/// <summary>The layout of Agent Skills: YAML in block style, every value a text. Field F is <c>metadata["dossier.F"]</c>.</summary>
/// <remarks>Source: docs/spec/dossier.md §1. What the layout cannot hold is refused by the reader of dossiers, which reads every draft.</remarks>
internal sealed class SkillDraft : DossierDraft
{
    private const string Prefix = "dossier.", Metadata = "metadata";

    // What a skill says about itself, in the order in which it is written.
    private static readonly ImmutableArray<string> OwnMembers = ["name", "description", "license", "compatibility", "allowed-tools"];

    private readonly ImmutableArray<(string Key, string Text)> _own;
    private readonly List<(string Key, string Text)> _metadata;

    private SkillDraft(IEnumerable<(string Key, string Text)> own, IEnumerable<(string Key, string Text)> metadata) => (_own, _metadata) = ([.. own], [.. metadata]);

    /// <inheritdoc/>
    public override string Head =>
        $"---\n{string.Concat(_own.Select(entry => SkillYaml.Line(entry.Key, entry.Text, indent: 0)))}{Metadata}:\n{string.Concat(_metadata.Select(entry => SkillYaml.Line(entry.Key, entry.Text, indent: 2)))}---\n";

    /// <summary>A dossier that has this layout already, in YAML or in JSON.</summary>
    public static SkillDraft OfSkill(JsonValue frontMatter) => new(
        frontMatter.Members.Where(member => member.Key != Metadata).Select(member => (member.Key, member.Value.Text)),
        frontMatter[Metadata].Members.Select(member => (member.Key, member.Value.Text)));

    /// <summary>A dossier in the legacy layout: its fields move below <c>metadata</c>, what a skill says about itself to the top.</summary>
    /// <exception cref="MalformedException">A member that a skill has at the top is no text.</exception>
    public static SkillDraft OfLegacy(JsonValue frontMatter, string fileName)
    {
        string name = frontMatter.OptionalString("name") ?? NameOf(fileName);
        string description = Described(frontMatter, "description") ?? Described(frontMatter, "objective") ?? Described(frontMatter, "title") ?? name;
        IEnumerable<(string, string)> others = OwnMembers.Skip(2).Select(member => (member, frontMatter.OptionalString(member)!)).Where(entry => entry.Item2 is not null);
        return new SkillDraft(
            [("name", name), ("description", description), .. others],
            frontMatter.Members.Where(member => !OwnMembers.Contains(member.Key, StringComparer.Ordinal) && member.Key != "signature").Select(member => (Prefix + member.Key, TextOf(member.Value))));
    }

    /// <inheritdoc/>
    public override void Set(string field, IEnumerable<(string Name, string Text)> members)
    {
        IEnumerable<string> written = members.OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => $"{CanonicalJson.Quoted(member.Name)}:{CanonicalJson.Quoted(member.Text)}");
        (string, string) entry = (Prefix + field, $"{{{string.Join(',', written)}}}");
        int at = _metadata.FindIndex(known => known.Key == Prefix + field);
        _metadata.Insert(at >= 0 ? at : _metadata.Count, entry);
        if (at >= 0)
        {
            _metadata.RemoveAt(at + 1);
        }
    }

    private static string? Described(JsonValue frontMatter, string member) =>
        frontMatter.Optional(member) is { Kind: JsonKind.String, Text: { Length: > 0 } text } ? text : null;

    // The text from which a reader makes the same value again: a text that could be taken for JSON is written as JSON.
    private static string TextOf(JsonValue value) => value.Kind == JsonKind.String && !ReadsAsJson(value.Text) ? value.Text : Compact(value);

    private static bool ReadsAsJson(string text)
    {
        string trimmed = text.Trim(' ', '\t', '\r', '\n');
        return trimmed is ['{' or '[' or '"', ..] || Result.Parse(Reasons.MalformedSignature, () => StrictJson.Parse(Utf8Text.Encode(trimmed), "text")).Value is not null;
    }

    private static string Compact(JsonValue value) => value.Kind switch
    {
        JsonKind.Object => $"{{{string.Join(',', value.Members.Select(member => $"{CanonicalJson.Quoted(member.Key)}:{Compact(member.Value)}"))}}}",
        JsonKind.Array => $"[{string.Join(',', value.Elements.Select(Compact))}]",
        JsonKind.String => CanonicalJson.Quoted(value.Text),
        _ => System.Text.Encoding.UTF8.GetString(value.Raw.Span),
    };

    // "Rotate_Keys v2.ds.md" is called rotate-keys-v2.
    private static string NameOf(string fileName)
    {
        string stem = Path.GetFileName(fileName).Split('.')[0];
        string[] words = new string([.. stem.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-')]).Split('-', StringSplitOptions.RemoveEmptyEntries);
        string name = string.Join('-', words);
        return name.Length > 64 ? name[..64].TrimEnd('-') : name;
    }
}
