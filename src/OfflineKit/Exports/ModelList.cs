using System.Collections.Immutable;
using OfflineKit.Archives;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Formats.Checksums;
using OfflineKit.Formats.Dsse;

namespace OfflineKit.Exports;

/// <summary>The list of a signed model.</summary>
/// <param name="Model">What the signer called it.</param>
/// <param name="Files">Every file by path.</param>
/// <param name="LeftOut">Paths that the signer left out: files, and folders with all that is in them.</param>
internal sealed record ModelList(string Model, Dictionary<string, ListedFile> Files, ImmutableArray<string> LeftOut)
{
    /// <summary>The predicate that holds the list.</summary>
    public const string PredicateType = "https://model_signing/signature/v1.0";

    /// <summary>The one before, whose list is that of the subjects.</summary>
    public const string EarlierType = "https://model_signing/Digests/v0.1";

    /// <summary>The list in <paramref name="statement"/>, which is of one of the two types.</summary>
    /// <exception cref="MalformedException">Another method or hash than whole files by SHA-256, a list that is not the subject's, a path that is not plain.</exception>
    public static ModelList Of(Statement statement) => statement.PredicateType == EarlierType
        ? new ModelList("", Listed(statement.Subjects.Select(subject => (subject.Name, Only(subject)))), [])
        : OfPredicate(statement);

    /// <summary>The signer left <paramref name="path"/> out by name.</summary>
    public bool LeavesOut(string path) => LeftOut.Any(left => path == left || path.StartsWith(left + "/", StringComparison.Ordinal));

    private static ModelList OfPredicate(Statement statement)
    {
        JsonValue predicate = statement.Predicate ?? throw new MalformedException("the statement has no predicate");
        JsonValue serialization = predicate.Object("serialization");
        (string method, string hash) = (serialization.String("method"), serialization.String("hash_type"));
        if (method != "files" || hash != "sha256")
        {
            throw new MalformedException(ExportReasons.UnsupportedSchema, $"serialization by {method} and {hash}, wanted files and sha256");
        }

        ImmutableArray<(string Path, Digest Digest)> resources = [.. predicate.Array("resources").Select(Resource)];
        Digest root = Digest.Sha256([.. resources.SelectMany(resource => resource.Digest.Bytes.ToArray())]);
        return statement.Subjects is [{ } only] && only.Digests.Contains(root)
            ? new ModelList(only.Name, Listed(resources), LeftOutBy(serialization))
            : throw new MalformedException(ExportReasons.SubjectMismatch, $"the list is {root}; the subjects are {string.Join(", ", statement.Subjects.Take(3).Select(subject => string.Join(' ', subject.Digests)))}");
    }

    private static (string Path, Digest Digest) Resource(JsonValue json) => json.String("algorithm") == "sha256"
        ? (json.String("name"), ListedFiles.Hex(json["digest"]))
        : throw new MalformedException(ExportReasons.UnsupportedSchema, $"{json.Path}.algorithm: \"{json.String("algorithm")}\", wanted sha256");

    private static Digest Only(Subject subject) => subject.Digests is [{ Algorithm: DigestAlgorithm.Sha256 } only] ? only : throw new MalformedException($"\"{subject.Name}\" has no SHA-256 alone");

    private static Dictionary<string, ListedFile> Listed(IEnumerable<(string Path, Digest Digest)> files)
    {
        EntryNames names = new();
        Dictionary<string, ListedFile> listed = new(StringComparer.Ordinal);
        foreach ((string path, Digest digest) in files)
        {
            if (listed.Count >= ExportLimits.Files || names.AddFile(path) != path || !listed.TryAdd(path, new ListedFile(path, size: null, digest)))
            {
                throw new MalformedException($"\"{path}\" is not plain, is listed twice, or there are more than {ExportLimits.Files} files");
            }
        }

        return listed.Count > 0 ? listed : throw new MalformedException("a list of no files");
    }

    // A path that is not plain leaves nothing out.
    private static ImmutableArray<string> LeftOutBy(JsonValue serialization) =>
        [.. (serialization.OptionalNotNull("ignore_paths")?.Elements ?? []).Select(path => path.Text.TrimEnd('/')).Where(path => Result.Parse(ExportReasons.ManifestMalformed, () => new EntryNames().AddFile(path)).Value == path)];
}
