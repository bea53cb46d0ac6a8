using System.Buffers.Binary;
using System.IO.Compression;
using OfflineKit.Encoding;

namespace OfflineKit.Tests.Archives.Differential;

/// <summary>One zip entry made byte by byte: whatever is not given is right, in the local header, the directory and the descriptor alike.</summary>
internal sealed class CraftedZip
{
    private static readonly string[] LocalFields = ["signature", "need", "flags", "method", "time", "date", "crc", "packed", "size", "name-size", "extra-size"];
    private static readonly string[] CentralFields =
        ["signature", "made", "need", "flags", "method", "time", "date", "crc", "packed", "size", "name-size", "extra-size", "comment-size", "disk", "internal", "attributes", "offset"];
    private static readonly string[] Wide = ["signature", "crc", "packed", "size", "attributes", "offset"];

    private readonly Dictionary<string, uint> _fields = new(StringComparer.Ordinal);
    private readonly byte[] _name, _packed;

    /// <summary>The entry <paramref name="name"/>; fields called <c>local-X</c> or <c>central-X</c> speak of that header alone, <c>X</c> of both.</summary>
    public CraftedZip(string name, string content = "", params (string Field, uint Value)[] fields)
    {
        _name = Bytes(name);
        byte[] plain = Bytes(content);
        foreach ((string field, uint value) in fields)
        {
            _fields[field] = value;
        }

        _packed = Field("both", "method", 8) == 8 ? Deflated(plain) : plain;
        Crc32 crc = new();
        crc.Append(plain);
        (Crc, Size) = (crc.Value, (uint)plain.Length);
    }

    /// <summary>Field names of both headers.</summary>
    public static IEnumerable<string> AllFields => LocalFields.Select(one => "local-" + one).Concat(CentralFields.Select(one => "central-" + one))
        .Concat(LocalFields.Where(one => one != "signature"));

    /// <summary>What stands in place of the compressed bytes.</summary>
    public byte[]? Packed { get; init; }

    /// <summary>Extra fields, and the comment of the entry.</summary>
    public byte[] LocalExtra { get; init; } = [];

    /// <inheritdoc cref="LocalExtra"/>
    public byte[] CentralExtra { get; init; } = [];

    /// <inheritdoc cref="LocalExtra"/>
    public string Comment { get; init; } = "";

    /// <summary>The name in the local header, where it is another one.</summary>
    public string? LocalName { get; init; }

    /// <summary>What follows the content; null: a descriptor where the flags say so.</summary>
    public byte[]? Descriptor { get; init; }

    /// <summary>The checksum and the size of the content.</summary>
    public uint Crc { get; }

    /// <inheritdoc cref="Crc"/>
    public uint Size { get; }

    private byte[] Content => Packed ?? _packed;

    /// <summary>Local header, content, descriptor.</summary>
    public byte[] Body()
    {
        byte[] name = LocalName is null ? _name : Bytes(LocalName);
        bool streamed = (Field("local", "flags", 0) & 8) != 0;
        byte[] header = Header("local", LocalFields, new()
        {
            ["signature"] = 0x04034b50, ["need"] = 20, ["method"] = 8, ["date"] = 0x5821, ["crc"] = streamed ? 0 : Crc, ["packed"] = streamed ? 0 : (uint)Content.Length, ["size"] = streamed ? 0 : Size,
            ["name-size"] = (uint)name.Length, ["extra-size"] = (uint)LocalExtra.Length,
        });
        return [.. header, .. name, .. LocalExtra, .. Content, .. Descriptor ?? (streamed ? Numbers(0x08074b50, Crc, (uint)Content.Length, Size) : [])];
    }

    /// <summary>The record of the directory.</summary>
    public byte[] Record(int offset)
    {
        byte[] comment = Bytes(Comment);
        byte[] header = Header("central", CentralFields, new()
        {
            ["signature"] = 0x02014b50, ["made"] = 0x031e, ["need"] = 20, ["method"] = 8, ["date"] = 0x5821, ["crc"] = Crc, ["packed"] = (uint)Content.Length, ["size"] = Size,
            ["name-size"] = (uint)_name.Length, ["extra-size"] = (uint)CentralExtra.Length, ["comment-size"] = (uint)comment.Length,
            ["attributes"] = _name is [.., (byte)'/'] ? 0x41ED0010u : 0x81A40000u, ["offset"] = (uint)offset,
        });
        return [.. header, .. _name, .. CentralExtra, .. comment];
    }

    /// <summary>An archive of <paramref name="entries"/>; <paramref name="end"/> changes the bytes of the end record.</summary>
    public static byte[] Archive(IReadOnlyList<CraftedZip> entries, Func<byte[], byte[]>? end = null, byte[]? beforeDirectory = null)
    {
        List<byte> body = [], directory = [];
        foreach (CraftedZip entry in entries)
        {
            directory.AddRange(entry.Record(body.Count));
            body.AddRange(entry.Body());
        }

        body.AddRange(beforeDirectory ?? []);
        byte[] record = [.. "PK\x05\x06"u8, .. Shorts(0, 0, entries.Count, entries.Count), .. Numbers((uint)directory.Count, (uint)body.Count), .. Shorts(0)];
        return [.. body, .. directory, .. end?.Invoke(record) ?? record];
    }

    /// <summary>An extra field.</summary>
    public static byte[] Extra(int id, params byte[] content) => [.. Shorts(id, content.Length), .. content];

    /// <summary>Numbers of four bytes.</summary>
    public static byte[] Numbers(params uint[] numbers)
    {
        byte[] bytes = new byte[4 * numbers.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4 * i), numbers[i]);
        }

        return bytes;
    }

    /// <summary>Numbers of two bytes.</summary>
    public static byte[] Shorts(params int[] numbers) => [.. numbers.SelectMany(number => new[] { (byte)(number & 0xFF), (byte)((number >> 8) & 0xFF) })];

    /// <summary>The raw deflate stream of <paramref name="content"/>.</summary>
    public static byte[] Deflated(byte[] content)
    {
        using MemoryStream packed = new();
        using (DeflateStream deflate = new(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(content);
        }

        return content.Length == 0 ? [3, 0] : packed.ToArray();
    }

    /// <summary>The checksum that Unicode fields carry.</summary>
    public static uint Checksum(byte[] content)
    {
        Crc32 crc = new();
        crc.Append(content);
        return crc.Value;
    }

    private static byte[] Bytes(string latin1) => System.Text.Encoding.Latin1.GetBytes(latin1);

    private uint Field(string header, string field, uint otherwise) =>
        _fields.TryGetValue($"{header}-{field}", out uint own) ? own : _fields.GetValueOrDefault(field, otherwise);

    private byte[] Header(string header, string[] fields, Dictionary<string, uint> known) =>
        [.. fields.SelectMany(field => Field(header, field, known.GetValueOrDefault(field)) is var value && Wide.Contains(field) ? Numbers(value) : Shorts((int)(value & 0xFFFF)))];
}
