using System.Collections.Immutable;
using System.Globalization;
using OfflineKit.Archives;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Formats.Checksums;
using OfflineKit.Trust;

namespace OfflineKit.Exports;

/// <summary>Our own kit.</summary>
/// <remarks>The steps are those of docs/spec/kit.md §5.</remarks>
internal sealed class OfflineKitLayout : ExportLayout
{
    private const string List = "kit.json", Envelope = "kit.intoto.dsse.json", Certificates = "kit.certificates.pem", Bundle = "kit.sigstore.json", PredicateType = "https://offlinekit.dev/kit/v1";

    /// <inheritdoc/>
    public override string Name => "offlinekit-kit";

    /// <inheritdoc/>
    public override string Title => "OfflineKit kit";

    /// <inheritdoc/>
    public override string Mark => List;

    /// <inheritdoc/>
    public override ImmutableArray<Demand> Answers => [Demand.Authority];

    /// <inheritdoc/>
    public override bool IsMarked(ExportInventory inventory) => inventory.Find(List) is not null && inventory.WrappedIn.Length == 0;

    /// <inheritdoc/>
    internal override void Verify(ExportVerification export)
    {
        // 2 The list.
        if (export.Read("2-list", List, content => KitList.Parse(content)) is not { } kit)
        {
            return;
        }

        Digest digest = export.Inventory.Find(List)!.Sha256;
        export.Found.Passed("2-list", $"{kit.Name} {kit.Version}, {kit.Files.Count} files, packed {kit.CreatedAt} by its own account");
        export.Version = new ExportVersion($"{Name} {kit.Name}", kit.Version, kit.Numbers, digest);

        // 3 Certificates, where the caller named an authority; the statement's signatures. 4 What it says.
        export.Trust(EmbeddedCertificates.Keys("3-certificates", Certificates, export));
        if (SignedStatement.Verify("3-signature", Envelope, export) is { } statement)
        {
            statement.RequirePredicateType("4-statement", [PredicateType], export);
            statement.RequireSubject("4-statement", List, ExportReasons.SubjectMismatch, export);
            RequireSameKit(statement, kit, export);
        }

        // 5 Further signatures over the list.
        Further(kit, export);

        // 6 Every listed file. 7 Nothing else.
        export.Compare("6-files", "7-nothing-else", kit.Files);
    }

    private static void RequireSameKit(SignedStatement statement, KitList kit, ExportVerification export)
    {
        Result<JsonValue> predicate = Result.Parse(ExportReasons.ManifestMalformed, () =>
        {
            JsonValue value = statement.Payload.Object("predicate");
            value.RefuseOtherMembers("name", "version");
            return value.String("name") == kit.Name && value.String("version") == kit.Version
                ? value
                : throw new MalformedException(ExportReasons.PredicateMismatch, $"the statement is about {value.String("name")} {value.String("version")}, the list about {kit.Name} {kit.Version}");
        });
        if (predicate.Finding is { } finding)
        {
            export.Found.Failed("4-statement", finding);
        }
    }

    private static void Further(KitList kit, ExportVerification export)
    {
        ReadOnlyMemory<byte> list = export.Inventory.Control(List)!.Value;
        List<(string Path, Verdict Verdict)> verdicts = [];
        foreach (string path in (ReadOnlySpan<string>)["kit.json.minisig", Bundle])
        {
            if (export.Inventory.Control(path) is not { } content)
            {
                continue;
            }

            if (path == Bundle && StrangersHint(content, export) is { } hint)
            {
                export.Accounted.Add(path);
                export.Found.Noted("note.other-signer", $"{path} is by somebody who is not trusted here: it calls its key \"{hint}\"");
                continue;
            }

            verdicts.Add((path, ListSignatures.Judge(path, content, List, list, export)));
        }

        ListSignatures.Conclude("5-further-signatures", verdicts, export, Strangers.Noted);
        foreach ((string path, _) in verdicts.Where(entry => entry.Verdict.IsTrusted))
        {
            export.Found.Proved(new StatesVersion(kit.Name, kit.Version, List), path);
        }
    }

