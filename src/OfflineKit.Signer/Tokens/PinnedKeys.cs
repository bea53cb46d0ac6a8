using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Trust;

namespace OfflineKit.Signer.Tokens;

/// <summary>One pinned key of an issuer, bound to one algorithm.</summary>
internal sealed record PinnedKey(string Id, string Algorithm, PublicKey Key);

/// <summary>A JSON Web Key Set, read strictly: each key has an id of its own and one algorithm.</summary>
/// <remarks>Source: RFC 7517 §5; keys by the core's reader, which refuses private members and weak keys.</remarks>
internal sealed record PinnedKeys(ImmutableArray<PinnedKey> Keys)
{
    private const int Most = 64;

    /// <summary>The set in <paramref name="content"/>.</summary>
    public static PinnedKeys Parse(ReadOnlyMemory<byte> content, string what)
    {
        ImmutableArray<JsonValue> keys = StrictJson.ParseObject(content, what).Array("keys");
        if (keys.IsEmpty || keys.Length > Most)
        {
            throw new MalformedException($"{what}: {keys.Length} keys, wanted 1 to {Most}");
        }

        ImmutableArray<PinnedKey> parsed = [.. keys.Select(key => Key(key, what))];
        return parsed.Select(key => key.Id).Distinct(StringComparer.Ordinal).Count() == parsed.Length
            ? new PinnedKeys(parsed)
            : throw new MalformedException($"{what}: one \"kid\" for two keys");
    }

    /// <summary>The key called <paramref name="id"/>, if it signs by <paramref name="algorithm"/>.</summary>
    public PinnedKey? Find(string id, string algorithm) => Keys.FirstOrDefault(
        key => string.Equals(key.Id, id, StringComparison.Ordinal) && string.Equals(key.Algorithm, algorithm, StringComparison.Ordinal));

    private static PinnedKey Key(JsonValue json, string what)
    {
        KeyMaterial material = JsonWebKey.Parse(json, what, what).Material;
        string algorithm = json.OptionalString("alg") ?? JwsAlgorithm.Of(material);
        return new PinnedKey(
            json.String("kid"),
            algorithm,
            JwsAlgorithm.Bind(material, algorithm) ?? throw new MalformedException($"{what}: \"{algorithm}\" with a {material.Kind} key"));
    }
}
