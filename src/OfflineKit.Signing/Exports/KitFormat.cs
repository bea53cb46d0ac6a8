using System.Collections.Immutable;
using System.Text.Json;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Signing.Exports;

/// <summary>The documents of a kit, byte for byte.</summary>
/// <remarks>Source: docs/spec/kit.md.</remarks>
internal static class KitFormat
{
    public const string List = "kit.json", Statement = "kit.intoto.dsse.json", Minisign = "kit.json.minisig", Bundle = "kit.sigstore.json", Instructions = "VERIFY.txt", Certificates = "kit.certificates.pem";

    /// <summary>What kind of statement speaks of a kit.</summary>
    public const string PredicateType = "https://offlinekit.dev/kit/v1";

    /// <summary>The list: what is signed.</summary>
    public static byte[] ListOf(KitOrder order, ImmutableArray<KitFile> files) => Canonical(json =>
    {
        json.WriteString("createdAt", UtcText.Seconds(order.CreatedAt));
        json.WriteStartArray("files");
        foreach (KitFile file in files)
        {
            json.WriteStartObject();
            json.WriteString("path", file.Path);
            json.WriteString("sha256", file.Sha256.Hex);
            json.WriteNumber("size", file.Size);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("kitVersion", 1);
        json.WriteString("name", order.Name);
        json.WriteString("version", order.Version);
    });

    /// <summary>The statement about the list.</summary>
    public static byte[] StatementOf(KitOrder order, byte[] list) => Canonical(json =>
    {
        json.WriteString("_type", "https://in-toto.io/Statement/v1");
        json.WriteStartObject("predicate");
        json.WriteString("name", order.Name);
        json.WriteString("version", order.Version);
        json.WriteEndObject();
        json.WriteString("predicateType", PredicateType);
        json.WriteStartArray("subject");
        json.WriteStartObject();
        json.WriteStartObject("digest");
        json.WriteString("sha256", Digest.Sha256(list).Hex);
        json.WriteEndObject();
        json.WriteString("name", List);
        json.WriteEndObject();
        json.WriteEndArray();
    });

    /// <summary>Refuses names and versions that are none.</summary>
    public static void Check(KitOrder order)
    {
        if (!IsName(order.Name))
        {
            throw SigningReasons.UnsuitableSubject.Refusal($"the name \"{order.Name}\" is none: wanted a-z, 0-9, dot, dash and underscore, at most 64, first a letter or digit");
        }

        string[] numbers = order.Version.Split('.');
        if (numbers.Length > 8 || !numbers.All(IsNumber))
        {
            throw SigningReasons.UnsuitableSubject.Refusal($"the version \"{order.Version}\" is none: wanted up to 8 numbers joined by dots, such as 2026.11.22");
        }
    }

    // The writer's escapes are not the shortest ones; the canonical form is made from the value.
    private static byte[] Canonical(Action<Utf8JsonWriter> write)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return CanonicalJson.Write(StrictJson.Parse(text.ToArray(), "kit"));
    }

    private static bool IsName(string name) =>
        name.Length is >= 1 and <= 64 && char.IsAsciiLetterOrDigit(name[0]) && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '_' or '-');

    private static bool IsNumber(string number) => DecimalText.Number(number) is not null;
}
