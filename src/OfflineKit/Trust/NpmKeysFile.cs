using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Trust;

/// <summary>Reads the npm registry's key list, a target of the Sigstore TUF repository.</summary>
/// <remarks>
/// Each key is limited to the format <c>npm</c> and to its window, and marked with its usage (<c>npm:attestations</c>, <c>npm:signatures</c>).
/// Errors: <see cref="MalformedException"/> with the reason <c>trust.malformed</c> or the one of a key. Source: docs/spec/trusted-root.md §4.
/// </remarks>
internal static class NpmKeysFile
{
    /// <summary>The one format that these keys may sign.</summary>
    public const string Format = "npm";

    /// <summary>The keys in <paramref name="content"/>.</summary>
    public static ImmutableArray<TrustedKey> Parse(ReadOnlyMemory<byte> content, string root)
    {
        JsonValue json = StrictJson.ParseObject(content, "npm keys");
        json.RefuseOtherMembers("keys");
        ImmutableArray<JsonValue> keys = json.Array("keys");
        return keys.Length is > 0 and <= Limits.TrustRoots
            ? [.. keys.Select(key => Key(key, root))]
            : throw new MalformedException(Reasons.MalformedTrust, $"npm keys: {keys.Length} keys, wanted 1 to {Limits.TrustRoots}");
    }

    private static TrustedKey Key(JsonValue json, string root)
    {
        json.RefuseOtherMembers("keyId", "keyUsage", "publicKey");
        JsonValue key = json.Object("publicKey"), window = key.Object("validFor");
        if (key.String("keyDetails") != "PKIX_ECDSA_P256_SHA_256")
        {
            throw new MalformedException(Reasons.MalformedTrust, $"{key.Path}.keyDetails: \"{key.String("keyDetails")}\" is not supported");
        }

        string id = json.String("keyId"), usage = json.String("keyUsage");
        return new TrustedKey($"{root} {id}", SubjectPublicKeyInfo.Parse(key.Base64("rawBytes")), $"trust root {root}")
        {
            Hints = [id],
            Marks = [usage],
            Formats = [Format],
            Schemes = [SignatureScheme.EcdsaSha256],
            Validity = new Validity(Time(window, "start"), Time(window, "end")),
        };
    }

    private static DateTimeOffset? Time(JsonValue window, string name) =>
        window.OptionalNotNull(name) is { } time ? Rfc3339.Parse(time.Text, time.Path) : null;
}
