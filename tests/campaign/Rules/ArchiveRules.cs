using System.Collections.Immutable;
using System.IO.Compression;
using System.Security.Cryptography;
using OfflineKit.Campaign.Cases;

namespace OfflineKit.Campaign.Rules;

/// <summary>What an archive says of its files besides their names and contents.</summary>
internal static class ArchiveRules
{
    /// <summary>Each of them.</summary>
    public static ImmutableArray<Rule> All { get; } =
    [
        new("what a tar says besides", "docs/spec/archives.md: names, kinds and contents are what is verified; owners, times, folders and what is behind the end are not",
            static one => Tar(one) is ({ } before, { } after) && Files(before).SequenceEqual(Files(after))),
        new("the unsigned part of a member", "the same rules, for the one file of a tar that differs", static one => Tar(one) is ({ } before, { } after) && Inner(one, before, after) is { IsBytes: false } inner && SpellingRules.All.Concat(UnreadRules.All).Concat(UnneededRules.All).Any(rule => rule.Explains(inner))),
        new("a member that nothing rests on", "docs/spec/trust-bundle.md, oci-image.md: what no signed list names is passed over",
            static one => Tar(one) is ({ } before, { } after) && one.IsAcceptedWith([.. before.Where(member => after.Exists(other => other.Text == member.Text)).SelectMany(member => member.Raw), .. new byte[1024]])),
        new("what a zip says besides", "docs/spec/archives.md: the same", static one => Is(one) && Zip(one.Before) is { } before && Zip(one.After) is { } after && before.SequenceEqual(after)),
        new("gzip header", "RFC 1952, section 2.3: name, time, system and comment are not part of the data", static one => Is(one) && Unpacked(one.Before) is { } before && Unpacked(one.After) is { } after && before.AsSpan().SequenceEqual(after)),
    ];

    private static Acceptance? Inner(Acceptance one, List<TarMember> before, List<TarMember> after)
    {
        (TarMember Was, TarMember Now)[] changed = before.Count == after.Count ? [.. before.Zip(after).Where(pair => pair.First.Text != pair.Second.Text)] : [];
        if (changed is not [var only] || only.Was.Header != only.Now.Header)
        {
            return null;
        }

        bool IsAcceptedWith(byte[]? content) => content is not null && one.IsAcceptedWith([.. before.SelectMany(member => member == only.Was ? member.With(content) : member.Raw), .. new byte[1024]]);
        return one with { Before = only.Was.Content, After = only.Now.Content, IsAcceptedWith = IsAcceptedWith, Siblings = [.. before.Where(member => member.Text != only.Was.Text).Select(member => member.Content)] };
    }

    private static bool Is(Acceptance one) => one.File.Role is FileRole.Export or FileRole.Document;

    private static (List<TarMember>? Before, List<TarMember>? After) Tar(Acceptance one) => Is(one) ? (TarMember.All(one.Before), TarMember.All(one.After)) : (null, null);

    // Folders follow from the names of files, and are no member that is verified.
    private static IEnumerable<string> Files(List<TarMember> members) => members.Where(member => member.Kind != '5').Select(member => member.Text).Order(StringComparer.Ordinal);

    private static string[]? Zip(byte[] file)
    {
        try
        {
            using ZipArchive archive = new(new MemoryStream(file));
            return [.. archive.Entries.Where(entry => !entry.FullName.EndsWith('/')).Select(entry => $"{entry.FullName} {Digest(entry)}").Order(StringComparer.Ordinal)];
        }
        catch (InvalidDataException)
        {
            // No zip, to another reader.
            return null;
        }
    }

    private static string Digest(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        return Convert.ToHexString(SHA256.HashData(stream));
    }

    private static byte[]? Unpacked(byte[] file)
    {
        try
        {
            using GZipStream stream = new(new MemoryStream(file), CompressionMode.Decompress);
            using MemoryStream content = new();
            stream.CopyTo(content);
            return content.ToArray();
        }
        catch (InvalidDataException)
        {
            // No gzip.
            return null;
        }
    }
}
