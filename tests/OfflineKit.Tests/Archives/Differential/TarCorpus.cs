using static OfflineKit.Tests.Archives.Differential.CraftedTar;

namespace OfflineKit.Tests.Archives.Differential;

/// <summary>Tar archives in which two readers could see two things: every field of a header, every record before it, every end.</summary>
internal static class TarCorpus
{
    private const string Victim = "install.sh";
    private static readonly string Long = "folder/" + new string('n', 140) + ".txt", Umlaut = Utf8("folder/größe.txt"), LongUmlaut = Utf8("folder/" + new string('ü', 80) + ".txt");

    /// <summary>Every archive with its name.</summary>
    public static IEnumerable<(string Name, byte[] Archive)> All() =>
        [.. Fields(), .. Types(), .. PaxNames(), .. PaxRecords(), .. PaxNumbers(), .. LongNames(), .. Sizes(), .. Sequences(), .. Ends(), .. Mutations()];

    private static byte[] First => new CraftedTar("first.txt", "first\n").Entry();

    private static byte[] Last => new CraftedTar("last.txt", "last\n").Entry();

    private static byte[] Around(params byte[][] entries) => Archive([First, .. entries, Last]);

    // Every field of a file, of a folder and of a pax header, under either magic, with values of every kind.
    private static IEnumerable<(string, byte[])> Fields()
    {
        foreach ((string field, int width) in Widths)
        {
            foreach ((string what, string value) in Values(field, width))
            {
                foreach ((string magic, string bytes) in ((string, string)[])[("posix", Posix), ("gnu", Gnu)])
                {
                    (string, string)[] fields = field == "magic" ? [(field, value)] : [("magic", bytes), (field, value)];
                    // Of the first header some readers ask more than of others.
                    yield return ($"{magic}-firstpax-{field}-{what}", Archive(new CraftedTar("PaxHeader", Utf8("17 path=grö.txt\n"), [("type", "x"), .. fields]).Entry(), new CraftedTar("gr?.txt", "abc").Entry(), Last));
                    yield return ($"{magic}-file-{field}-{what}", Around(new CraftedTar(Victim, "abc", fields).Entry()));
                    yield return ($"{magic}-folder-{field}-{what}", Around(new CraftedTar("folder/", "", [("type", "5"), .. fields]).Entry()));
                    yield return ($"{magic}-pax-{field}-{what}", Around(new CraftedTar("PaxHeader", "19 path=install.sh\n", [("type", "x"), .. fields]).Entry(), new CraftedTar(Victim, "abc").Entry()));
                }
            }
        }
    }

    private static IEnumerable<(string, string)> Values(string field, int width)
    {
        yield return ("zeros", "");
        yield return ("blanks", new string(' ', width));
        yield return ("text", "evil");
        yield return ("outside", "../../evil");
        yield return ("sevens", new string('7', width));
        yield return ("binary", "\x80" + new string('\0', width - 1));
        yield return ("binary-one", "\x80" + new string('\0', Math.Max(0, width - 2)) + "\x01");
        yield return ("negative", new string('\xFF', width));
        yield return ("blank-ended", "3".PadLeft(Math.Max(1, width - 1), '0') + " ");
        yield return ("blank-begun", "3 ".PadLeft(width));
        yield return ("nul-inside", "03\x00" + "3 ".PadLeft(Math.Max(2, width - 3), '0'));
        yield return ("signed", "-" + "3\0".PadLeft(Math.Max(2, width - 1), '0'));
        yield return ("blanks-and-zeros", new string(' ', width - 1) + "\0");
        yield return ("blank-and-zeros", " ");
        yield return ("zero-and-blanks", "\0" + new string(' ', width - 1));
        yield return ("underscore", "0_3\0");
        yield return ("tab", "\t3\0");
        yield return ("last-byte", new string('\0', width - 1) + "x");
        if (field == "mode")
        {
            foreach (string mode in (string[])["0004755\0", "0002755\0", "0001777\0", "0100644\0", "0040755\0", "0120777\0", "0104755\0", "0000000\0", "000644 \0"])
            {
                yield return ("of-" + mode.TrimEnd('\0', ' '), mode);
            }
        }
    }

    private static IEnumerable<(string, byte[])> Types()
    {
        for (int type = 0; type < 256; type++)
        {
            yield return ($"type-{type:x2}", Around(new CraftedTar(Victim, "", ("type", $"{(char)type}")).Entry()));
            yield return ($"type-{type:x2}-content", Around(new CraftedTar(Victim, "abc", ("type", $"{(char)type}")).Entry()));
            yield return ($"type-{type:x2}-slash", Around(new CraftedTar("folder/", "", ("type", $"{(char)type}")).Entry()));
        }
    }

