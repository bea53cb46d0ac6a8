using System.Buffers;
using System.Text.Unicode;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.Dossier;

/// <summary>The container: an opening line, JSON front matter, a closing line, and the body that is signed.</summary>
/// <remarks>Source: docs/spec/dossier.md §1. Nothing in the front matter is covered by the signature.</remarks>
public sealed class DossierDocument
{
    private const int Delimiter = 3;

    private static readonly SearchValues<byte> Blanks = SearchValues.Create(" \t\r\n\v\f"u8);

    private DossierDocument(JsonValue frontMatter, ReadOnlyMemory<byte> body) => (FrontMatter, Body) = (frontMatter, body);

    /// <summary>The front matter.</summary>
    public JsonValue FrontMatter { get; }

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
        RefuseOtherOpening(opening < 0 ? text : text[..opening]);
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
        return new DossierDocument(Json(frontMatter), content[BodyStart(text, opening + closing + 1 + Delimiter)..]);
    }

    private static void RefuseOtherOpening(ReadOnlySpan<byte> line)
    {
        line = line.EndsWith("\r"u8) ? line[..^1] : line;
        if (line.SequenceEqual("---dossier"u8) || line.SequenceEqual("---json"u8) || line.SequenceEqual("---"u8))
        {
            return;
        }

        string language = System.Text.Encoding.Latin1.GetString(line[Math.Min(Delimiter, line.Length)..Math.Min(line.Length, 40)]).Trim().ToLowerInvariant();
        throw language switch
        {
            "js" or "javascript" or "cjs" or "mjs" or "coffee" or "coffeescript" or "ts" or "typescript" => new MalformedException(
                DossierReasons.ExecutableFrontMatter, $"the opening line is \"---{language}\", wanted \"---dossier\""),
            "yaml" or "yml" or "toml" => new MalformedException(
                DossierReasons.FrontMatterNotJson, $"the opening line is \"---{language}\", wanted \"---dossier\""),
            _ => new MalformedException($"dossier: the opening line is \"---{language}\", wanted \"---dossier\", \"---json\" or \"---\""),
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

    private static JsonValue Json(ReadOnlyMemory<byte> frontMatter)
    {
        int first = frontMatter.Span.IndexOfAnyExcept(" \t\r\n"u8);
        return first >= 0 && frontMatter.Span[first] == (byte)'{'
            ? StrictJson.ParseObject(frontMatter, "front matter")
            : throw new MalformedException(DossierReasons.FrontMatterNotJson, "the front matter does not begin with {");
    }
}
