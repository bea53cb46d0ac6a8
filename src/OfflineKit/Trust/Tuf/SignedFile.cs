using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Trust.Tuf;

/// <summary>A metadata file as it is spelled: the signed part in canonical form, and signatures that nobody has checked yet.</summary>
/// <remarks>Source: TUF specification 1.0 §4.2 and §4.1 (OLPC canonical JSON). A signature with an empty text was not made yet and is skipped.</remarks>
internal sealed class SignedFile
{
    private SignedFile(string name, ReadOnlyMemory<byte> content, JsonValue signed, ImmutableArray<KeyValuePair<string, string>> signatures)
    {
        (Name, Content, Signed, Signatures) = (name, content, signed, signatures);
        Canonical = OlpcJson.Write(signed);
        Version = Positive(signed["version"]);
        Expires = TufTime.Parse(signed.String("expires"), $"{name}.expires");
    }

    /// <summary>The role's file name, such as <c>snapshot.json</c>.</summary>
    public string Name { get; }

    /// <summary>The file exactly as it came.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>The signed object.</summary>
    public JsonValue Signed { get; }

    /// <summary>The bytes that are signed.</summary>
    public ReadOnlyMemory<byte> Canonical { get; }

    /// <summary>Hex signatures by key id; each id at most once.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Signatures { get; }

    /// <summary>The version, from 1.</summary>
    public long Version { get; }

    /// <summary>When it expires.</summary>
    public DateTimeOffset Expires { get; }

    /// <summary>SHA-256 of the whole file in lower-case hex; for a root, its fingerprint.</summary>
    public string Sha256 => field ??= Digest.Sha256(Content.Span).Hex;

    /// <summary>The metadata in <paramref name="content"/>, which must say that it is of <paramref name="type"/>.</summary>
    public static SignedFile Parse(string name, string type, ReadOnlyMemory<byte> content)
    {
        JsonValue file = StrictJson.ParseObject(content, name);
        JsonValue signed = file.Object("signed");
        string said = signed.String("_type");
        if (said != type)
        {
            throw new MalformedException(TufReasons.WrongRole, $"{name}: _type is \"{said}\", wanted \"{type}\"");
        }

        string specification = signed.String("spec_version");
        if (specification != "1.0" && !specification.StartsWith("1.0.", StringComparison.Ordinal))
        {
            throw new MalformedException(TufReasons.UnknownSpecification, $"{name}: spec_version is \"{specification}\", wanted 1.0");
        }

        return new SignedFile(name, content, signed, ParseSignatures(file));
    }

    /// <summary>A version or length: an integer from 1.</summary>
    public static long Positive(JsonValue value) => value.Integer >= 1 ? value.Integer : throw value.Wanted("an integer from 1");

    private static ImmutableArray<KeyValuePair<string, string>> ParseSignatures(JsonValue file)
    {
        ImmutableArray<JsonValue> elements = file.Array("signatures");
        if (elements.Length > TufLimits.Signatures)
        {
            throw new MalformedException(TufReasons.TooLarge, $"{file.Path}: {elements.Length} signatures, limit {TufLimits.Signatures}");
        }

        var signatures = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        HashSet<string> ids = new(StringComparer.Ordinal);
        foreach (JsonValue element in elements)
        {
            string id = element.String("keyid"), signature = element.String("sig");
            if (!ids.Add(id))
            {
                throw new MalformedException(TufReasons.Malformed, $"{element.Path}: key id {id} occurs twice");
            }

            if (signature.Length > 0)
            {
                signatures.Add(KeyValuePair.Create(id, signature));
            }
        }

        return signatures.DrainToImmutable();
    }
}
