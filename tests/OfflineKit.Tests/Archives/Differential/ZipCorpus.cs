using static OfflineKit.Tests.Archives.Differential.CraftedZip;

namespace OfflineKit.Tests.Archives.Differential;

/// <summary>Zip archives in which two readers could see two things: every field of every record, every extra field, every form of compressed data, every end.</summary>
internal static class ZipCorpus
{
    private const string Victim = "install.sh", Content = "#!/bin/sh\necho good\n";

    /// <summary>Every archive with its name.</summary>
    public static IEnumerable<(string Name, byte[] Archive)> All() =>
        [.. Fields(), .. Extras(), .. Names(), .. Streams(), .. Descriptors(), .. Attributes(), .. Folders(), .. Ends(), .. Polyglots(), .. Mutations(), .. WideZipCorpus.All()];

    private static byte[] Around(CraftedZip entry) => Archive([new("first.txt", "first\n"), entry, new("last.txt", "last\n")]);

    private static IEnumerable<(string, byte[])> Fields()
    {
        foreach (string field in AllFields)
        {
            foreach (uint value in (uint[])[0, 1, 2, 6, 8, 9, 12, 20, 45, 63, 99, 0x800, 0x808, 0x2000, 0x031E, 0x0B00, 0xFFFF, 0x10000, 0xFFFFFFFF])
            {
                yield return ($"{field}-{value:x}", Around(new(Victim, Content, (field, value))));
                yield return ($"{field}-{value:x}-streamed", Around(new(Victim, Content, ("flags", 8), (field, value))));
                yield return ($"{field}-{value:x}-stored", Around(new(Victim, Content, ("method", 0), (field, value))));
            }
        }
    }

    private static IEnumerable<(string, byte[])> Extras()
    {
        byte[] unix = [.. Numbers(0), .. Numbers(0)];
        foreach (int id in (int[])[0x0001, 0x0007, 0x000A, 0x000D, 0x0014, 0x0017, 0x2605, 0x5455, 0x5855, 0x6375, 0x6542, 0x6C78, 0x7075, 0x756E, 0x7855, 0x7875, 0x9901, 0xA220, 0xCAFE, 0xD935])
        {
            byte[][] contents =
            [
                [], [1], [7, .. Numbers(0x65000000)], [3, .. Numbers(0x65000000, 0x65000000)], [7, .. Numbers(1, 2, 3)], [0, .. "evil"u8], unix, [1, 4, .. Numbers(0), 4, .. Numbers(0)], [1, 4, .. Numbers(0), 4, .. Numbers(0), .. "hidden"u8],
                [.. Numbers(0), .. Shorts(1, 24), .. new byte[24]], [.. Numbers(0), .. Shorts(1, 24), .. new byte[24], .. "hidden"u8], [.. "PK\x03\x04"u8, .. new byte[36]],
                [1, .. Numbers(Checksum("install.sh"u8.ToArray())), .. "evil.sh"u8], [1, .. Numbers(Checksum("install.sh"u8.ToArray())), .. "install.sh"u8],
                [.. Numbers(20, 0, 20, 0)], [.. Numbers(20, 0)],
            ];
            for (int i = 0; i < contents.Length; i++)
            {
                byte[] extra = Extra(id, contents[i]);
                yield return ($"extra-{id:x4}-{i}-both", Around(new(Victim, Content) { LocalExtra = extra, CentralExtra = extra }));
                yield return ($"extra-{id:x4}-{i}-local", Around(new(Victim, Content) { LocalExtra = extra }));
                yield return ($"extra-{id:x4}-{i}-central", Around(new(Victim, Content) { CentralExtra = extra }));
                yield return ($"extra-{id:x4}-{i}-twice", Around(new(Victim, Content) { LocalExtra = [.. extra, .. extra], CentralExtra = [.. extra, .. extra] }));
                yield return ($"extra-{id:x4}-{i}-streamed", Around(new(Victim, Content, ("flags", 8)) { LocalExtra = extra, CentralExtra = extra }));
            }
        }
    }