    // A bundle calls its key by SHA-256: a name that no trusted key has is somebody else's signature, not a false one of ours. Whoever forges the name might as well take the file away.
    private static string? StrangersHint(ReadOnlyMemory<byte> bundle, ExportVerification export)
    {
        Expectations expectations = export.Request.Context.Expectations;
        Result<Envelope> parsed = Result.Parse(Reasons.MalformedSignature, () => KnownFormats.ByName("sigstore")!.Parse(bundle, expectations));
        string hint = "";
        foreach (Claim claim in parsed.Value?.Claims ?? [])
        {
            hint = claim.Name == "key hint" ? claim.Value : hint;
        }

        foreach (TrustedKey key in export.Request.Context.Trust.Keys)
        {
            if (StrictBase64.Encode(Digest.Sha256(key.Material.Spki.Span).Bytes).AsSpan().SequenceEqual(Utf8Text.Encode(hint)))
            {
                return null;
            }
        }

        return hint.Length > 0 ? hint : null;
    }
}

/// <summary>The list of a kit.</summary>
internal sealed record KitList(string Name, string Version, ImmutableArray<long> Numbers, string CreatedAt, Dictionary<string, ListedFile> Files)
{
    /// <summary>The list in <paramref name="content"/>: the one spelling of docs/spec/kit.md §2.</summary>
    public static KitList Parse(ReadOnlyMemory<byte> content)
    {
        if (content.Length > Limits.SignedDocument)
        {
            throw new MalformedException(Reasons.InputTooLarge, $"kit.json has {content.Length} bytes, limit {Limits.SignedDocument}");
        }

        JsonValue kit = StrictJson.ParseObject(content, "kit.json");
        kit.RefuseOtherMembers("kitVersion", "name", "version", "createdAt", "files");
        if (kit["kitVersion"].Integer != 1)
        {
            throw new MalformedException(ExportReasons.UnsupportedSchema, $"kitVersion {kit["kitVersion"].Integer}, wanted 1");
        }

        if (!CanonicalJson.Write(kit).AsSpan().SequenceEqual(content.Span))
        {
            throw new MalformedException("kit.json: not in the form of RFC 8785");
        }

        string name = kit.String("name");
        if (name.Length is 0 or > 64 || !char.IsAsciiLetterOrDigit(name[0]) || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '_' or '-'))
        {
            throw new MalformedException($"kit.json.name: \"{name}\", wanted lower-case letters, digits, dot, underscore and hyphen");
        }

        string createdAt = kit.String("createdAt");
        _ = createdAt.Length == 20 && createdAt[^1] == 'Z' ? Rfc3339.Parse(createdAt, "kit.json.createdAt") : throw kit["createdAt"].Wanted("YYYY-MM-DDThh:mm:ssZ");
        ImmutableArray<long> numbers = ExportVersion.Dotted(kit.String("version"), "kit.json.version");
        return new KitList(name, kit.String("version"), numbers, createdAt, Listed(kit.Array("files")));
    }

    private static Dictionary<string, ListedFile> Listed(ImmutableArray<JsonValue> elements)
    {
        EntryNames names = new();
        string previous = "";
        Dictionary<string, ListedFile> files = ListedFiles.ByPath(elements, element =>
        {
            element.RefuseOtherMembers("path", "size", "sha256");
            string path = element.String("path");
            if (string.CompareOrdinal(previous, path) >= 0 || names.AddFile(path) != path)
            {
                throw new MalformedException($"{element.Path}.path: \"{path}\" is not sorted or not plain");
            }

            previous = path;
            return new ListedFile(path, ListedFiles.Size(element["size"]), ListedFiles.Hex(element["sha256"]));
        });
        return files.Count > 0 ? files : throw new MalformedException("kit.json.files: empty");
    }
}
