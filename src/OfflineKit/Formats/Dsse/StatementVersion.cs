using OfflineKit.Encoding;

namespace OfflineKit.Formats.Dsse;

/// <summary>The versions that a statement gives of what it speaks of, where a published format says which member holds one.</summary>
/// <remarks>
/// The predicates of our kits and of npm publications (<c>name</c>, <c>version</c>), in-toto releases (<c>purl</c>), and the package URL that is the matching subject's name.
/// Nothing else is taken for a version, whatever it is called. Source: docs/spec/kit.md §3, docs/spec/npm.md §2, in-toto attestation predicates/release.md, package-url specification.
/// </remarks>
internal static class StatementVersion
{
    private const string Kit = "https://offlinekit.dev/kit/v1", NpmPublication = "https://github.com/npm/attestation/tree/main/specs/publish/v0.1";
    private const string Release01 = "https://in-toto.io/attestation/release/v0.1", Release02 = "https://in-toto.io/attestation/release/v0.2";
    private const string Scheme = "pkg:";

    /// <summary>The versions in <paramref name="statement"/>, of which <paramref name="subject"/> is the artefact; null when none was compared.</summary>
    public static IEnumerable<StatesVersion> Of(Statement statement, Subject? subject)
    {
        StatesVersion? predicate = statement.PredicateType switch
        {
            Kit or NpmPublication => Text(statement, "version") is { } version ? new StatesVersion(Text(statement, "name") ?? "", version, "predicate") : null,
            Release01 or Release02 => Text(statement, "purl") is { } release ? OfPackageUrl(release, "predicate") : null,
            _ => null,
        };
        if (predicate is not null)
        {
            yield return predicate;
        }

        if (subject is not null && OfPackageUrl(subject.Name, "subject") is { } named)
        {
            yield return named;
        }
    }

    private static string? Text(Statement statement, string member) =>
        statement.Predicate?.OptionalNotNull(member) is { Kind: JsonKind.String } value ? value.Text : null;

    // pkg:TYPE/NAME@VERSION?QUALIFIERS#SUBPATH, taken apart from the right as its specification says; an @ before the last slash belongs to a name.
    private static StatesVersion? OfPackageUrl(string text, string source)
    {
        if (!text.StartsWith(Scheme, StringComparison.Ordinal))
        {
            return null;
        }

        string url = Before(Before(text[Scheme.Length..], '#'), '?');
        int at = url.LastIndexOf('@');
        return at > url.LastIndexOf('/')
            ? new StatesVersion(url[..at], url[(at + 1)..].Replace("%2B", "+", StringComparison.Ordinal), source)
            : null;
    }

    private static string Before(string text, char mark) => text.IndexOf(mark, StringComparison.Ordinal) is >= 0 and int end ? text[..end] : text;
}