    private static IEnumerable<(string, byte[])> Names()
    {
        string umlaut = CraftedTar.Utf8("größe.txt");
        string[] raws = [Victim, umlaut, "gr\u0094\u00E1e.txt", "gr\u00F6\u00DFe.txt", "evil.sh", "gr?e.txt", "a/../b", "./install.sh", "/", "/a", "a//b", "first.txt", "FIRST.TXT", "bad\xFF", "a\\b", "a:b", "a\0b", ""];
        string?[] unicodes = [null, umlaut, Victim, "evil.sh", CraftedTar.Utf8("grüße.txt"), CraftedTar.Utf8("x/größe.txt"), "bad\xFF"];
        for (int raw = 0; raw < raws.Length; raw++)
        {
            for (int unicode = 0; unicode < unicodes.Length; unicode++)
            {
                byte[] extra = unicodes[unicode] is not { } name ? [] : Extra(0x7075, [1, .. Numbers(Checksum(System.Text.Encoding.Latin1.GetBytes(raws[raw]))), .. System.Text.Encoding.Latin1.GetBytes(name)]);
                foreach (uint flags in (uint[])[0, 0x800])
                {
                    yield return ($"name-{raw}-{unicode}-{flags:x}", Around(new(raws[raw], Content, ("flags", flags)) { LocalExtra = extra, CentralExtra = extra }));
                    yield return ($"name-{raw}-{unicode}-{flags:x}-central", Around(new(raws[raw], Content, ("flags", flags)) { CentralExtra = extra }));
                    yield return ($"name-{raw}-{unicode}-{flags:x}-local", Around(new(raws[raw], Content, ("flags", flags)) { LocalExtra = extra }));
                }
            }
        }

        yield return ("name-other-locally", Around(new(Victim, Content) { LocalName = "evil.sh" }));
        yield return ("comment-of-entry", Around(new(Victim, Content) { Comment = "text" }));
        yield return ("comment-of-entry-record", Around(new(Victim, Content) { Comment = "PK\x01\x02" }));
    }

    private static IEnumerable<(string, byte[])> Streams()
    {
        byte[] plain = System.Text.Encoding.Latin1.GetBytes(Content), length = [(byte)plain.Length, 0, (byte)(~plain.Length & 0xFF), 0xFF], evil = "evil"u8.ToArray();
        (string, byte[])[] packed =
        [
            ("not-final", [0, .. length, .. plain]), ("final", [1, .. length, .. plain]), ("not-final-empty-after", [0, .. length, .. plain, 0, 0, 0, 0xFF, 0xFF]), ("empty-final-after", [0, .. length, .. plain, 1, 0, 0, 0xFF, 0xFF]),
            ("more-after", [1, .. length, .. plain, .. evil]), ("second-stream", [1, .. length, .. plain, .. Deflated(evil)]), ("cut", [1, .. length, .. plain[..^1]]), ("reserved-bits", [0xFD & ~6 | 1, .. length, .. plain]),
            ("empty-blocks", [.. Enumerable.Repeat<byte[]>([0, 0, 0, 0xFF, 0xFF], 5).SelectMany(block => block), 1, .. length, .. plain]),
        ];
        foreach ((string what, byte[] bytes) in packed)
        {
            yield return ($"stream-{what}", Around(new(Victim, Content) { Packed = bytes }));
            yield return ($"stream-{what}-streamed", Around(new(Victim, Content, ("flags", 8)) { Packed = bytes }));
            yield return ($"stream-{what}-last", Archive([new("first.txt", "first\n"), new(Victim, Content) { Packed = bytes }]));
        }
    }

