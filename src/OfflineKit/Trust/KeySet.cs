using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.Trust;

/// <summary>One key of a file that holds several.</summary>
/// <param name="Ids">What it is called; the first is the one for messages.</param>
/// <param name="Parse">The key under a name, with the place where its trust comes from.</param>
internal sealed record KeyOfSet(ImmutableArray<string> Ids, Func<string, string, TrustedKey> Parse)
{
    /// <summary>Its service verifies nothing by it any more: it is meant only by name.</summary>
    public bool IsRetired { get; init; }

    /// <summary>It is called one of <paramref name="ids"/>.</summary>
    public bool IsCalled(ImmutableArray<string> ids) => Ids.Any(id => ids.Contains(id, StringComparer.Ordinal));
}

/// <summary>Files of several keys: a JSON Web Key Set (RFC 7517 §5), and the versions of a key in Vault's transit engine.</summary>
/// <remarks>Without a name any of the keys may have signed, as of several files. What a set is for besides, such as encryption, is left out and told. Source: docs/spec/keys.md.</remarks>
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
                : NotEmpty([.. versions.Members.Select(version => Version(version.Key, version.Value) with { IsRetired = IsBelow(version.Key, data.OptionalNotNull("min_decryption_version")) })]);
        }

        return json.Optional("keys") is { Kind: JsonKind.Array } set ? NotEmpty([.. set.Elements.Select(WebKey)]) : [];
    }

    /// <summary>All of <paramref name="keys"/>, none of which was named: those that can sign, and why others cannot.</summary>
    /// <exception cref="MalformedException">One is malformed or a secret, which says that the file is not what it should be; or none can sign.</exception>
    public static KeyFileContent Each(ImmutableArray<KeyOfSet> keys, string name, string root)
    {
        ImmutableArray<(string Id, Result<TrustedKey> Key)> read =
            [.. keys.Where(key => !key.IsRetired).Select(key => (key.Ids[0], Result.Parse(Reasons.MalformedKey, () => key.Parse($"{name} {key.Ids[0]}", root))))];
        ImmutableArray<Finding> refused = [.. read.Where(one => one.Key.Finding is not null).Select(one => one.Key.Finding! with { Detail = $"{name} {one.Id}: {one.Key.Finding!.Detail}" })];
        Finding? bad = refused.FirstOrDefault(finding => finding.Reason == Reasons.MalformedKey || finding.Reason == Reasons.PrivateKeyGiven) ?? (refused.Length == read.Length ? refused.FirstOrDefault() : null);
        ImmutableArray<TrustedKey> usable = [.. read.Select(one => one.Key.Value).OfType<TrustedKey>()];
        return bad is not null ? throw new MalformedException(bad.Reason, bad.Detail)
            : usable.IsEmpty ? throw new MalformedException(KeyFileReasons.NotForSigning, $"{name}: its service verifies by none of its keys any more")
            : new KeyFileContent(usable, []) { Unusable = refused };
    }

    /// <summary>What is said where none of <paramref name="keys"/> was named.</summary>
    public static MalformedException Several(ImmutableArray<KeyOfSet> keys) => new(
        $"{What}: {keys.Length} keys ({string.Join(", ", keys.Select(key => key.Ids[0]))}): none of them was named")
    {
        Advice = new Advice($"say which one you mean, as {{publicKey}} {Plain(keys[0].Ids[0])}=FILE or with {{keyIds}}, or save it alone"),
    };

    // Advice quotes nothing that could be more than a name.
    private static string Plain(string id) => id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-') ? id : "ID";

    private static bool IsBelow(string number, JsonValue? oldest) =>
        oldest is not null && DecimalText.Digits(number) is { } version && version < oldest.Integer;

    private static KeyOfSet WebKey(JsonValue key, int index) => new(
        [key.Kind == JsonKind.Object ? key.OptionalNotNull("kid")?.Text ?? $"#{index + 1}" : "no key"], (name, root) => JsonWebKey.Parse(key, name, root));

    // The public key as text: PEM, or base64 of an Ed25519 key. Other kinds of keys have a number here.
    private static KeyOfSet Version(string number, JsonValue version) => new([$"v{number}", number], (name, root) =>
    {
        ReadOnlyMemory<byte> text = Utf8Text.Encode(version.Kind == JsonKind.Object ? version.String("public_key") : throw new MalformedException(KeyFileReasons.NotForSigning, $"version {number} has no public key"));
        return JsonKeyFile.LooksLike(text.Span) ? throw new MalformedException($"{What}: a public_key in JSON") : KeyFile.Parse(text, name, root) with { Hints = [$"v{number}"] };
    });

    private static ImmutableArray<KeyOfSet> NotEmpty(ImmutableArray<KeyOfSet> keys) => keys.IsEmpty ? throw new MalformedException($"{What}: a set of no keys") : keys;
}
