using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.Trust;

/// <summary>One key of a file that holds several.</summary>
/// <param name="Ids">What it is called; the first is the one for messages.</param>
/// <param name="Parse">The key under a name, with the place where its trust comes from.</param>
internal sealed record KeyOfSet(ImmutableArray<string> Ids, Func<string, string, TrustedKey> Parse)
{
    /// <summary>It is called one of <paramref name="ids"/>.</summary>
    public bool IsCalled(ImmutableArray<string> ids) => Ids.Any(id => ids.Contains(id, StringComparer.Ordinal));
}

/// <summary>Files of several keys: a JSON Web Key Set (RFC 7517 §5), and the versions of a key in Vault's transit engine.</summary>
/// <remarks>Which of several is meant is nowhere said in the file: a key that nobody named is not trusted by the way. Source: docs/spec/keys.md.</remarks>
internal static class KeySet
{
    private const string What = "key file";

    /// <summary>The keys of the set in <paramref name="json"/>; none where it is no set.</summary>
    public static ImmutableArray<KeyOfSet> Of(JsonValue json)
    {
        if (json.Optional("data") is { Kind: JsonKind.Object } data && data.Optional("keys") is { Kind: JsonKind.Object } versions)
        {
            return data.OptionalNotNull("supports_signing") is { Kind: JsonKind.False }
                ? throw new MalformedException(KeyFileReasons.NotForSigning, "supports_signing is false")
                : NotEmpty([.. versions.Members.Select(version => Version(version.Key, version.Value))]);
        }

        return json.Optional("keys") is { Kind: JsonKind.Array } set ? NotEmpty([.. set.Elements.Select(WebKey)]) : [];
    }

    /// <summary>What is said where none of <paramref name="keys"/> was named.</summary>
    public static MalformedException Several(ImmutableArray<KeyOfSet> keys) => new(
        $"{What}: {keys.Length} keys ({string.Join(", ", keys.Select(key => key.Ids[0]))}): none of them was named")
    {
        Advice = new Advice($"say which one you mean, as {{publicKey}} {Plain(keys[0].Ids[0])}=FILE or with {{keyIds}}, or save it alone"),
    };

    // Advice quotes nothing that could be more than a name.
    private static string Plain(string id) => id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-') ? id : "ID";

    private static KeyOfSet WebKey(JsonValue key) => new(
        [key.Kind == JsonKind.Object ? key.OptionalNotNull("kid")?.Text ?? "no kid" : "no key"], (name, root) => JsonWebKey.Parse(key, name, root));

    // The public key as text: PEM, or base64 of an Ed25519 key. Other kinds of keys have a number here. An exported one is the text itself: in base64 it could as well be a secret of the same length.
    private static KeyOfSet Version(string number, JsonValue version) => new([$"v{number}", number], (name, root) =>
    {
        ReadOnlyMemory<byte> text = Utf8Text.Encode(version.Kind switch
        {
            JsonKind.Object => version.String("public_key"),
            JsonKind.String when Pem.LooksLike(Utf8Text.Encode(version.Text)) => version.Text,
            _ => throw new MalformedException(KeyFileReasons.NotForSigning, $"version {number} has no public key"),
        });
        return JsonKeyFile.LooksLike(text.Span) ? throw new MalformedException($"{What}: a public_key in JSON") : KeyFile.Parse(text, name, root) with { Hints = [$"v{number}"] };
    });

    private static ImmutableArray<KeyOfSet> NotEmpty(ImmutableArray<KeyOfSet> keys) => keys.IsEmpty ? throw new MalformedException($"{What}: a set of no keys") : keys;
}