    private static IEnumerable<(string, byte[])> Descriptors()
    {
        CraftedZip right = new(Victim, Content);
        uint packed = (uint)Deflated(System.Text.Encoding.Latin1.GetBytes(Content)).Length;
        byte[] wide = Extra(1, Numbers(0, 0, 0, 0)), wideTrue = Extra(1, Numbers(right.Size, 0, packed, 0));
        byte[][] forms =
        [
            Numbers(0x08074b50, right.Crc, packed, right.Size), Numbers(right.Crc, packed, right.Size), Numbers(0x08074b50, right.Crc, packed, 0, right.Size, 0), Numbers(0x08074b50, 0, packed, right.Size),
            Numbers(0x08074b50, right.Crc, 0, 0), Numbers(0x08074b50, right.Crc, packed + 1, right.Size), [], [.. Numbers(0x08074b50, right.Crc, packed, right.Size), .. "hidden"u8],
        ];
        for (int i = 0; i < forms.Length; i++)
        {
            yield return ($"descriptor-{i}", Around(new(Victim, Content, ("flags", 8)) { Descriptor = forms[i] }));
            yield return ($"descriptor-{i}-wide", Around(new(Victim, Content, ("flags", 8), ("local-size", 0xFFFFFFFF), ("local-packed", 0xFFFFFFFF)) { Descriptor = forms[i], LocalExtra = wide }));
            yield return ($"descriptor-{i}-wide-true", Around(new(Victim, Content, ("flags", 8), ("local-size", 0xFFFFFFFF), ("local-packed", 0xFFFFFFFF)) { Descriptor = forms[i], LocalExtra = wideTrue }));
            yield return ($"descriptor-{i}-not-said", Around(new(Victim, Content) { Descriptor = forms[i] }));
            yield return ($"descriptor-{i}-empty-stored", Around(new(Victim, "", ("flags", 8), ("method", 0)) { Descriptor = i == 0 ? null : forms[i] }));
        }

        foreach ((string name, byte[] archive) in StoredDescriptors())
        {
            yield return (name, archive);
        }

        yield return ("wide-sizes", Around(new(Victim, Content, ("local-size", 0xFFFFFFFF), ("local-packed", 0xFFFFFFFF)) { LocalExtra = wideTrue }));
        yield return ("true-and-streamed", Around(new(Victim, Content, ("flags", 8), ("local-crc", right.Crc), ("local-size", right.Size), ("local-packed", packed))));
        yield return ("true-size-and-streamed", Around(new(Victim, Content, ("flags", 8), ("local-size", right.Size))));
    }

    // Stored content that ends by a descriptor, with and without its length before it, and what a reader could take for its end.
    private static IEnumerable<(string, byte[])> StoredDescriptors()
    {
        string early = Content + Latin1(Numbers(0x08074b50, new CraftedZip(Victim, Content).Crc, (uint)Content.Length, (uint)Content.Length)) + "rest";
        foreach (string content in (string[])["x", Content, early, Content + "PK\u0007\u0008", "PK\u0003\u0004" + Content, Content + "PK\u0001\u0002" + Content, Content + "PK", "PK", "P", "PK\u0007", new string('z', 70_000)])
        {
            uint size = (uint)content.Length;
            yield return ($"stored-streamed-{size}", Around(new(Victim, content, ("flags", 8), ("method", 0))));
            yield return ($"stored-sized-{size}", Around(new(Victim, content, ("flags", 8), ("method", 0), ("local-size", size), ("local-packed", size))));
            yield return ($"stored-half-{size}", Around(new(Victim, content, ("flags", 8), ("method", 0), ("local-packed", size))));
            yield return ($"stored-last-{size}", Archive([new("first.txt", "first\n"), new(Victim, content, ("flags", 8), ("method", 0))]));
        }
    }

    private static string Latin1(byte[] bytes) => System.Text.Encoding.Latin1.GetString(bytes);

    private static IEnumerable<(string, byte[])> Attributes()
    {
        foreach (uint host in (uint[])[0, 1, 2, 3, 6, 7, 10, 11, 14, 16, 19, 99])
        {
            foreach (uint attributes in (uint[])[0, 0x20, 0x10, 0x08, 0x400, 0x81A40000, 0x81A48020, 0x89ED0000, 0x85ED0000, 0x83FF0000, 0xA1FF0000, 0x41ED0010, 0x01A40000, 0x09ED0000, 0x11800000, 0x81000000])
            {
                yield return ($"attributes-{host}-{attributes:x8}", Around(new(Victim, Content, ("central-made", (host << 8) | 20), ("central-attributes", attributes))));
                yield return ($"attributes-{host}-{attributes:x8}-folder", Around(new("folder/", "", ("method", 0), ("central-made", (host << 8) | 20), ("central-attributes", attributes))));
            }
        }
    }

    private static IEnumerable<(string, byte[])> Folders()
    {
        yield return ("folder-java", Around(new("folder/", "", ("flags", 8))));
        yield return ("folder-deflated", Around(new("folder/", "")));
        yield return ("folder-empty-block", Around(new("folder/", "") { Packed = [1, 0, 0, 0xFF, 0xFF] }));
        yield return ("folder-content", Around(new("folder/", "evil")));
        yield return ("folder-hidden", Around(new("folder/", "") { Packed = [.. "hidden"u8] }));
    }

