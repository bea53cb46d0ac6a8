using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.Jws;

/// <summary>The header of one signature: what its signature covers, and the rest, which is hints.</summary>
/// <remarks>
/// Everything with a meaning stands in the protected part. Keys, certificates and addresses of keys in either part are never looked at.
/// Source: RFC 7515 §4, RFC 7797 §3 and §6, RFC 8725 §3.1; docs/spec/jws.md §2.
/// </remarks>
internal sealed record JwsHeader
{
    private const string What = "JWS header", Unencoded = "b64", CriticalName = "crit";

    private static readonly ImmutableArray<string> KeyMembers = ["jwk", "jku", "x5u", "x5c"];
    private static readonly ImmutableArray<string> ProtectedOnly = ["alg", CriticalName, Unencoded];

    private JwsHeader(AlgorithmLabel label) => Label = label;

    /// <summary>The algorithm, one of JOSE's own names.</summary>
    public AlgorithmLabel Label { get; }

    /// <summary>The payload enters the signed bytes in base64url; false where RFC 7797 was chosen.</summary>
    public bool IsPayloadEncoded { get; private init; }

    /// <summary><c>kid</c>: orders the search and proves nothing.</summary>
    public string? KeyHint { get; private init; }

    /// <summary><c>typ</c> of the protected part: what the whole is.</summary>
    public string? Type { get; private init; }

    /// <summary><c>cty</c> of the protected part: what the payload is.</summary>
    public string? ContentType { get; private init; }

    /// <summary>The members that offer a key, which are ignored.</summary>
    public ImmutableArray<string> KeysOffered { get; private init; } = [];

    /// <summary>It says that the payload is a set of claims.</summary>
    public bool IsToken => Type is { } type && (type.Equals("JWT", StringComparison.OrdinalIgnoreCase)
        || type.Equals("application/jwt", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+jwt", StringComparison.OrdinalIgnoreCase));

    /// <summary>The header made of <paramref name="protectedPart"/>, the JSON text that the signature covers, and of <paramref name="unprotected"/>, which it does not.</summary>
    public static JwsHeader Parse(ReadOnlyMemory<byte> protectedPart, JsonValue? unprotected)
    {
        JsonValue json = StrictJson.ParseObject(protectedPart, What);
        ImmutableArray<KeyValuePair<string, JsonValue>> others = unprotected?.Members ?? [];
        RefuseMisplaced(json, others);
        bool isEncoded = Encoded(json, Extensions(json));
        return new JwsHeader(LabelOf(json.String("alg")))
        {
            IsPayloadEncoded = isEncoded,
            KeyHint = (json.Optional("kid") ?? unprotected?.Optional("kid"))?.Text,
            Type = json.OptionalString("typ"),
            ContentType = json.OptionalString("cty"),
            KeysOffered = [.. KeyMembers.Where(name => json.Optional(name) is not null || unprotected?.Optional(name) is not null)],
        };
    }

    // The signature covers the protected part alone: what decides how it is read must stand there, and nothing may stand in both (RFC 7515 §4, §7.2.1).
    private static void RefuseMisplaced(JsonValue json, ImmutableArray<KeyValuePair<string, JsonValue>> others)
    {
        foreach ((string name, _) in others)
        {
            if (ProtectedOnly.Contains(name, StringComparer.Ordinal) || json.Optional(name) is not null)
            {
                throw new MalformedException($"{What}: \"{name}\" stands in the part that is not signed");
            }
        }
    }

    private static AlgorithmLabel LabelOf(string name) => name == "none"
        ? throw new MalformedException(JwsReasons.Unsigned, $"{What}: alg is none")
        : AlgorithmLabel.Find(name) is { Service: KeyService.Azure or KeyService.Jose } label ? label : throw RefusedLabel.Because(name, $"{What} member alg");

    // RFC 7515 §4.1.11: not empty, no name twice, each of them in the header, and all understood. One is: b64.
    private static ImmutableArray<string> Extensions(JsonValue json)
    {
        if (json.Optional(CriticalName) is not { } critical)
        {
            return [];
        }

        ImmutableArray<string> names = [.. critical.Elements.Select(element => element.Text)];
        if (names.IsEmpty || names.Distinct(StringComparer.Ordinal).Count() != names.Length)
        {
            throw new MalformedException($"{What}: crit is empty or names something twice");
        }

        if (names.FirstOrDefault(name => name != Unencoded) is { } unknown)
        {
            throw new MalformedException(JwsReasons.Critical, $"{What}: crit names \"{unknown}\"");
        }

        return names;
    }

    private static bool Encoded(JsonValue json, ImmutableArray<string> extensions) => (json.Optional(Unencoded), extensions.IsEmpty) switch
    {
        (null, true) => true,
        ({ Kind: JsonKind.True }, false) => true,
        ({ Kind: JsonKind.False }, false) => false,
        _ => throw new MalformedException($"{What}: b64 is a truth value that crit names, or neither is there"),
    };
}
