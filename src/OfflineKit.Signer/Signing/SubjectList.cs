using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Signer.Http;

namespace OfflineKit.Signer.Signing;

/// <summary>Reads the subjects of a statement.</summary>
internal static class SubjectList
{
    private const int Most = Limits.StatementSubjects, LongestName = 1024;
    private static readonly ImmutableArray<(string Name, int Characters)> Algorithms = [("sha256", 64), ("sha384", 96), ("sha512", 128)];

    /// <summary>The list in <paramref name="json"/>, sorted by name and SHA-256, ordinally.</summary>
    /// <exception cref="MalformedException">No list, too many, a name of no or too many characters.</exception>
    /// <exception cref="RefusedException"><c>invalid_digest</c>, <c>subject_conflict</c>.</exception>
    public static ImmutableArray<StatementSubject> Parse(JsonValue json)
    {
        ImmutableArray<StatementSubject> subjects = [.. json.Elements.Select(Subject)];
        if (subjects.Length is 0 or > Most)
        {
            throw new MalformedException($"{json.Path}: {subjects.Length} subjects, wanted 1 to {Most}");
        }

        return subjects.Select(subject => (subject.Name, subject.Sha256)).Distinct().Count() == subjects.Length
            ? [.. subjects.OrderBy(subject => subject.Sha256, StringComparer.Ordinal).OrderBy(subject => subject.Name, StringComparer.Ordinal)]
            : throw Problems.SubjectConflict.Because($"{json.Path}: one name with one digest stands there twice");
    }

    /// <summary><paramref name="text"/>, if it is <c>sha256:HEX</c>.</summary>
    /// <exception cref="RefusedException"><c>invalid_digest</c>.</exception>
    public static string ImageDigest(string text) => text.StartsWith("sha256:", StringComparison.Ordinal) && IsHex(text[7..], 64)
        ? text
        : throw Problems.InvalidDigest.Because("an image's digest is sha256: and 64 lower-case hex digits");

    private static StatementSubject Subject(JsonValue json)
    {
        json.RefuseOtherMembers("name", "digest");
        string name = json.String("name");
        if (name.Length is 0 or > LongestName)
        {
            throw new MalformedException($"{json.Path}.name: {name.Length} characters, wanted 1 to {LongestName}");
        }

        JsonValue digests = json.Object("digest");
        return digests.Optional("sha256") is not null && digests.Members.All(digest => IsDigest(digest.Key, digest.Value.Text))
            ? new StatementSubject(name, digests.Members.ToImmutableSortedDictionary(digest => digest.Key, digest => digest.Value.Text, StringComparer.Ordinal))
            : throw Problems.InvalidDigest.Because($"{digests.Path}: wanted sha256, and sha384 or sha512 besides if at all, in lower-case hex");
    }

    private static bool IsDigest(string algorithm, string hex) => Algorithms.Any(known => known.Name == algorithm && IsHex(hex, known.Characters));

    private static bool IsHex(string text, int characters) => text.Length == characters && text.All(char.IsAsciiHexDigitLower);
}
