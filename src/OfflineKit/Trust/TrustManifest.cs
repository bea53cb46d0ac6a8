using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Trust;

/// <summary>Reads <c>trust.json</c>, the list of a trust store's roots.</summary>
/// <remarks>
/// Shape: <c>{"version":1,"roots":[…]}</c>, at most <see cref="Limits.TrustRoots"/> roots, no unknown members.
/// Errors: <see cref="MalformedException"/> with the reason <c>trust.malformed</c>. Source: docs/spec/trust-store.md.
/// </remarks>
internal sealed class TrustManifest
{
    /// <summary>The manifest's file name.</summary>
    public const string FileName = "trust.json";

    private const int Version = 1;
    private static readonly string[] LimitsOfOneKey =
        ["fingerprint", "valid-from", "valid-until", "formats", "algorithms", "hints", "marks", "artifacts", "payload-types", "namespaces", "tenants"];

    private TrustManifest(ImmutableArray<TrustRoot> roots) => Roots = roots;

    /// <summary>The roots, in the manifest's order.</summary>
    public ImmutableArray<TrustRoot> Roots { get; }

    /// <summary>The manifest in <paramref name="content"/>.</summary>
    public static TrustManifest Parse(ReadOnlyMemory<byte> content)
    {
        JsonValue manifest = StrictJson.ParseObject(content, "trust.json");
        manifest.RefuseOtherMembers("version", "roots");
        if (manifest["version"].Integer != Version)
        {
            throw Malformed($"trust.json: version {manifest["version"].Integer}, wanted {Version}");
        }

        ImmutableArray<JsonValue> entries = manifest.Array("roots");
        if (entries.Length > Limits.TrustRoots)
        {
            throw Malformed($"trust.json: {entries.Length} roots, limit {Limits.TrustRoots}");
        }

        ImmutableArray<TrustRoot> roots = [.. entries.Select(Root)];
        string? twice = roots.GroupBy(root => root.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1)?.Key;
        return twice is null ? new TrustManifest(roots) : throw Malformed($"trust.json: two roots are called {twice}");
    }

    /// <summary>The root called <paramref name="name"/>, or null.</summary>
    public TrustRoot? Find(string name) => Roots.FirstOrDefault(root => string.Equals(root.Name, name, StringComparison.Ordinal));

    private static TrustRoot Root(JsonValue entry)
    {
        entry.RefuseOtherMembers(
            "name", "kind", "file", "sha256", "fingerprint", "source", "retrieved-on", "valid-from", "valid-until", "status", "status-since",
            "status-reason", "compromised-since", "compromised-until", "on-by-default", "formats", "algorithms", "hints", "marks", "note",
            "artifacts", "payload-types", "namespaces", "tenants");
        TrustRootKind kind = Kind(entry["kind"]);
        RefuseLimitsOfOneKey(entry, kind);
        string sha256 = entry.String("sha256");
        return new TrustRoot(Name(entry["name"]), kind, File(entry["file"]), Digest.FromHex(DigestAlgorithm.Sha256, sha256, entry["sha256"].Path))
        {
            Fingerprint = kind == TrustRootKind.PublicKey ? Fingerprint(entry["fingerprint"]) : "",
            Source = entry.String("source"),
            RetrievedOn = Day(entry["retrieved-on"]),
            Validity = new Validity(Time(entry, "valid-from"), Time(entry, "valid-until")),
            Status = Status(entry),
            IsOnByDefault = entry["on-by-default"].Boolean,
            Formats = Texts(entry, "formats"),
            Schemes = [.. Texts(entry, "algorithms").Select(label => Scheme(label, entry.Path))],
            Hints = Texts(entry, "hints"),
            Marks = Texts(entry, "marks"),
            Scope = new KeyScope
            {
                Artifacts = Patterns(entry, "artifacts"),
                PayloadTypes = Texts(entry, "payload-types"),
                Namespaces = Texts(entry, "namespaces"),
                Tenants = Texts(entry, "tenants"),
            },
            Note = entry.OptionalString("note") ?? "",
        };
    }

