using System.Buffers;
using System.Text.Json;
using OfflineKit.Encoding;
using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace OfflineKit.Host.Policies;

/// <summary>A small YAML document as JSON, so that one reader judges both spellings.</summary>
/// <remarks>
/// Shape: one document of at most 64 KiB and 8 levels; block and flow collections, scalars of one line. Nothing is expanded or resolved: no anchors, aliases, tags or
/// directives, and no plain scalar of which YAML readers disagree whether it is text (<see cref="YamlScalar"/>).
/// Errors: <see cref="MalformedException"/> with line and column. Source: YAML 1.2.2, docs/spec/policy-file.md, docs/decisions/0024-yaml-policies.md.
/// </remarks>
internal sealed class YamlDocument
{
    private const int Largest = 64 * 1024, Deepest = 8;

    private readonly YamlTokens _tokens;
    private readonly Utf8JsonWriter _json;

    private YamlDocument(YamlTokens tokens, Utf8JsonWriter json) => (_tokens, _json) = (tokens, json);

    /// <summary>The JSON that says what <paramref name="yaml"/> says.</summary>
    public static ReadOnlyMemory<byte> ToJson(ReadOnlySpan<byte> yaml, string what)
    {
        if (yaml.Length > Largest)
        {
            throw new MalformedException(Reasons.InputTooLarge, $"{what}: {yaml.Length} bytes of YAML, limit {Largest}");
        }

        Utf8Text.RefuseByteOrderMark(yaml, what);
        ArrayBufferWriter<byte> json = new();
        string decoded = Utf8Text.Decode(yaml, what);
        RefuseControls(decoded, what);
        using StringReader text = new(decoded);
        using Utf8JsonWriter writer = new(json);
        new YamlDocument(new YamlTokens(text, what), writer).WriteOnlyDocument();
        writer.Flush();
        return json.WrittenMemory;
    }

    // Controls, and what some versions of YAML take for the end of a line.
    private static void RefuseControls(string text, string what)
    {
        for (int at = 0, line = 1, start = 0; at < text.Length; at++)
        {
            char c = text[at];
            if (c is '\u2028' or '\u2029' || (char.IsControl(c) && c is not ('\t' or '\n' or '\r')))
            {
                throw new MalformedException($"{what}: line {line}, column {at - start + 1}: the character U+{(int)c:X4}");
            }

            (line, start) = c == '\n' ? (line + 1, at + 1) : (line, start);
        }
    }

    private void WriteOnlyDocument()
    {
        _tokens.Take<StreamStart>("a document");
        _tokens.Skip<DocumentStart>();
        WriteNode(depth: 0);
        _tokens.Skip<DocumentEnd>();
        _tokens.Take<StreamEnd>("the end of the only document");
    }

    private void WriteNode(int depth)
    {
        if (depth > Deepest)
        {
            throw _tokens.Refused($"more than {Deepest} levels");
        }

        switch (_tokens.Current)
        {
            case Scalar scalar:
                WriteScalar(scalar);
                _tokens.Advance();
                break;
            case BlockSequenceStart:
                _tokens.Advance();
                WriteBlockSequence(depth);
                _tokens.Take<BlockEnd>("- or the end of the list");
                break;
            case BlockMappingStart:
                _tokens.Advance();
                WriteBlockMapping(depth);
                break;
            case FlowSequenceStart:
                _tokens.Advance();
                WriteFlowSequence(depth);
                break;
            case FlowMappingStart:
                _tokens.Advance();
                WriteFlowMapping(depth);
                break;
            default:
                throw _tokens.Refused("wanted a text, a number, a list or members");
        }
    }

    private void WriteBlockSequence(int depth)
    {
        _json.WriteStartArray();
        while (_tokens.Skip<BlockEntry>())
        {
            WriteNode(depth + 1);
        }

        _json.WriteEndArray();
    }

    private void WriteFlowSequence(int depth)
    {
        _json.WriteStartArray();
        while (!_tokens.Skip<FlowSequenceEnd>())
        {
            WriteNode(depth + 1);
            if (!_tokens.Skip<FlowEntry>() && _tokens.Current is not FlowSequenceEnd)
            {
                throw _tokens.Refused("wanted a comma or ]");
            }
        }

        _json.WriteEndArray();
    }

    private void WriteBlockMapping(int depth)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        _json.WriteStartObject();
        while (!_tokens.Skip<BlockEnd>())
        {
            WriteName(names);
            if (_tokens.Current is BlockEntry)
            {
                // A list under a name may stand as far left as the name.
                WriteBlockSequence(depth + 1);
            }
            else
            {
                WriteNode(depth + 1);
            }
        }

        _json.WriteEndObject();
    }

    private void WriteFlowMapping(int depth)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        _json.WriteStartObject();
        while (!_tokens.Skip<FlowMappingEnd>())
        {
            WriteName(names);
            WriteNode(depth + 1);
            if (!_tokens.Skip<FlowEntry>() && _tokens.Current is not FlowMappingEnd)
            {
                throw _tokens.Refused("wanted a comma or }");
            }
        }

        _json.WriteEndObject();
    }

    private void WriteName(HashSet<string> names)
    {
        _tokens.Take<Key>("NAME: VALUE");
        if (_tokens.Current is not Scalar key || YamlScalar.KindOf(_tokens.TextOf(key), key.Style) != YamlScalar.Kind.Text)
        {
            throw _tokens.Refused("a member's name that is no text");
        }

        if (!names.Add(key.Value))
        {
            throw _tokens.Refused($"member \"{key.Value}\" occurs twice");
        }

        _json.WritePropertyName(key.Value);
        _tokens.Advance();
        _tokens.Take<Value>("a colon and a value");
    }

    private void WriteScalar(Scalar scalar)
    {
        string text = _tokens.TextOf(scalar);
        switch (YamlScalar.KindOf(text, scalar.Style))
        {
            case YamlScalar.Kind.Text:
                _json.WriteStringValue(text);
                break;
            case YamlScalar.Kind.Json:
                _json.WriteRawValue(text);
                break;
            default:
                throw _tokens.Refused($"{text} is text to some readers of YAML and not to others: quote it");
        }
    }
}