    private static IEnumerable<(string, byte[])> Ends()
    {
        CraftedZip[] two = [new("first.txt", "first\n"), new(Victim, Content)];
        byte[] other = Archive([new(Victim, "evil")]);
        string[] comments = ["text", "dcfa0e8f4bd3cc8e8f1cb2d3d4bdd7a4a2a0c7f1", "PK\x05\x06", "PK\x05\x06" + new string('\0', 18), "a\0b", "PK\x01\x02", new string('x', 65535), "\xFF"];
        for (int i = 0; i < comments.Length; i++)
        {
            byte[] comment = System.Text.Encoding.Latin1.GetBytes(comments[i]);
            yield return ($"end-comment-{i}", Archive(two, end => [.. end[..^2], .. Shorts(comment.Length), .. comment]));
            yield return ($"end-comment-{i}-not-said", Archive(two, end => [.. end, .. comment]));
            yield return ($"end-comment-{i}-longer", Archive(two, end => [.. end[..^2], .. Shorts(comment.Length + 1), .. comment]));
        }

        yield return ("end-comment-archive", Archive(two, end => [.. end[..^2], .. Shorts(other.Length), .. other]));
        yield return ("end-zeros", Archive(two, end => [.. end, .. new byte[4096]]));
        yield return ("end-comment-and-zeros", Archive(two, end => [.. end[..^2], .. Shorts(4), .. "text"u8, .. new byte[4096]]));
        yield return ("end-twice", Archive(two, end => [.. end, .. end]));
        yield return ("end-many-zeros", Archive(two, end => [.. end, .. new byte[70000]]));
        yield return ("gap", Archive(two, beforeDirectory: "hidden"u8.ToArray()));
        yield return ("gap-entry", Archive(two, beforeDirectory: new CraftedZip("evil.sh", "evil").Body()));
        yield return ("two-archives", [.. other, .. Archive(two)]);
        yield return ("empty", Archive([]));
        for (int at = 4; at < 22; at++)
        {
            foreach (byte value in (byte[])[0, 1, 3, 0xFF])
            {
                yield return ($"end-byte-{at}-{value}", Archive(two, end => [.. end[..at], value, .. end[(at + 1)..]]));
            }
        }
    }

    // A folder's name that makes the first 512 bytes a tar header without magic, whose file is in the next name.
    private static IEnumerable<(string, byte[])> Polyglots()
    {
        for (int trial = 0; trial < 2; trial++)
        {
            char[] name = [.. "folder" + new string('n', 994)];
            void Put(int at, string text) => text.CopyTo(0, name, at - 30, text.Length);
            Put(100, "0000644 0000000 0000000 00000000400 00000000000 ");
            Put(156, "0");
            for (int guess = 0; guess < 60000; guess++)
            {
                Put(148, Convert.ToString(guess, 8).PadLeft(6, '0') + "  ");
                byte[] archive = trial == 0 ? Archive([new(new string(name) + "/", "", ("method", 0)), new(Victim, Content)]) : Archive([new(new string(name), "", ("method", 0)), new(Victim, Content)]);
                long sum = archive[..512].Sum(b => b) - archive[148..156].Sum(b => b) + (8 * ' ');
                if (sum == guess)
                {
                    yield return ($"polyglot-{trial}", archive);
                    break;
                }
            }
        }
    }

    // One byte changed in a header, or in both headers alike: the same three thousand in every run.
    private static IEnumerable<(string, byte[])> Mutations()
    {
        Random random = new(20261130);
        byte[] sound = Around(new(Victim, Content, ("flags", 8)) { LocalExtra = Extra(0x5455, [3, .. Numbers(1, 2)]), CentralExtra = Extra(0x5455, [3, .. Numbers(1)]) });
        for (int i = 0; i < 3000; i++)
        {
            byte[] changed = [.. sound];
            for (int change = 0; change <= i % 3; change++)
            {
                changed[random.Next(changed.Length)] = i % 2 == 0 ? (byte)random.Next(256) : changed[random.Next(changed.Length)];
            }

            yield return ($"mutation-{i}", changed);
        }
    }
}
