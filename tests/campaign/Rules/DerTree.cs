namespace OfflineKit.Campaign.Rules;

/// <summary>A BER element, read as leniently as BER is, and written as DER.</summary>
/// <param name="Tag">Its first byte.</param>
/// <param name="Content">What a primitive one holds.</param>
/// <param name="Parts">What a constructed one holds; null: it is primitive.</param>
internal sealed record DerTree(byte Tag, byte[] Content, List<DerTree>? Parts)
{
    private const byte Constructed = 0x20, Set = 0x31;

    /// <summary>The one element that <paramref name="file"/> is, or null.</summary>
    public static DerTree? Of(byte[] file) => Read(file, out int length) is { } root && length == file.Length ? root : null;

    /// <summary>It, with definite lengths of the shortest form; text and octets in one piece.</summary>
    public byte[] Written()
    {
        byte[] content = Parts is null ? Content : [.. Parts.SelectMany(part => part.Written())];
        return [Tag, .. LengthOf(content.Length), .. content];
    }

    /// <summary>The paths (<c>/0/1</c>) of the smallest elements that are another here than in <paramref name="other"/>.</summary>
    public IEnumerable<string> Differences(DerTree other, string path = "")
    {
        if (Tag != other.Tag || Parts is null || other.Parts is null || Parts.Count != other.Parts.Count)
        {
            return Written().AsSpan().SequenceEqual(other.Written()) ? [] : [path];
        }

        return Enumerable.Range(0, Parts.Count).SelectMany(at => Parts[at].Differences(other.Parts[at], $"{path}/{at}"));
    }

    /// <summary>It without the element at <paramref name="path"/>.</summary>
    public DerTree Without(string path)
    {
        string[] steps = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        int at = int.Parse(steps[0], System.Globalization.CultureInfo.InvariantCulture);
        List<DerTree> parts = [.. Parts!];
        if (steps.Length == 1)
        {
            parts.RemoveAt(at);
        }
        else
        {
            parts[at] = parts[at].Without(string.Join('/', steps[1..]));
        }

        return this with { Parts = parts };
    }

    /// <summary>It without NULL behind an object identifier.</summary>
    public DerTree WithoutNulls() => Parts is [{ Tag: 6 } algorithm, { Tag: 5 }] ? this with { Parts = [algorithm] } : Parts is null ? this : this with { Parts = [.. Parts.Select(part => part.WithoutNulls())] };

    /// <summary>It, with each element of a set once.</summary>
    public DerTree WithoutTwins()
    {
        List<DerTree>? parts = Parts is null ? null : [.. Parts.Select(part => part.WithoutTwins())];
        return this with { Parts = parts is not null && Tag == Set ? [.. parts.DistinctBy(part => Convert.ToHexString(part.Written()))] : parts };
    }

    /// <summary>The element at <paramref name="path"/> is one of <paramref name="parts"/>, or within one.</summary>
    public static bool IsWithin(string path, params ReadOnlySpan<string> parts)
    {
        foreach (string part in parts)
        {
            if (path == part || path.StartsWith(part + "/", StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static byte[] LengthOf(int length) => length switch
    {
        < 0x80 => [(byte)length],
        < 0x100 => [0x81, (byte)length],
        < 0x10000 => [0x82, (byte)(length >> 8), (byte)(length & 0xff)],
        _ => [0x83, (byte)(length >> 16), (byte)((length >> 8) & 0xff), (byte)(length & 0xff)],
    };

    private static DerTree? Read(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        if (bytes.Length < 2)
        {
            return null;
        }

        byte tag = bytes[0];
        bool isConstructed = (tag & Constructed) != 0, isIndefinite = bytes[1] == 0x80;
        int header = bytes[1] <= 0x80 ? 2 : 2 + (bytes[1] & 0x7f);
        if (header > bytes.Length || header > 7 || (isIndefinite && !isConstructed))
        {
            return null;
        }

        long size = isIndefinite ? bytes.Length - header : bytes[1] < 0x80 ? bytes[1] : bytes[2..header].ToArray().Aggregate(0L, (sum, one) => (sum << 8) | one);
        if (size > bytes.Length - header)
        {
            return null;
        }

        ReadOnlySpan<byte> content = bytes.Slice(header, (int)size);
        length = header + (int)size;
        DerTree? parts = isConstructed ? ReadParts(tag, content, isIndefinite, header, ref length) : null;
        // What is in brackets and is no BER is compared as it is.
        return parts is not null || isIndefinite ? parts : new DerTree(tag, content.ToArray(), Parts: null);
    }

    private static DerTree? ReadParts(byte tag, ReadOnlySpan<byte> content, bool isIndefinite, int header, ref int length)
    {
        List<DerTree> parts = [];
        int at = 0;
        while (at < content.Length && !(isIndefinite && content[at..] is [0, 0, ..]))
        {
            if (Read(content[at..], out int size) is not { } part)
            {
                return null;
            }

            parts.Add(part);
            at += size;
        }

        length = isIndefinite ? header + at + 2 : length;
        // A string in pieces is the string.
        return tag == (4 | Constructed) && parts.TrueForAll(part => part.Tag == 4)
            ? new DerTree(4, [.. parts.SelectMany(part => part.Content)], Parts: null)
            : new DerTree(tag, [], parts);
    }
}
