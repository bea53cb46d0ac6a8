using System.Globalization;
using System.Numerics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using OfflineKit.Encoding;
using JsonValue = OfflineKit.Encoding.JsonValue;

namespace OfflineKit.Properties.Tests.Encoding;

/// <summary>JSON, strictly read and canonically written, against the platform's own reader.</summary>
public sealed class JsonProperties
{
    private static readonly JsonSerializerOptions[] Spellings =
    [
        new() { WriteIndented = true }, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }, new() { WriteIndented = true, IndentCharacter = '\t', NewLine = "\r\n" },
    ];

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    // Integers beyond 2^53 are refused, in whatever form they are written anew.
    private static readonly Gen<double> Doubles = Gen.Double.Where(number => double.IsFinite(number) && (Math.Abs(number) < EcmaScriptNumber.LargestSafeInteger || Math.Abs(number) >= 1e21));

    private static readonly Gen<JsonNode?> Scalars = Gen.OneOf(
        Texts.Any.Select(text => (JsonNode?)JsonValueOf(text)), Gen.Int.Select(number => (JsonNode?)JsonValueOf(number)), Doubles.Select(number => (JsonNode?)JsonValueOf(number)), Gen.Bool.Select(bit => (JsonNode?)JsonValueOf(bit)), Gen.Const((JsonNode?)null));

    private static readonly Gen<JsonNode?> Trees = Gen.Recursive<JsonNode?>((depth, deeper) => depth > 3 ? Scalars : Gen.OneOf(
        Scalars,
        deeper.Array[0, 4].Select(parts => (JsonNode?)new JsonArray([.. parts.Select(part => part?.DeepClone())])),
        Gen.Select(Texts.Any, deeper).Array[0, 5].Select(members => (JsonNode?)new JsonObject(members.DistinctBy(member => member.Item1).Select(member => KeyValuePair.Create(member.Item1, member.Item2?.DeepClone()))))));

    /// <summary>Catches: a value that is lost, changed or written twice on the way through the canonical form.</summary>
    [Fact]
    public void The_canonical_form_says_the_same() => Property.Holds(Trees, tree => JsonNode.DeepEquals(Normal(tree), JsonNode.Parse(CanonicalJson.Write(Read(Written(tree, 0))))));

    /// <summary>Catches: blanks, escapes or the order of members that change the signed bytes.</summary>
    [Fact]
    public void The_canonical_form_does_not_depend_on_the_spelling() => Property.Holds(
        Gen.Select(Trees, Gen.Int[0, Spellings.Length - 1]), (tree, spelling) => CanonicalJson.Write(Read(Written(tree, 0))).AsSpan().SequenceEqual(CanonicalJson.Write(Read(Written(Reversed(tree), spelling)))));

    /// <summary>Catches: a canonical form that is not one, since it changes when it is read and written again.</summary>
    [Fact]
    public void The_canonical_form_of_it_is_itself() => Property.Holds(Trees, tree =>
    {
        byte[] once = CanonicalJson.Write(Read(Written(tree, 1)));
        return CanonicalJson.Write(Read(once)).AsSpan().SequenceEqual(once);
    });

    /// <summary>Catches: Go's form dropping or escaping what it must not.</summary>
    [Fact]
    public void Go_s_form_says_the_same_without_blanks() => Property.Holds(Gen.Select(Trees, Gen.Int[0, Spellings.Length - 1]), (tree, spelling) =>
    {
        byte[] compact = GoJson.Compact(Written(tree, spelling));
        return JsonNode.DeepEquals(JsonNode.Parse(compact), JsonNode.Parse(Written(tree, spelling))) && !compact.Any(letter => "<>&\n\r\t"u8.Contains(letter));
    });

    /// <summary>Catches: two documents of TUF with one signed form.</summary>
    [Fact]
    public void What_differs_has_other_bytes_in_the_form_of_olpc() => Property.Holds(
        Gen.Select(Trees, Trees, Gen.Int[0, 3]),
        (one, other, _) => Texts.OrNull(() => OlpcJson.Write(Read(Written(one, 0)))) is not { } left || Texts.OrNull(() => OlpcJson.Write(Read(Written(other, 0)))) is not { } right || left.AsSpan().SequenceEqual(right) == JsonNode.DeepEquals(one, other));

    /// <summary>Catches: a document that we read and another strict reader refuses, or reads otherwise.</summary>
    [Fact]
    public void Whatever_is_read_the_platform_reads_alike() => Property.Holds(
        Texts.Changed(Trees.Select(tree => System.Text.Encoding.Latin1.GetString(Written(tree, 0))), "{}[]\",:0eE+-.\\u/ \0\u00e9"),
        text =>
        {
            byte[] bytes = System.Text.Encoding.Latin1.GetBytes(text);
            if (Texts.OrNull(() => Read(bytes)) is not { } ours)
            {
                return true;
            }

            using JsonDocument theirs = JsonDocument.Parse(bytes, Strict);
            return ours.Raw.Span.SequenceEqual(System.Text.Encoding.UTF8.GetBytes(theirs.RootElement.GetRawText()));
        });

    /// <summary>Catches: an integer that wraps, is rounded, or has a second spelling.</summary>
    [Fact]
    public void An_integer_is_its_only_spelling() => Property.Holds(
        Gen.OneOf(Gen.Long.Select(number => number.ToString(CultureInfo.InvariantCulture)), Gen.Select(Gen.Long, Gen.Int[-30, 30], (number, more) => (((BigInteger)number * 3) + more).ToString(CultureInfo.InvariantCulture)), Texts.OneOf("-0", "1e3", "1.0", "0", "9223372036854775808")),
        literal =>
        {
            JsonValue value = Read(System.Text.Encoding.ASCII.GetBytes(literal));
            string? read = Texts.OrNull(() => value.Integer.ToString(CultureInfo.InvariantCulture));
            bool fits = BigInteger.TryParse(literal, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger number) && number >= long.MinValue && number <= long.MaxValue && literal != "-0";
            return fits ? read == literal : read is null;
        });

    /// <summary>Catches: a double that is written with fewer digits than it has, or with an exponent where none belongs.</summary>
    [Fact]
    public void A_double_is_read_back_to_the_bit() => Property.Holds(Gen.Double.Where(double.IsFinite), number =>
        double.Parse(EcmaScriptNumber.Write(number), CultureInfo.InvariantCulture) is var back && (back == number || (back == 0 && number == 0)) && EcmaScriptNumber.Write(number).Contains('e', StringComparison.Ordinal) == (number != 0 && (Math.Abs(number) is < 1e-6 or >= 1e21)));

    private static JsonValue Read(byte[] utf8) => StrictJson.Parse(utf8, "document");

    private static byte[] Written(JsonNode? tree, int spelling) => JsonSerializer.SerializeToUtf8Bytes(tree, Spellings[spelling]);

    // Numbers as the platform compares them: by value.
    private static JsonNode? Normal(JsonNode? tree) => JsonNode.Parse(Written(tree, 0));

    private static JsonNode? Reversed(JsonNode? tree) => tree switch
    {
        JsonObject members => new JsonObject(members.Reverse().Select(member => KeyValuePair.Create(member.Key, Reversed(member.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Reversed)]),
        _ => tree?.DeepClone(),
    };

    private static System.Text.Json.Nodes.JsonValue? JsonValueOf<T>(T value) => System.Text.Json.Nodes.JsonValue.Create(value);
}