    // A limit that nothing enforces must not look like one: files of many keys bring their own limits.
    private static void RefuseLimitsOfOneKey(JsonValue entry, TrustRootKind kind)
    {
        foreach (string limit in kind == TrustRootKind.PublicKey ? [] : LimitsOfOneKey)
        {
            if (entry.Optional(limit) is { } given && !(kind == TrustRootKind.NpmKeys && limit == "formats"))
            {
                throw Malformed($"{given.Path}: limits one key, and a root of kind {entry.String("kind")} holds many");
            }
        }

        if (kind == TrustRootKind.NpmKeys && Texts(entry, "formats") is not ([] or [NpmKeysFile.Format]))
        {
            throw Malformed($"{entry.Path}.formats: keys of npm sign {NpmKeysFile.Format} and nothing else");
        }
    }

    private static TrustRootKind Kind(JsonValue kind) => kind.Text switch
    {
        "public-key" => TrustRootKind.PublicKey,
        "sigstore-trusted-root" => TrustRootKind.SigstoreTrustedRoot,
        "npm-keys" => TrustRootKind.NpmKeys,
        "ssh-allowed-signers" => TrustRootKind.AllowedSigners,
        string other => throw Malformed($"{kind.Path}: \"{other}\", wanted \"public-key\", \"sigstore-trusted-root\", \"npm-keys\" or \"ssh-allowed-signers\""),
    };

    private static string Name(JsonValue name) =>
        name.Text.Length is > 0 and <= 64 && name.Text.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '.')
            ? name.Text
            : throw Malformed($"{name.Path}: wanted up to 64 lower-case letters, digits, - and .");

    // A manifest names files beside it and nothing else: no path may lead out of its folder.
    private static string File(JsonValue file) =>
        file.Text.Length is > 0 and <= 128 && file.Text[0] != '.' && file.Text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_')
            ? file.Text
            : throw Malformed($"{file.Path}: wanted a plain file name");

    private static string Fingerprint(JsonValue fingerprint) =>
        Digest.FromHex(DigestAlgorithm.Sha256, fingerprint.Text, fingerprint.Path).Hex;

    private static string Day(JsonValue day)
    {
        Rfc3339.ParseDate(day.Text, day.Path);
        return day.Text;
    }

    private static DateTimeOffset? Time(JsonValue entry, string name) =>
        entry.Optional(name) is { } time ? Rfc3339.Parse(time.Text, time.Path) : null;

    private static KeyStatus Status(JsonValue entry)
    {
        string why = entry.OptionalString("status-reason") ?? "";
        DateTimeOffset? since = Time(entry, "status-since"), from = Time(entry, "compromised-since"), until = Time(entry, "compromised-until");
        bool isCompromised = from is not null || until is not null;
        return entry.String("status") switch
        {
            "active" when since is null && !isCompromised => KeyStatus.Active,
            "deprecated" when !isCompromised => new KeyStatus(KeyPhase.Deprecated, since, Compromise: null, why),
            "revoked" => KeyStatus.Revoked(since, from, until, why),
            string other => throw Malformed($"{entry["status"].Path}: \"{other}\", wanted active (without dates), deprecated (without compromise) or revoked"),
        };
    }

    // An empty list would restrict nothing, and an empty text can be met by nobody: neither is what somebody meant.
    private static ImmutableArray<string> Patterns(JsonValue entry, string member)
    {
        ImmutableArray<string> patterns = Texts(entry, member);
        return patterns.Select(Tuf.TargetPath.Ambiguity).FirstOrDefault(found => found is not null) is { } ambiguous
            ? throw Malformed($"{entry.Path}.{member}: {ambiguous} is read in several ways by other programs")
            : patterns;
    }

    private static ImmutableArray<string> Texts(JsonValue entry, string name)
    {
        if (entry.Optional(name) is not { } list)
        {
            return [];
        }

        ImmutableArray<string> texts = [.. list.Elements.Select(element => element.Text)];
        return !texts.IsEmpty && texts.All(text => text.Length > 0) ? texts : throw Malformed($"{list.Path}: wanted at least one text, none of them empty, or no such member");
    }

    private static SignatureScheme Scheme(string label, string path) =>
        SignatureScheme.ByLabel(label) ?? throw Malformed($"{path}: algorithm \"{label}\" is not supported");

    private static MalformedException Malformed(string detail) => new(Reasons.MalformedTrust, detail);
}
