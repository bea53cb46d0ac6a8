using System.Buffers;
using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.Dossier;

/// <summary>The fields of a dossier, wherever its layout keeps them.</summary>
/// <remarks>
/// The legacy layout is one JSON object with the fields as its members. The Agent Skills layout keeps field F as the text <c>metadata["dossier.F"]</c>, which is a JSON
/// value where it parses as one and itself otherwise. Source: docs/spec/dossier.md §1.
/// </remarks>
internal sealed class DossierFields
{
    private const string Prefix = "dossier.", Metadata = "metadata", Prototype = "__proto__";
    private const int LongestName = 64, LongestDescription = 1024, LongestCompatibility = 500;

    // What a skill says about itself: never a field of a dossier.
    private static readonly ImmutableArray<string> SkillMembers = ["name", "description", "license", "compatibility", "allowed-tools"];

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789");

    private readonly JsonValue? _metadata;

    private DossierFields(JsonValue frontMatter, JsonValue? metadata) => (FrontMatter, _metadata) = (frontMatter, metadata);

    /// <summary>The whole front matter as JSON.</summary>
    public JsonValue FrontMatter { get; }

    /// <summary>The fields lie under <c>metadata</c>, as a skill keeps them.</summary>
    public bool AreInMetadata => _metadata is not null;

    /// <summary>The value that the signature never covers: its own; null in an unsigned dossier.</summary>
    public JsonValue? SignatureItself => _metadata is null ? FrontMatter.Optional("signature") : _metadata.Optional(Prefix + "signature");

    /// <summary>The fields in <paramref name="frontMatter"/>, whose layout shows in its members.</summary>
    /// <exception cref="MalformedException">The Agent Skills layout with something in it that it does not have.</exception>
    public static DossierFields Of(JsonValue frontMatter) =>
        AreInMetadataOf(frontMatter) ? OfSkill(frontMatter, frontMatter[Metadata]) : new DossierFields(frontMatter, metadata: null);

    /// <summary>The <c>metadata</c> of <paramref name="frontMatter"/> has a field of a dossier.</summary>
    public static bool AreInMetadataOf(JsonValue frontMatter) => frontMatter.Optional(Metadata) is { Kind: JsonKind.Object } metadata && HasField(metadata);

    /// <summary>The text of <paramref name="field"/>, or null when it is absent or no text.</summary>
    public string? Text(string field) => Value(field) is { Kind: JsonKind.String } value ? value.Text : null;

    /// <summary>The object that is <paramref name="field"/>, or null when it is absent.</summary>
    /// <exception cref="MalformedException">It is there and no object.</exception>
    public JsonValue? Object(string field)
    {
        if (Value(field) is not { } value)
        {
            return null;
        }

        return value.Kind == JsonKind.Object ? value : throw value.Wanted("an object");
    }

    /// <summary>Refuses a dossier without <paramref name="field"/> as a text.</summary>
    public void Require(string field) => _ = Text(field) ?? throw new MalformedException($"front matter: {field} is missing, or no text");

    private JsonValue? Value(string field)
    {
        if (_metadata is null)
        {
            return FrontMatter.Optional(field);
        }

        if (_metadata.Optional(Prefix + field) is not { } text)
        {
            return null;
        }

        // A text that begins like an object is one, or it is malformed: it is no text that happens to begin so.
        byte[] json = Utf8Text.Encode(text.Text);
        return text.Text.StartsWith('{') ? StrictJson.Parse(json, field) : Result.Parse(Reasons.MalformedSignature, () => StrictJson.Parse(json, field)).Value ?? text;
    }

    private static DossierFields OfSkill(JsonValue frontMatter, JsonValue metadata)
    {
        frontMatter.RefuseOtherMembers([.. SkillMembers, Metadata]);
        foreach ((string name, JsonValue value) in frontMatter.Members.Where(member => member.Key != Metadata).Concat(metadata.Members))
        {
            _ = value.Text;
            RefuseName(name);
        }

        string skill = frontMatter.String("name");
        if (skill.Length is 0 or > LongestName || skill.Split('-').Any(word => word.Length == 0 || word.AsSpan().ContainsAnyExcept(NameCharacters)))
        {
            throw new MalformedException($"front matter: name \"{skill}\", wanted at most {LongestName} lower-case letters and digits, joined by hyphens");
        }

        RequireLength(frontMatter["description"], LongestDescription);
        if (frontMatter.Optional("compatibility") is { } compatibility)
        {
            RequireLength(compatibility, LongestCompatibility);
        }

        DossierFields fields = new(frontMatter, metadata);
        return fields.Value(Metadata) is { Kind: JsonKind.Object } inner && HasField(inner)
            ? throw new MalformedException("front matter: dossier.metadata has fields of a dossier again")
            : fields;
    }

    private static bool HasField(JsonValue metadata) => metadata.Members.Any(member => member.Key.StartsWith(Prefix, StringComparison.Ordinal));

    private static void RefuseName(string name)
    {
        string? field = name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : null;
        if (name == Prototype || field is "" or Prototype || (field is not null && SkillMembers.Contains(field, StringComparer.Ordinal)))
        {
            throw new MalformedException($"front matter: \"{name}\" is the name of no field");
        }
    }

    private static void RequireLength(JsonValue value, int longest) =>
        _ = value.Text.Length >= 1 && value.Text.Length <= longest ? true : throw value.Wanted($"1 to {longest} characters");
}
