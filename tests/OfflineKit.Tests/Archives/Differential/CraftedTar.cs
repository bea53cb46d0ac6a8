using System.Globalization;

namespace OfflineKit.Tests.Archives.Differential;

/// <summary>One tar entry made byte by byte: whatever is not given is right.</summary>
internal sealed class CraftedTar
{
    /// <summary>The fields of a header by name, with their widths.</summary>
    public static readonly (string Name, int Width)[] Widths =
    [
        ("name", 100), ("mode", 8), ("uid", 8), ("gid", 8), ("size", 12), ("mtime", 12), ("checksum", 8), ("type", 1), ("link", 100),
        ("magic", 8), ("uname", 32), ("gname", 32), ("major", 8), ("minor", 8), ("prefix", 155), ("end", 12),
    ];

    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal)
    {
        ["mode"] = "0000644\0", ["uid"] = "0000000\0", ["gid"] = "0000000\0", ["mtime"] = "00000000000\0", ["type"] = "0", ["magic"] = Posix, ["major"] = "0000000\0", ["minor"] = "0000000\0",
    };

    private readonly byte[] _content;

    public CraftedTar(string name, string content = "", params (string Field, string Value)[] fields)
    {
        _content = Bytes(content);
        _fields["name"] = name;
        _fields["size"] = Octal(_content.Length);
        foreach ((string field, string value) in fields)
        {
            _fields[field] = value;
        }
    }

    /// <summary>The magic of POSIX and of GNU.</summary>
    public const string Posix = "ustar\0" + "00", Gnu = "ustar  \0";

    /// <summary>The end mark.</summary>
    public static byte[] End => new byte[1024];

    /// <summary>A byte that pads the content.</summary>
    public byte Padding { get; init; }

    /// <summary>Header, content, padding.</summary>
    public byte[] Entry()
    {
        List<byte> block = [];
        foreach ((string name, int width) in Widths)
        {
            byte[] value = Bytes(_fields.GetValueOrDefault(name, ""));
            block.AddRange(value.Take(width));
            block.AddRange(new byte[Math.Max(0, width - value.Length)]);
        }

        byte[] header = [.. block];
        if (!_fields.ContainsKey("checksum"))
        {
            header.AsSpan(148, 8).Fill((byte)' ');
            Bytes(Convert.ToString(header.Sum(b => b), 8).PadLeft(6, '0') + "\0 ").CopyTo(header, 148);
        }

        return [.. header, .. _content, .. Enumerable.Repeat(Padding, (512 - (_content.Length % 512)) % 512)];
    }

    /// <summary>An archive of <paramref name="entries"/>.</summary>
    public static byte[] Archive(params byte[][] entries) => [.. entries.SelectMany(entry => entry), .. End];

    /// <summary>A pax header with <paramref name="records"/>.</summary>
    public static byte[] Pax(params (string Keyword, string Value)[] records) => Pax('x', records);

    /// <summary>A pax header of the type <paramref name="type"/>.</summary>
    public static byte[] Pax(char type, params (string Keyword, string Value)[] records) =>
        new CraftedTar("PaxHeader", string.Concat(records.Select(record => Record(record.Keyword, record.Value))), ("type", $"{type}")).Entry();

    /// <summary>A GNU long name.</summary>
    public static byte[] LongName(string content) => new CraftedTar("././@LongLink", content, ("type", "L"), ("magic", Gnu)).Entry();

    /// <summary>Eleven octal digits and a NUL.</summary>
    public static string Octal(long value) => Convert.ToString(value, 8).PadLeft(11, '0') + "\0";

    /// <summary>Text in UTF-8 as one character a byte, which is how fields are given here.</summary>
    public static string Utf8(string text) => System.Text.Encoding.Latin1.GetString(System.Text.Encoding.UTF8.GetBytes(text));

    private static string Record(string keyword, string value)
    {
        int rest = keyword.Length + value.Length + 3, length = rest + 1;
        while (length != rest + length.ToString(CultureInfo.InvariantCulture).Length)
        {
            length++;
        }

        return $"{length} {keyword}={value}\n";
    }

    public static byte[] Bytes(string latin1) => System.Text.Encoding.Latin1.GetBytes(latin1);
}
