using System.Buffers;
using System.Text.Json;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.Dossier;

/// <summary>YAML front matter as JSON, so that one reader judges both spellings: a map of texts, in which a key without a text begins a map of texts below it.</summary>
/// <remarks>
/// Shape: block style, two levels, one scalar a line (<see cref="YamlScalar"/>), whole-line and trailing comments. Errors: <see cref="MalformedException"/> with the line.
/// Source: docs/spec/dossier.md §1.
/// </remarks>
internal sealed class YamlFrontMatter
{
    private readonly Utf8JsonWriter _json;
    private int _inner;

    private YamlFrontMatter(Utf8JsonWriter json) => _json = json;

    /// <summary>The JSON object that says what <paramref name="yaml"/> says; keys twice are left to the reader of JSON.</summary>
    public static ReadOnlyMemory<byte> ToJson(ReadOnlySpan<byte> yaml)
    {
        ArrayBufferWriter<byte> json = new();
        using Utf8JsonWriter writer = new(json);
        new YamlFrontMatter(writer).Write(Utf8Text.Decode(yaml, "front matter"));
        writer.Flush();
        return json.WrittenMemory;
    }

    private void Write(string text)
    {
        _json.WriteStartObject();
        int number = 1;
        foreach (Range range in text.AsSpan().Split('\n'))
        {
            ReadOnlySpan<char> line = text.AsSpan()[range];
            Line(line is [.., '\r'] ? line[..^1] : line, $"front matter line {++number}");
        }

        EndInner("front matter");
        _json.WriteEndObject();
    }

    private void Line(ReadOnlySpan<char> line, string where)
    {
        RefuseControls(line, where);
        ReadOnlySpan<char> content = line.TrimStart(' ');
        int indent = line.Length - content.Length;
        if (IsNothing(content))
        {
            return;
        }

        if (indent == 0)
        {
            EndInner(where);
        }
        else if (_inner == 0 || (_inner > 0 && _inner != indent))
        {
            throw new MalformedException(DossierReasons.FrontMatterNotJson, $"{where}: indented by {indent}, wanted {Math.Max(_inner, 0)}");
        }
        else if (_inner < 0)
        {
            _inner = indent;
            _json.WriteStartObject();
        }

        Entry(content, where);
    }

    private void Entry(ReadOnlySpan<char> content, string where)
    {
        string key = YamlScalar.Read(content, where, out ReadOnlySpan<char> rest);
        rest = rest.TrimStart(" \t");
        if (rest is not [':', ..] || (rest.Length > 1 && rest[1] is not (' ' or '\t')) || key == "<<")
        {
            throw new MalformedException(DossierReasons.FrontMatterNotJson, $"{where}: wanted KEY: VALUE{(key == "<<" ? ", not a merge" : "")}");
        }

        _json.WritePropertyName(key);
        rest = rest[1..].TrimStart(" \t");
        if (!IsNothing(rest))
        {
            _json.WriteStringValue(YamlScalar.Read(rest, where, out ReadOnlySpan<char> after));
            bool ends = IsNothing(after.TrimStart(" \t")) && (after.IsEmpty || after[0] is ' ' or '\t');
            _ = ends ? true : throw new MalformedException(DossierReasons.FrontMatterNotJson, $"{where}: something follows the value of \"{key}\"");
        }
        else if (_inner == 0)
        {
            _inner = -1;
        }
        else
        {
            throw new MalformedException(DossierReasons.FrontMatterNotJson, $"{where}: \"{key}\" has no value");
        }
    }

    private void EndInner(string where)
    {
        if (_inner < 0)
        {
            throw new MalformedException(DossierReasons.FrontMatterNotJson, $"{where}: the key before has no value");
        }

        if (_inner > 0)
        {
            _json.WriteEndObject();
        }

        _inner = 0;
    }

    // White space of YAML is the blank and the tab: any other one is text.
    private static bool IsNothing(ReadOnlySpan<char> text) => text.Trim(" \t").IsEmpty || text[0] == '#';

    // Controls, and what some readers take for the end of a line.
    private static void RefuseControls(ReadOnlySpan<char> line, string where)
    {
        foreach (char c in line)
        {
            if (c is '\u2028' or '\u2029' or '\uFEFF' || (char.IsControl(c) && c != '\t'))
            {
                throw new MalformedException(DossierReasons.FrontMatterNotJson, $"{where}: the character U+{(int)c:X4}");
            }
        }
    }
}
