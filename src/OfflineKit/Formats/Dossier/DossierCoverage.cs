using OfflineKit.Encoding;

namespace OfflineKit.Formats.Dossier;

/// <summary>What the signature of a dossier covers, as its <c>covers</c> says and its layout allows.</summary>
/// <remarks>
/// v1: <c>covers</c> is absent, and the body alone is signed. v2: <c>frontmatter+body</c>, legacy layout. v3: <c>spec-frontmatter+body</c>, Agent Skills layout. Anything else
/// is refused and never read as v1: whoever edits front matter could otherwise say that nobody signed it. Source: docs/spec/dossier.md §3.
/// </remarks>
/// <param name="Version">1, 2 or 3.</param>
/// <param name="Before">What is signed before the body: nothing, or the scheme's name and the canonical front matter without the signature, each with LF.</param>
internal sealed record DossierCoverage(int Version, ReadOnlyMemory<byte> Before)
{
    /// <summary>The word of v2 and of v3.</summary>
    public const string FrontMatterAndBody = "frontmatter+body", SpecFrontMatterAndBody = "spec-frontmatter+body";

    private static ReadOnlySpan<byte> SchemeName => "dossier-signature-v"u8;

    /// <summary>The front matter is signed too.</summary>
    public bool CoversFrontMatter => Version > 1;

    /// <summary>What a signature of <paramref name="version"/> over <paramref name="fields"/> will cover; one that they carry already does not count.</summary>
    /// <exception cref="MalformedException">Reason <c>dossier.unknown-coverage</c>: the layout is not the one of this version.</exception>
    public static DossierCoverage Of(int version, DossierFields fields) => (version, fields.AreInMetadata) switch
    {
        (1, false) => new DossierCoverage(1, default),
        (2, false) or (3, true) => WithFrontMatter(version, fields),
        _ => throw new MalformedException(DossierReasons.UnknownCoverage, $"v{version} does not sign the {LayoutOf(fields)} layout"),
    };

    /// <summary>What <paramref name="signature"/>, the signature object in <paramref name="fields"/>, says that it covers.</summary>
    /// <exception cref="MalformedException">Reason <c>dossier.unknown-coverage</c>: the form is unknown, or not one of this layout.</exception>
    public static DossierCoverage Of(JsonValue signature, DossierFields fields)
    {
        JsonValue? covers = signature.Optional("covers");
        string said = covers is null ? "nothing" : covers.Kind == JsonKind.String ? $"\"{covers.Text}\"" : covers.Kind.ToString();
        return (covers, fields.AreInMetadata) switch
        {
            (null, false) => Of(1, fields),
            ({ Kind: JsonKind.String, Text: FrontMatterAndBody }, false) => Of(2, fields),
            ({ Kind: JsonKind.String, Text: SpecFrontMatterAndBody }, true) => Of(3, fields),
            _ => throw new MalformedException(DossierReasons.UnknownCoverage, $"covers says {said} in the {LayoutOf(fields)} layout"),
        };
    }

    /// <summary>The bytes that are signed.</summary>
    /// <exception cref="MalformedException">Reason <c>dossier.unknown-coverage</c>: the body alone is signed and begins as the payload of a later scheme, whose front matter would pass for text.</exception>
    public byte[] Payload(ReadOnlySpan<byte> body) => CoversFrontMatter || !body.StartsWith(SchemeName)
        ? [.. Before.Span, .. body]
        : throw new MalformedException(DossierReasons.UnknownCoverage, "covers says nothing, and the body begins as what a scheme signs that covers the front matter");

    /// <summary>What is covered, for reports.</summary>
    public string InWords => CoversFrontMatter ? "the front matter and the body" : "the body";

    private static DossierCoverage WithFrontMatter(int version, DossierFields fields)
    {
        byte[] canonical = fields.SignatureItself is { } own ? CanonicalJson.WriteWithout(fields.FrontMatter, own) : CanonicalJson.Write(fields.FrontMatter);
        return new DossierCoverage(version, (byte[])[.. SchemeName, .. Utf8Text.Encode($"{version}\n"), .. canonical, .. "\n"u8]);
    }

    private static string LayoutOf(DossierFields fields) => fields.AreInMetadata ? "Agent Skills" : "legacy";
}
