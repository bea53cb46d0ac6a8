using OfflineKit.Encoding;
using OfflineKit.Formats.Dossier;

namespace OfflineKit.Signing.Formats.Dossier;

/// <summary>The front matter of a dossier while it is written: read as it is, and in the layout that its scheme signs.</summary>
internal abstract class DossierDraft
{
    /// <summary>The front matter of <paramref name="document"/> as <paramref name="scheme"/> signs it.</summary>
    /// <param name="document">The dossier as it is.</param>
    /// <param name="scheme">Which layout it must have.</param>
    /// <param name="name">The file's name, by which a skill without a name is called.</param>
    /// <exception cref="MalformedException">It cannot be written in that layout.</exception>
    public static DossierDraft Of(DossierDocument document, DossierScheme scheme, string name) => scheme switch
    {
        DossierScheme.V3 when document.Fields.AreInMetadata => SkillDraft.OfSkill(document.FrontMatter),
        DossierScheme.V3 => SkillDraft.OfLegacy(document.FrontMatter, name),
        _ when document.Fields.AreInMetadata => throw new MalformedException(
            $"the front matter has the Agent Skills layout, which {scheme.ToString().ToLowerInvariant()} does not sign; --scheme v3 does"),
        _ => new LegacyDraft(document.FrontMatter),
    };

    /// <summary>Sets <paramref name="field"/> to an object of texts: in its place, or at the end.</summary>
    public abstract void Set(string field, IEnumerable<(string Name, string Text)> members);

    /// <summary>The opening line, the front matter and the closing line.</summary>
    public abstract string Head { get; }

    /// <summary>The whole dossier with <paramref name="body"/>.</summary>
    public byte[] With(ReadOnlySpan<byte> body) => [.. Utf8Text.Encode(Head), .. body];
}
