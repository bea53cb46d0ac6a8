using System;
using System.Collections.Generic;

namespace OfflineKit.PowerShell.Json;

/// <summary>A JSON value as the engine writes it: text, number text, true, false, null, list or object.</summary>
/// <remarks>The module carries its own reader so that it needs no other assembly: Windows PowerShell 5.1 has no isolated load contexts.</remarks>
internal sealed class JsonNode
{
    private readonly string? _text;
    private readonly Dictionary<string, JsonNode>? _members;

    private JsonNode(string? text, bool? truth, IReadOnlyList<JsonNode>? elements, Dictionary<string, JsonNode>? members)
    {
        _text = text;
        Truth = truth;
        Elements = elements ?? Array.Empty<JsonNode>();
        _members = members;
    }

    /// <summary>The value of true or false; null for anything else.</summary>
    public bool? Truth { get; }

    /// <summary>The elements of a list; empty for anything else.</summary>
    public IReadOnlyList<JsonNode> Elements { get; }

    /// <summary>This is an object.</summary>
    public bool IsObject => _members != null;

    /// <summary>The member names of an object, in document order; empty for anything else.</summary>
    public IEnumerable<string> Names => _members != null ? (IEnumerable<string>)_members.Keys : Array.Empty<string>();

    public static JsonNode OfText(string text) => new JsonNode(text, truth: null, elements: null, members: null);

    public static JsonNode OfTruth(bool? truth) => new JsonNode(text: null, truth, elements: null, members: null);

    public static JsonNode OfElements(IReadOnlyList<JsonNode> elements) => new JsonNode(text: null, truth: null, elements, members: null);

    public static JsonNode OfMembers(Dictionary<string, JsonNode> members) => new JsonNode(text: null, truth: null, elements: null, members);

    /// <summary>The member <paramref name="name"/>, or null.</summary>
    public JsonNode? Member(string name) =>
        _members != null && _members.TryGetValue(name, out JsonNode? value) ? value : null;

    /// <summary>The text (or number text) of the member <paramref name="name"/>; empty when it is absent or something else.</summary>
    public string Text(string name) => Member(name)?._text ?? "";

    /// <summary>The text (or number text) of this value; empty when it is something else.</summary>
    public string Text() => _text ?? "";
}
