using System.Buffers;
using System.Text.Unicode;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.Dossier;

/// <summary>The container: an opening line, front matter in JSON or in the YAML of a skill, a closing line, and the body.</summary>
/// <remarks>Source: docs/spec/dossier.md §1.</remarks>
internal sealed class DossierDocument
{
    private const int Delimiter = 3;

    private static readonly SearchValues<byte> Blanks = SearchValues.Create(" \t\r\n\v\f"u8);

    private DossierDocument(DossierFields fields, ReadOnlyMemory<byte> body) => (Fields, Body) = (fields, body);

    /// <summary>The front matter, as JSON.</summary>
    public JsonValue FrontMatter => Fields.FrontMatter;

    /// <summary>The fields in the front matter.</summary>
    internal DossierFields Fields { get; }

    /// <summary>Everything after the closing line, byte for byte.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>The body as parsers before March 2026 cut it: without the blank lines at its start.</summary>
    public ReadOnlyMemory<byte> LegacyBody
    {
        get
        {
            ReadOnlySpan<byte> body = Body.Span;
            int text = body.IndexOfAnyExcept(Blanks);
            ReadOnlySpan<byte> blank = text < 0 ? body : body[..text];
            return Body[(blank.LastIndexOf((byte)'\n') + 1)..];
        }
    }

    /// <summary>The document in <paramref name="content"/>.</summary>
    public static DossierDocument Parse(ReadOnlyMemory<byte> content)
    {
        ReadOnlySpan<byte> text = content.Span;
        Utf8Text.RefuseByteOrderMark(text, "dossier");
        int opening = text.IndexOf((byte)'\n');
        string language = Language(opening < 0 ? text : text[..opening]);
        if (opening < 0)
        {
            throw new MalformedException("dossier: the opening line has no line feed");
        }

        // The first LF followed by --- closes, wherever it stands; the opening line's own LF counts.
        int closing = text[opening..].IndexOf("\n---"u8);
        if (closing < 0)
        {
            throw new MalformedException("dossier: no closing --- line");
        }

        if (!Utf8.IsValid(text))
        {
            throw new MalformedException("dossier: not valid UTF-8");
        }

        ReadOnlyMemory<byte> frontMatter = closing == 0 ? default : content.Slice(opening + 1, closing - 1);
        return new DossierDocument(DossierFields.Of(Json(frontMatter, language)), content[BodyStart(text, opening + closing + 1 + Delimiter)..]);
    }

    // What stands behind the dashes of the opening line, which says how the front matter is written.
    private static string Language(ReadOnlySpan<byte> line)
    {
        string language = System.Text.Encoding.Latin1.GetString(line[Math.Min(Delimiter, line.Length)..Math.Min(line.Length, 40)]);
        string plain = language.TrimEnd(' ', '\t', '\r');
        return plain switch
        {
            "" or "dossier" or "json" or "yaml" when line.StartsWith("---"u8) && line.Length < 40 => plain,
            _ => throw language.Trim().ToLowerInvariant() switch
            {
                "js" or "javascript" or "cjs" or "mjs" or "coffee" or "coffeescript" or "ts" or "typescript" => new MalformedException(
                    DossierReasons.ExecutableFrontMatter, $"the opening line is \"---{plain}\", wanted \"---dossier\""),
                "yaml" or "yml" or "toml" => new MalformedException(
                    DossierReasons.FrontMatterNotJson, $"the opening line is \"---{plain}\", wanted \"---dossier\""),
                _ => new MalformedException($"dossier: the opening line is \"---{plain}\", wanted \"---dossier\", \"---json\", \"---yaml\" or \"---\""),
            },
        };
    }

    private static int BodyStart(ReadOnlySpan<byte> text, int afterDelimiter)
    {
        ReadOnlySpan<byte> rest = text[afterDelimiter..];
        if (rest.IsEmpty)
        {
            return afterDelimiter;
        }

        return rest[0] == (byte)'\n' ? afterDelimiter + 1
            : rest.StartsWith("\r\n"u8) ? afterDelimiter + 2
            : throw new MalformedException("dossier: text after the closing ---");
    }

    // Only skills write YAML: anything else in it could be read in more than one way.
    private static JsonValue Json(ReadOnlyMemory<byte> frontMatter, string language)
    {
        int first = frontMatter.Span.IndexOfAnyExcept(" \t\r\n"u8);
        if (first >= 0 && frontMatter.Span[first] == (byte)'{' && language != "yaml")
        {
            return StrictJson.ParseObject(frontMatter, "front matter");
        }

        if (language == "json" || first < 0)
        {
            throw new MalformedException(DossierReasons.FrontMatterNotJson, "the front matter does not begin with {");
        }

        JsonValue yaml = StrictJson.ParseObject(YamlFrontMatter.ToJson(frontMatter.Span), "front matter");
        return DossierFields.AreInMetadataOf(yaml) ? yaml : throw new MalformedException(DossierReasons.FrontMatterNotJson, "the front matter does not begin with {, and no field is called metadata, dossier.NAME");
    }
}