    private static IEnumerable<(string, byte[])> PaxNames()
    {
        string[] full = [Victim, "other.txt", Long, Umlaut, LongUmlaut, "../evil", "/evil", "a\0b", "folder/", "", "./install.sh", "first.txt", "bad\xFF.txt"];
        foreach (string path in full)
        {
            string[] own =
            [
                path, Victim, "evil.sh", Cut(path, 100), Cut(path, 99), "folder/" + Cut(path, 90)[Math.Min(7, Cut(path, 90).Length)..], path.Length > 100 ? "folder/" + path[^90..] : "x",
                path.Replace("\xC3\xBC", "?").Replace("\xC3\xB6", "?").Replace("\xC3\x9F", "?"), path.Replace("\xC3\xBC", "").Replace("\xC3\xB6", "").Replace("\xC3\x9F", ""),
                new string('a', 40) + ".data", "PaxHeader", "./" + Cut(path, 98), "@PathCut/_pc_crc32/12345678/x", "last.txt", "bad\xFF.txt",
            ];
            for (int i = 0; i < own.Length; i++)
            {
                string what = $"pax-path-{Array.IndexOf(full, path)}-own-{i}";
                yield return (what, Around(Pax(("path", path)), new CraftedTar(own[i], "abc").Entry()));
                yield return (what + "-split", Around(Pax(("path", path)), new CraftedTar(own[i], "abc", ("prefix", "folder")).Entry()));
                yield return (what + "-folder", Around(Pax(("path", path)), new CraftedTar(own[i], "", ("type", "5")).Entry()));
            }
        }
    }

    private static string Cut(string path, int length) => path[..Math.Min(path.Length, length)];

    private static IEnumerable<(string, byte[])> PaxRecords()
    {
        string[] keywords =
        [
            "mtime", "atime", "uid", "gid", "uname", "comment", "linkpath", "hdrcharset", "charset", "GNU.sparse.major", "GNU.sparse.name", "GNU.sparse.realsize", "GNU.sparse.size", "GNU.sparse.map",
            "SCHILY.realsize", "SCHILY.filetype", "SCHILY.dev", "SCHILY.ino", "SCHILY.fflags", "SCHILY.xattr.user.a", "SCHILY.xattr.security.capability", "SCHILY.acl.access", "LIBARCHIVE.xattr.user.a",
            "LIBARCHIVE.symlinktype", "RHT.security.selinux", "VENDOR.any", "", "path ",
        ];
        foreach (string keyword in keywords)
        {
            foreach (string value in (string[])["1", "evil", "BINARY", "", "a\nb", "\xFF\xFE\0", "13 path=evil\n"])
            {
                string what = $"pax-{keyword}-{Array.IndexOf((string[])["1", "evil", "BINARY", "", "a\nb", "\xFF\xFE\0"], value)}";
                yield return (what + "-named", Around(Pax(("path", Umlaut), (keyword, value)), new CraftedTar(Umlaut.Replace("\xC3\xB6", "?").Replace("\xC3\x9F", "?"), "abc").Entry()));
                yield return (what + "-named-behind", Around(Pax((keyword, value), ("path", Umlaut)), new CraftedTar(Umlaut.Replace("\xC3\xB6", "?").Replace("\xC3\x9F", "?"), "abc").Entry()));
                yield return (what, Around(Pax((keyword, value)), new CraftedTar(Victim, "abc").Entry()));
                yield return (what + "-global", Archive(Pax('g', (keyword, value)), First, new CraftedTar(Victim, "abc").Entry()));
            }
        }
    }

    // What is no number here, or one that no system can set.
    private static IEnumerable<(string, byte[])> PaxNumbers()
    {
        string[] values =
        [
            "0", "1", "1795334400.5", "1795334400.123456789", "-1", "-1.5", "-5", "nan", "inf", "-inf", "Infinity", "1e3", "1E400", "0x10", "0o7", "1_0", " 1", "1 ", "+1", "", "-", ".", "1.", ".5", "1.2.3", "1,5", "\u0661",
            "65534", "4294967294", "4294967295", "4294967296", "99999999999", "999999999999", "9999999999999999", "9223372036854775808", "99999999999999999999999", new string('9', 400),
        ];
        foreach (string keyword in (string[])["uid", "gid", "mtime", "atime", "ctime", "LIBARCHIVE.creationtime", "SCHILY.dev", "SCHILY.ino", "SCHILY.nlink"])
        {
            for (int i = 0; i < values.Length; i++)
            {
                yield return ($"number-{keyword}-{i}", Around(Pax((keyword, Utf8(values[i]))), new CraftedTar(Victim, "abc").Entry()));
            }
        }
    }

    private static IEnumerable<(string, byte[])> LongNames()
    {
        foreach (string name in (string[])[Victim, Long, LongUmlaut, "../evil", "bad\xFF.txt"])
        {
            foreach (string content in (string[])[name + "\0", name, name + "\0\0", name + "\0evil\0", "\0" + name, name + "/\0"])
            {
                foreach (string own in (string[])[Cut(name, 100), "evil.sh", "@PathCut/_pc_crc32/12345678/x", ""])
                {
                    string what = $"long-name-{Array.IndexOf((string[])[Victim, Long, LongUmlaut, "../evil"], name)}-{content.Length}-{own.Length}";
                    yield return (what, Around(LongName(content), new CraftedTar(own, "abc", ("magic", Gnu)).Entry()));
                    yield return (what + "-posix", Around(LongName(content), new CraftedTar(own, "abc").Entry()));
                }
            }
        }
    }

