using System.Collections.Immutable;
using System.Text.RegularExpressions;
using OfflineKit.Campaign.Cases;

namespace OfflineKit.Campaign.Rules;

/// <summary>Parts that a format leaves unsigned, and that no verdict reads.</summary>
internal static partial class UnreadRules
{
    private const string Comment = "untrusted comment:";

    /// <summary>Each of them.</summary>
    public static ImmutableArray<Rule> All { get; } =
    [
        new("an untrusted comment", "minisign(1), signify(1): the first line is a comment that nobody signed", IsAfterFirstLineTheSame),
        Hint("a hint of a key", "DSSE protocol: keyid is an unauthenticated hint; Sigstore bundle: publicKey.hint; docs/spec/kms-detached.md: the service's name of its key", @"\.(keyid|hint|KeyId|keyId|kid|key_id)$"),
        Hint("the service's name of its key", "docs/spec/kms-detached.md: told, and not believed", @"^\$\.name$", "kms-detached", "corpus kms", "keys"),
        Hint("the service's checksum", "docs/spec/kms-detached.md: checksums of the transport are no signature", @"\.(signatureCrc32c|verified\w+Crc32c)$", "kms-detached", "corpus kms"),
        Hint("metadata beside a signature", "docs/spec/sentinel.md: metadata is told, and not believed", @"^\$\.metadata(\.|$)", "sentinel"),
        new("metadata beside a signature, in a text", "docs/spec/sentinel.md: the answer of a parameter store holds the same as a text, of which the signature alone is believed", static one => one.Case.Format == "sentinel" && one.File.Role is FileRole.Signature && JsonPart.Of(one) is { } part && JsonDifference.Of(part.Before, part.After) is [var path]
            && JsonDifference.Text(part.Before, path) is { } was && JsonDifference.Text(part.After, path) is { } now && JsonDifference.Of(System.Text.Encoding.UTF8.GetBytes(was), System.Text.Encoding.UTF8.GetBytes(now)) is { IsDefaultOrEmpty: false } inner
            && inner.All(inner => !inner.StartsWith("$.signature", StringComparison.Ordinal))),
        Hint("what a service says besides", "docs/spec/github.md, pypi.md: publisher, repository and address are claims of the service", @"\.(bundle_url|repository_id|initiator|publisher)(\.|$)", "github", "pypi", "policy-file"),
        Hint("what an image layout says besides", "docs/spec/oci-image.md: index.json is signed by nobody; blobs are named by their digests", @"\.(mediaType|schemaVersion|annotations|imageLayoutVersion|artifactType|platform|size)(\.|$)", "oci-image", "cosign-download", "policy-file"),
        Hint("unsigned words of a dossier", "docs/spec/dossier.md, section 4: what the coverage leaves out is told as a claim", @"^\$\.((?!checksum|signature)\w+|checksum\.algorithm|signature\.(?!(algorithm|signature|covers)(\.|\[|$))\S*)(\.|\[|$)|^\$\.metadata\.dossier\.signature\.(?!signature$|algorithm$|covers$)\S+$", "dossier", "dossier-v3"),
        new("the name on a line of a note", "docs/spec/sigstore.md, logs: where the log's id is that of its key, the id binds; the name before a signature is not signed", static one => one.File.Role is FileRole.Signature or FileRole.Document && JsonPart.Of(one) is { } part && JsonDifference.Of(part.Before, part.After) is [var path] && path.EndsWith(".checkpoint.envelope", StringComparison.Ordinal)
            && JsonDifference.Text(part.Before, path) is { } was && JsonDifference.Text(part.After, path) is { } now && NoteName().Replace(was, "$1") is var unnamed && unnamed != was && unnamed == NoteName().Replace(now, "$1")),
        new("the folders of a TUF repository", "docs/spec/trust-bundle.md: where a file lies adds no trust; one folder around everything is looked through", static one => one.Case.Format == "trust" && TarMember.All(one.Before) is { } before && TarMember.All(one.After) is { } after && SortedNames(before).SequenceEqual(SortedNames(after), StringComparer.Ordinal)),
        new("hex in capitals, in JSON", "RFC 4648, section 8; docs/spec/sentinel.md", static one => one.Case.Format == "sentinel" && one.File.Role is not FileRole.Artifact && JsonPart.Of(one) is { } part && JsonDifference.Of(part.Before, part.After) is { IsDefaultOrEmpty: false } paths
            && paths.All(path => JsonDifference.Text(part.Before, path) is { } was && IsHex(was) && was.Equals(JsonDifference.Text(part.After, path), StringComparison.OrdinalIgnoreCase))),
        new("an untrusted comment, in JSON", "minisign(1): the first line is a comment that nobody signed", static one => one.File.Role is not FileRole.Artifact && JsonPart.Of(one) is { } part && JsonDifference.Of(part.Before, part.After) is { IsDefaultOrEmpty: false } paths
            && paths.All(path => JsonDifference.Text(part.Before, path) is { } was && JsonDifference.Text(part.After, path) is { } now && AreAfterFirstLineTheSame(was, now))),
        new("the key id of a minisign signature, in a dossier", "docs/spec/minisign.md, section 1: nothing covers the key id; dossier.md, section 5: all trusted keys of the scheme are tried", static one => one.Case.Format is "dossier" or "dossier-v3" && one.File.Role is FileRole.Document && JsonPart.Of(one) is { } part && JsonDifference.Of(part.Before, part.After) is [var path]
            && JsonDifference.Text(part.Before, path) is { } was && JsonDifference.Text(part.After, path) is { } now && WithoutKeyId(was) is { } unnamed && unnamed == WithoutKeyId(now)),
        new("the version of a Vault key", "docs/spec/keys.md: the number before a signature is a hint", static one => one.File.Role is FileRole.Signature && Vault().Replace(one.Texts.Before, "vault:") is var was && was != one.Texts.Before && was == Vault().Replace(one.Texts.After, "vault:")),
        new("hex in capitals", "RFC 4648, section 8", static one => one.File.Role is not FileRole.Artifact && IsHex(one.Texts.Before) && Spelling.Solid(one.Texts.Before).Equals(Spelling.Solid(one.Texts.After), StringComparison.OrdinalIgnoreCase)),
        new("the order of lines", "docs/spec/json-lines.md, sentinel.md, codesentinel.md: lines are read by themselves", static one => (one.Case.Format is "json-lines" or "sentinel" or "codesentinel" or "cosign-download" || (one.File.Role is FileRole.Key or FileRole.Root && one.RestsOnTheSame)) && SortedLines(one.Texts.Before).SequenceEqual(SortedLines(one.Texts.After), StringComparer.Ordinal)),
    ];

