using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OfflineKit.Campaign.Cases;
using OfflineKit.Campaign.Rules;
using OfflineKit.Signing.Tests.Dossier;

namespace OfflineKit.Cli.Tests.Changes;

/// <summary>Rules of single forms, narrower than those of the campaign: each compares what is signed byte by byte.</summary>
internal static class FormRules
{
    private const string Comment = "untrusted comment:", Message = "-----BEGIN PGP SIGNED MESSAGE-----";

    /// <summary>Each of them.</summary>
    public static ImmutableArray<Rule> All { get; } =
    [
        new("line ends", "docs/spec: CR LF, a byte order mark, and newlines at the end are spelling", static one => IsSignature(one) && Whole(one.Texts.Before) == Whole(one.Texts.After)),
        new("a comment above", "minisign(1), signify(1): the first line is a comment that nobody signed; every byte behind it is as it was", static one => IsAfterLine(one, AfterLine)),
        new("line ends above a signed text", "signify(1): two lines stand above an embedded text, and each is read without its CR", static one => IsAfterLine(one, static text => AfterLine(AfterLine(text)))
            && Whole(one.Texts.Before) == Whole(one.Texts.After)),
        new("the same signed bytes of a dossier", "docs/spec/dossier.md: what is signed has one spelling, however it is written; another reader finds it", static one =>
            Dossier(one.Before) is var (payload, value) && Dossier(one.After) is var (other, otherValue) && payload.AsSpan().SequenceEqual(other) && value == otherValue),
        new("the key id in a dossier's minisign signature", "minisign(1): the key id is not signed; docs/spec/dossier.md: the key is one that the caller trusts, whatever the signature calls it", static one => JsonPart.Of(one) is { } part
            && JsonDifference.Of(part.Before, part.After) is [var path] && Minisign(JsonDifference.Text(part.Before, path)) is { } before && before == Minisign(JsonDifference.Text(part.After, path))),
        new("the same clear-signed text", "RFC 9580, section 7.1: blanks at the ends of lines and Hash headers are not signed", static one => one.RestsOnTheSame && Read(one.Texts.Before) is { } before && before == Read(one.Texts.After)),
        new("what a CMS message announces", "RFC 5652, sections 5.1 and 5.3: versions and the list of hashes tell readers what they will meet; nobody signed them", static one => CmsPaths(one) is { } paths
            && paths.All(static path => path == "/1/0/0" || DerTree.IsWithin(path, "/1/0/1") || OfSigner(path) == "0")),
        new("how a CMS message calls a pinned signer", "RFC 5652, section 5.3: sid is not signed; docs/spec/cms.md: a pinned key is tried, whatever it is called", static one => one.Case.Arguments.Contains("--key") && CmsPaths(one) is { } paths && paths.All(static path => OfSigner(path) == "1")),
        new("certificates left out", "RFC 5652, section 5.1: certificates and crls are optional, and help to find a way to an authority", AreCertificatesLeftOut),
        new("the name at a checkpoint's signature", "docs/spec/sigstore.md: a log of version 1 is bound by its log id; name and key id at the signature are for looking it up", IsNoteTheSame),
        new("an attestation left out", "docs/spec/pypi.md: each is verified by itself, and those that are left prove by themselves", static one => IsSignature(one) && JsonPart.Of(one) is { } part
            && IsLess(JsonNode.Parse(part.Before), JsonNode.Parse(part.After), "")),
    ];

    private static bool IsSignature(Acceptance one) => one.File.Role is FileRole.Signature or FileRole.Document;

    private static string Whole(string text) => text.Replace("\u00ef\u00bb\u00bf", "", StringComparison.Ordinal).Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\n');

