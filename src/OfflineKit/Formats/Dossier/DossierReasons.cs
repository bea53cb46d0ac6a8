using System.Collections.Immutable;

namespace OfflineKit.Formats.Dossier;

/// <summary>Reasons that only dossiers give.</summary>
internal static class DossierReasons
{
    public static readonly Reason ExecutableFrontMatter = new(
        "dossier.executable-front-matter",
        "the front matter is a program, which other tools would run; it was refused unread",
        "do not open the document with other dossier tools; ask the author for JSON front matter");

    public static readonly Reason FrontMatterNotJson = new(
        "dossier.front-matter-not-json",
        "the front matter is neither JSON nor the plain YAML of a skill, and other YAML can be read in more than one way",
        "ask the author to write the front matter as the dossier tools do");

    public static readonly Reason ChecksumMissing = new(
        "dossier.checksum-missing",
        "the dossier has no checksum of its body",
        "ask the author for a dossier with a checksum and a signature");

    public static readonly Reason ChecksumMismatch = new(
        "dossier.checksum-mismatch",
        "the body is not the one that the checksum was made of",
        "do not use the dossier; fetch it again from the source");

    public static readonly Reason UnknownCoverage = new(
        "dossier.unknown-coverage",
        "the signature says that it covers something that offlinekit does not know, or not in this layout",
        "use a newer offlinekit, or ask the author to sign again; what is covered is never guessed");

    public static readonly Reason Unsigned = new(
        "dossier.unsigned",
        "the dossier has no signature, so nothing says who wrote it",
        "ask the author to sign the dossier");

    public static readonly Reason ContradictoryKey = new(
        "dossier.contradictory-key",
        "the dossier names one key and carries another",
        "ask the author for a dossier whose key_id and public_key belong together");

    /// <summary>Every reason of this class.</summary>
    public static ImmutableArray<Reason> All { get; } =
        [ExecutableFrontMatter, FrontMatterNotJson, ChecksumMissing, ChecksumMismatch, UnknownCoverage, Unsigned, ContradictoryKey];
}
