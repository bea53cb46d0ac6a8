using System.Collections.Immutable;

namespace OfflineKit.Host.Results;

/// <summary>Results that have something in common.</summary>
/// <param name="Labels">What a table says of them; those of the first one.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Bytes">The size of their files together, as far as it is known.</param>
/// <param name="FirstPaths">The first of their files.</param>
/// <param name="Least">The first path in ordinal order.</param>
/// <param name="Greatest">The last path in ordinal order.</param>
internal sealed record ResultGroup(ImmutableArray<string> Labels, long Count, long Bytes, ImmutableArray<string> FirstPaths, string Least, string Greatest)
{
    private const int MostPaths = 3;

    /// <summary>The group of <paramref name="row"/> alone.</summary>
    public static ResultGroup Of(ResultRow row, params ImmutableArray<string> labels) =>
        new(labels, 1, Math.Max(0, row.Size), [row.Result.Path], row.Result.Path, row.Result.Path);

    /// <summary>This group and <paramref name="later"/>.</summary>
    public ResultGroup And(ResultGroup later) => this with
    {
        Count = Count + later.Count,
        Bytes = Bytes + later.Bytes,
        FirstPaths = FirstPaths.Length == MostPaths ? FirstPaths : [.. FirstPaths.Concat(later.FirstPaths).Take(MostPaths)],
        Least = string.CompareOrdinal(later.Least, Least) < 0 ? later.Least : Least,
        Greatest = string.CompareOrdinal(later.Greatest, Greatest) > 0 ? later.Greatest : Greatest,
    };

    /// <summary>The group as bytes.</summary>
    public byte[] ToBytes()
    {
        using MemoryStream bytes = new();
        using BinaryWriter writer = new(bytes, System.Text.Encoding.Unicode);
        Write(writer, Labels);
        writer.Write(Count);
        writer.Write(Bytes);
        Write(writer, FirstPaths);
        writer.Write(Least);
        writer.Write(Greatest);
        return bytes.ToArray();
    }

    /// <summary>The group in <paramref name="bytes"/>.</summary>
    public static ResultGroup FromBytes(byte[] bytes)
    {
        using BinaryReader reader = new(new MemoryStream(bytes), System.Text.Encoding.Unicode);
        return new ResultGroup(Texts(reader), reader.ReadInt64(), reader.ReadInt64(), Texts(reader), reader.ReadString(), reader.ReadString());
    }

    private static void Write(BinaryWriter writer, ImmutableArray<string> texts)
    {
        writer.Write(texts.Length);
        foreach (string text in texts)
        {
            writer.Write(text);
        }
    }

    private static ImmutableArray<string> Texts(BinaryReader reader)
    {
        string[] texts = new string[reader.ReadInt32()];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = reader.ReadString();
        }

        return [.. texts];
    }
}