    private static string AfterLine(string text) => text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..];

    private static bool IsAfterLine(Acceptance one, Func<string, string> rest) =>
        one.Texts.Before.StartsWith(Comment, StringComparison.Ordinal) && rest(one.Texts.Before) is { Length: > 0 } text && (one.Texts.After == text || rest(one.Texts.After) == text);

    // What is signed, and the signature; null: the other reader cannot tell.
    private static (byte[] Payload, string Value)? Dossier(byte[] dossier)
    {
        try
        {
            IndependentDossier read = IndependentDossier.Read(System.Text.Encoding.UTF8.GetString(dossier));
            bool isSigned = read.IsSkill ? read.FrontMatter["metadata"]!["dossier.signature"] is JsonValue : read.FrontMatter["signature"] is JsonObject;
            return isSigned ? (read.Payload, read.Signature["signature"]?.ToJsonString() ?? "") : null;
        }
        catch (Exception fault) when (fault is System.Text.Json.JsonException or YamlDotNet.Core.YamlException or InvalidOperationException or ArgumentException or InvalidDataException)
        {
            return null;
        }
    }

    // Everything but the eight bytes of the key id.
    private static string? Minisign(string? text)
    {
        byte[] bytes = new byte[128];
        return text?.Split('\n') is [var comment, var line, .. var rest] && Convert.TryFromBase64String(line, bytes, out int size) && size == 74
            ? $"{comment}\n{Convert.ToHexString(bytes[..2])} {Convert.ToHexString(bytes[10..size])}\n{string.Join('\n', rest)}"
            : null;
    }

    private static string? Read(string text)
    {
        Match message = Regex.Match(text.ReplaceLineEndings("\n"), Message + @"[ \t]*\n([^\n]+\n)*?[ \t]*\n(?<text>.*?)\n-----BEGIN PGP SIGNATURE-----", RegexOptions.ExplicitCapture | RegexOptions.Singleline, TimeSpan.FromSeconds(1));
        return message.Success ? string.Join('\n', message.Groups["text"].Value.Split('\n').Select(line => line.TrimEnd(' ', '\t', '\r'))) : null;
    }

    // The places that differ; null: none does, or it is no CMS.
    private static string[]? CmsPaths(Acceptance one) => IsSignature(one) && DerPart.Of(one) is { } part && part.Before.Differences(part.After).ToArray() is { Length: > 0 } paths ? paths : null;

    // The number of an element within a SignerInfo.
    private static string OfSigner(string path) => Regex.Match(path, @"^/1/0/[345]/\d+/(?<part>\d+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["part"].Value;

    private static bool AreCertificatesLeftOut(Acceptance one) => IsSignature(one) && DerPart.Of(one) is { } part && part.Before.Parts is [_, { Parts: [{ Parts: { } signed }] }]
        && Enumerable.Range(0, signed.Count).Any(at => signed[at].Tag is 0xa0 or 0xa1 && part.Before.Without($"/1/0/{at}").Written().AsSpan().SequenceEqual(part.After.Written()));

    private static bool IsNoteTheSame(Acceptance one) => IsSignature(one) && JsonPart.Of(one) is { } part && JsonDifference.Of(part.Before, part.After) is { IsDefaultOrEmpty: false } paths
        && paths.All(path => path.EndsWith(".checkpoint.envelope", StringComparison.Ordinal) && JsonDifference.Text(part.Before, path) is { } was && JsonDifference.Text(part.After, path) is { } now
            && Text(was) is { Length: > 0 } text && text == Text(now) && NoteSignature(was) is { Length: > 0 } signature && signature.AsSpan().SequenceEqual(NoteSignature(now)));

    private static string Text(string note) => note[..Math.Max(0, note.IndexOf("\n\n", StringComparison.Ordinal))];

    // What is behind the four bytes of the key id.
    private static byte[] NoteSignature(string note)
    {
        string word = note.TrimEnd('\n').Split(' ')[^1];
        byte[] bytes = new byte[word.Length];
        return Convert.TryFromBase64String(word, bytes, out int size) && size > 4 ? bytes[4..size] : [];
    }

    private static bool IsLess(JsonNode? before, JsonNode? after, string name) => (before, after) switch
    {
        (JsonArray was, JsonArray now) when name == "attestations" => now.Count > 0 && now.All(one => was.Any(other => JsonNode.DeepEquals(one, other))),
        (JsonArray was, JsonArray now) => was.Count == now.Count && was.Zip(now).All(pair => IsLess(pair.First, pair.Second, "")),
        (JsonObject was, JsonObject now) => was.Count == now.Count && was.All(member => now.ContainsKey(member.Key) && IsLess(member.Value, now[member.Key], member.Key)),
        _ => JsonNode.DeepEquals(before, after),
    };
}