    // In every format, or in those that are named.
    private static Rule Hint(string name, string clause, string path, params string[] formats) => new(name, clause, one =>
        (formats.Length == 0 || formats.Contains(one.Case.Format)) && one.File.Role is FileRole.Signature or FileRole.Document or FileRole.Export or FileRole.Beside && JsonPart.Of(one) is { } part && JsonDifference.Of(part.Before, part.After) is { IsDefaultOrEmpty: false } paths
        && paths.All(one => Regex.IsMatch(one, path, RegexOptions.None, TimeSpan.FromSeconds(1))));

    private static string[] SortedLines(string text) => [.. Spelling.Lines(text).Distinct().Order(StringComparer.Ordinal)];

    private static IEnumerable<string> SortedNames(List<TarMember> members) => members.Where(member => member.Kind == '0').Select(member => member.Text[(member.Text.IndexOf(' ') > 0 ? member.Text.LastIndexOf('/', member.Text.IndexOf(' ')) : 0)..]).Order(StringComparer.Ordinal);

    private static bool IsHex(string text) => Spelling.Solid(text) is { Length: > 0 } solid && solid.All(char.IsAsciiHexDigit);

    [GeneratedRegex(@"(?<=\n)(\u2014) [^ \n]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NoteName();

    [GeneratedRegex(@"vault:v\d+:")]
    private static partial Regex Vault();

    // The text of a signature file, with zeros for the eight bytes that name the key; null: it is none.
    private static string? WithoutKeyId(string text)
    {
        string[] lines = Spelling.Lines(text);
        byte[] signature = new byte[74];
        if (lines.Length != 4 || !Convert.TryFromBase64String(lines[1], signature, out int length) || length != signature.Length)
        {
            return null;
        }

        signature.AsSpan(2, 8).Clear();
        return string.Join('\n', [lines[0], Convert.ToBase64String(signature), .. lines[2..]]);
    }

    private static bool IsAfterFirstLineTheSame(Acceptance one) => one.File.Role != FileRole.Artifact && AreAfterFirstLineTheSame(one.Texts.Before, one.Texts.After);

    private static bool AreAfterFirstLineTheSame(string was, string now)
    {
        (string[] before, string[] after) = (Spelling.Lines(was), Spelling.Lines(now));
        return before.Length > 1 && before[0].StartsWith(Comment, StringComparison.Ordinal)
            && (before.Skip(1).SequenceEqual(after, StringComparer.Ordinal) || (after.Length > 1 && before.Skip(1).SequenceEqual(after.Skip(1), StringComparer.Ordinal)));
    }
}