    private static IEnumerable<(string, byte[])> Sizes()
    {
        foreach (string size in (string[])["3", "0", "2", "4", "512", "03", "+3", " 3", "3 ", "0x3", "-3", "3.0", "99999999999999999999", ""])
        {
            yield return ($"pax-size-{size}", Around(Pax(("size", size)), new CraftedTar(Victim, "abc").Entry()));
            yield return ($"pax-size-{size}-own-none", Around(Pax(("size", size)), new CraftedTar(Victim, "abc", ("size", Octal(0))).Entry()));
            yield return ($"pax-size-{size}-folder", Around(Pax(("size", size)), new CraftedTar("folder/", "", ("type", "5")).Entry()));
        }
    }

    private static IEnumerable<(string, byte[])> Sequences()
    {
        byte[] victim = new CraftedTar(Victim, "abc").Entry(), x = Pax(("path", Victim)), g = Pax('g', ("comment", "1")), gPath = Pax('g', ("path", "evil")), l = LongName(Victim + "\0");
        byte[][][] orders =
        [
            [x, x, victim], [x, g, victim], [g, x, victim], [l, x, victim], [x, l, victim], [l, l, victim], [l, g, victim], [x], [l], [g], [gPath, victim], [victim, x], [victim, victim], [x, victim, x, victim],
            [Pax(("path", Victim), ("path", "evil")), victim], [Pax(("path", Victim), ("size", "3"), ("size", "3")), victim], [Pax(), victim], [new CraftedTar("k", "evil\0", ("type", "K")).Entry(), victim],
        ];
        for (int i = 0; i < orders.Length; i++)
        {
            yield return ($"order-{i}", Around(orders[i]));
            yield return ($"order-{i}-at-the-start", Archive([.. orders[i], Last]));
        }
    }

    private static IEnumerable<(string, byte[])> Ends()
    {
        byte[] victim = new CraftedTar(Victim, "abc").Entry();
        yield return ("end-none", [.. First, .. victim]);
        yield return ("end-one-block", [.. First, .. victim, .. new byte[512]]);
        yield return ("end-one-block-and-more", [.. First, .. new byte[512], .. victim, .. End]);
        yield return ("end-two-archives", [.. Archive(First), .. Archive(victim)]);
        yield return ("end-padded", [.. Archive(First, victim), .. new byte[10240]]);
        yield return ("end-odd", [.. Archive(First, victim), .. new byte[100]]);
        yield return ("end-text", [.. Archive(First, victim), .. "evil"u8]);
        yield return ("end-cut", Archive(First, victim)[..^700]);
        yield return ("padding", Archive(First, new CraftedTar(Victim, "abc") { Padding = (byte)'x' }.Entry(), Last));
        yield return ("empty", End);
        string[] marks = ["BZh91AY&SY", "LRZI", "PK\x03\x04", "\x1F\x8B\x08", "#mtree", "070707", "070701", "!<arch>\n", "Rar!", "]", "begin 644 evil\n#979I; \n`\nend\n", "-lh0-", "xx-lh0-"];
        for (int i = 0; i < marks.Length; i++)
        {
            yield return ($"mark-{i}", Archive(new CraftedTar(marks[i], "abc").Entry(), First));
            yield return ($"mark-{i}-pax", Archive(new CraftedTar(marks[i], "19 path=install.sh\n", ("type", "x")).Entry(), victim));
        }
    }

    // One byte of a header changed, and its checksum made right again: the same two thousand in every run.
    private static IEnumerable<(string, byte[])> Mutations()
    {
        Random random = new(20261130);
        byte[] long1 = new CraftedTar(Cut(Long, 100), "abc").Entry();
        byte[][] sources = [new CraftedTar(Victim, "abc").Entry(), new CraftedTar(Victim, "abc", ("magic", Gnu)).Entry(), [.. Pax(("path", Long), ("mtime", "1.5")), .. long1], [.. LongName(Long + "\0"), .. long1]];
        for (int i = 0; i < 2000; i++)
        {
            byte[] entry = [.. sources[i % sources.Length]];
            int block = random.Next(entry.Length / 512) * 512;
            entry[block + random.Next(512)] = (byte)random.Next(256);
            if (i % 2 == 0)
            {
                entry.AsSpan(block + 148, 8).Fill((byte)' ');
                System.Text.Encoding.ASCII.GetBytes(Convert.ToString(entry[block..(block + 512)].Sum(b => b), 8).PadLeft(6, '0') + "\0 ").CopyTo(entry, block + 148);
            }

            yield return ($"mutation-{i}", Around(entry));
        }
    }
}
