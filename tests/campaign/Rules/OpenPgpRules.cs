using System.Collections.Immutable;
using System.Text.RegularExpressions;
using OfflineKit.Campaign.Cases;

namespace OfflineKit.Campaign.Rules;

/// <summary>What OpenPGP leaves unsigned. Source: RFC 9580.</summary>
internal static partial class OpenPgpRules
{
    private const int SignatureTag = 2;

    /// <summary>Each of them.</summary>
    public static ImmutableArray<Rule> All { get; } =
    [
        new("armor headers and checksum", "RFC 9580, sections 6.1 and 6.2.2: the checksum must not be held against the data, headers are for people", static one => IsPgp(one) && Armored(one.Texts.Before) is { } before && before == Armored(one.Texts.After)),
        new("unhashed subpackets", "RFC 9580, section 5.2.3: what is not hashed is a hint", static one => IsPgp(one) && Hashed(one.Before) is { } before && Hashed(one.After) is { } after && before.SequenceEqual(after)),
        new("the bit count of a number", "RFC 9580, section 3.2: only version 6 demands that it be exact", static one => IsPgp(one) && Counted(one.Before) is { } before && Counted(one.After) is { } after && before.SequenceEqual(after)),
        new("the order of packets", "docs/spec/openpgp.md: each signature is verified by itself, and counted by its key", static one => IsPgp(one) && Packets(one.Before) is { } before && Packets(one.After) is { } after && before.Select(Text).ToHashSet(StringComparer.Ordinal).SetEquals(after.Select(Text))),
        new("a packet that nothing rests on", "RFC 9580, section 5.8; docs/spec/openpgp.md: signatures by others and markers are passed over", static one => IsPgp(one) && Packets(one.Before) is { } before && Packets(one.After) is { } after && IsUnneeded(one, before, after)),
    ];

    /// <summary>Those about what is signed.</summary>
    public static ImmutableArray<Rule> OfArtifacts { get; } =
    [
        new("line ends under a signature of a text", "RFC 9580, section 5.2.1.2: a text signature is over the text with CR LF", static one => one is { File.Role: FileRole.Artifact, Case.Format: "openpgp" } && IsOverText(one) && one.Texts.Before.ReplaceLineEndings("\n") == one.Texts.After.ReplaceLineEndings("\n")),
    ];

    // Some signature of the case is of a text (type 1).
    private static bool IsOverText(Acceptance one) => one.Case.Files.Where(file => file.Role == FileRole.Signature)
        .Any(file => Packets(File.ReadAllBytes(Path.Combine(one.Case.Base, file.Path))) is { } packets && packets.Exists(packet => packet.Tag == SignatureTag && packet.Body is [_, 1, ..]));

    private static bool IsPgp(Acceptance one) => one.Case.Format is "openpgp" or "openpgp-trust" or "joint" or "exports" or "keys" or "policy-file" or "beside" && one.File.Role is not FileRole.Artifact;

    // The label and the content of the one block; without headers and checksum.
    private static string? Armored(string text)
    {
        text = Checksum().Replace(text.ReplaceLineEndings("\n"), "");
        Match block = Regex.Match(text.ReplaceLineEndings("\n"), @"-----BEGIN (?<label>PGP [A-Z ]+)-----[ \t]*\n((?<header>[A-Za-z]+:( [^\n]*)?)\n)*[ \t]*\n(?<body>[A-Za-z0-9+/=\n \t]*?)(\n=[^\n]*)?\s*-----END ", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        return block.Success ? text[..block.Index] + block.Groups["label"].Value + Spelling.Solid(block.Groups["body"].Value) : null;
    }

    [GeneratedRegex("^=[A-Za-z0-9+/]{4}[ \\t]*\n", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Checksum();

    private static byte[] Binary(byte[] file)
    {
        string? armored = Armored(System.Text.Encoding.Latin1.GetString(file));
        try
        {
            return armored is null ? file : Convert.FromBase64String(Regex.Match(armored, "PGP [A-Z ]*(SIGNATURE|BLOCK)(?<body>.*)$", RegexOptions.ExplicitCapture | RegexOptions.Singleline, TimeSpan.FromSeconds(1)).Groups["body"].Value);
        }
        catch (FormatException)
        {
            // No base64: it is compared as it is.
            return file;
        }
    }

    private static List<(int Tag, byte[] Body, byte[] Raw)>? Packets(byte[] file) => OpenPgpPackets.Of(Binary(file));

    // Every packet without what a signature does not hash.
    private static byte[]? Hashed(byte[] file) => Packets(file) is { } packets ? [.. packets.SelectMany(packet => ((byte[])[(byte)packet.Tag]).Concat(packet.Tag == SignatureTag ? OpenPgpPackets.WithoutUnhashed(packet.Body) : packet.Body))] : null;

    private static byte[]? Counted(byte[] file) => Packets(file) is { } packets ? [.. packets.SelectMany(packet => packet.Tag == SignatureTag ? OpenPgpPackets.WithoutCounts(OpenPgpPackets.WithoutUnhashed(packet.Body)) : packet.Body)] : null;

    private static bool IsUnneeded(Acceptance one, List<(int Tag, byte[] Body, byte[] Raw)> before, List<(int Tag, byte[] Body, byte[] Raw)> after)
    {
        string[] kept = [.. before.Select(Text).Intersect(after.Select(Text))];
        return kept.Length > 0 && one.IsAcceptedWith([.. before.Where(packet => kept.Contains(Text(packet))).SelectMany(packet => packet.Raw)]);
    }

    private static string Text((int Tag, byte[] Body, byte[] Raw) packet) => $"{packet.Tag} {Convert.ToHexString(packet.Body)}";
}
