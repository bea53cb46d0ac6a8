using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace OfflineKit.PowerShell.Json;

/// <summary>Reads one JSON document strictly: no duplicate names, no trailing data, depth at most 64.</summary>
/// <remarks>Errors: <see cref="FormatException"/>; the caller turns it into an engine protocol error.</remarks>
internal sealed class JsonReader
{
    private const int DepthLimit = 64;
    private readonly string _text;
    private int _at;

    private JsonReader(string text) => _text = text;

    /// <summary>The document in <paramref name="text"/>.</summary>
    public static JsonNode Parse(string text)
    {
        JsonReader reader = new JsonReader(text);
        JsonNode value = reader.Value(0);
        reader.SkipBlanks();
        return reader._at == text.Length ? value : throw reader.Fault("data after the document");
    }

    private JsonNode Value(int depth)
    {
        SkipBlanks();
        if (depth > DepthLimit)
        {
            throw Fault("nesting");
        }

        switch (Peek())
        {
            case '{': return Members(depth);
            case '[': return Elements(depth);
            case '"': return JsonNode.OfText(String());
            case 't': return Word("true", JsonNode.OfTruth(true));
            case 'f': return Word("false", JsonNode.OfTruth(false));
            case 'n': return Word("null", JsonNode.OfTruth(null));
            default: return Number();
        }
    }

    private JsonNode Members(int depth)
    {
        Dictionary<string, JsonNode> members = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
        _at++;
        SkipBlanks();
        while (Peek() != '}')
        {
            SkipBlanks();
            string name = String();
            Expect(':');
            if (members.ContainsKey(name))
            {
                throw Fault("duplicate name");
            }

            members.Add(name, Value(depth + 1));
            SkipBlanks();
            if (Peek() == ',')
            {
                _at++;
                SkipBlanks();
                if (Peek() != '"')
                {
                    throw Fault("name expected");
                }
            }
            else if (Peek() != '}')
            {
                throw Fault("end of object expected");
            }
        }

        _at++;
        return JsonNode.OfMembers(members);
    }

    private JsonNode Elements(int depth)
    {
        List<JsonNode> elements = new List<JsonNode>();
        _at++;
        SkipBlanks();
        while (Peek() != ']')
        {
            elements.Add(Value(depth + 1));
            SkipBlanks();
            if (Peek() == ',')
            {
                _at++;
                SkipBlanks();
                if (Peek() == ']')
                {
                    throw Fault("value expected");
                }
            }
            else if (Peek() != ']')
            {
                throw Fault("end of list expected");
            }
        }

        _at++;
        return JsonNode.OfElements(elements);
    }

    private string String()
    {
        Expect('"');
        StringBuilder text = new StringBuilder();
        while (true)
        {
            char c = Next();
            if (c == '"')
            {
                return text.ToString();
            }

            if (c < ' ')
            {
                throw Fault("control character");
            }

            text.Append(c == '\\' ? Escape() : c);
        }
    }

    private char Escape()
    {
        char c = Next();
        switch (c)
        {
            case '"': case '\\': case '/': return c;
            case 'b': return '\b';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'u':
                if (_at + 4 > _text.Length
                    || !ushort.TryParse(_text.Substring(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort unit))
                {
                    throw Fault("escape");
                }

                _at += 4;
                return (char)unit;
            default: throw Fault("escape");
        }
    }

    private JsonNode Number()
    {
        int start = _at;
        while (_at < _text.Length && "+-.eE0123456789".IndexOf(_text[_at]) >= 0)
        {
            _at++;
        }

        string number = _text.Substring(start, _at - start);
        return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            ? JsonNode.OfText(number)
            : throw Fault("value expected");
    }

    private JsonNode Word(string word, JsonNode value)
    {
        if (string.CompareOrdinal(_text, _at, word, 0, word.Length) != 0)
        {
            throw Fault("value expected");
        }

        _at += word.Length;
        return value;
    }

    private void Expect(char c)
    {
        SkipBlanks();
        if (Next() != c)
        {
            throw Fault($"'{c}' expected");
        }
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length && " \t\r\n".IndexOf(_text[_at]) >= 0)
        {
            _at++;
        }
    }

    private char Peek() => _at < _text.Length ? _text[_at] : throw Fault("end of text");

    private char Next() => _at < _text.Length ? _text[_at++] : throw Fault("end of text");

    private FormatException Fault(string what) => new FormatException($"not strict JSON at character {_at.ToString(CultureInfo.InvariantCulture)}: {what}");
}
