using System.Buffers.Binary;

namespace OfflineKit.Campaign.Changes;

/// <summary>A DER document changed element by element; the lengths around a change are right again.</summary>
internal static class DerChanges
{
    private sealed record Element(byte Tag, byte[] Content, List<Element>? Parts, string Path)
    {
        public byte[] Bytes => Encoded(Tag, Parts is null ? Content : [.. Parts.SelectMany(part => part.Bytes)]);
    }

    /// <summary>Every change; none of what is no DER.</summary>
    public static IEnumerable<Change> Of(byte[] file)
    {
        if (file is not [0x30, _, ..] || Read(file, "") is not [var root] || !root.Bytes.AsSpan().SequenceEqual(file))
        {
            return [];
        }

        return Walk(root).SelectMany(element => Instead(element).Select(change => new Change($"DER {element.Path}: {change.What}", Written(root, element, change.Bytes))))
            .Append(new Change("DER: a byte behind", [.. file, 0]));
    }

    private static IEnumerable<(string What, byte[] Bytes)> Instead(Element element)
    {
        byte[] bytes = element.Bytes, content = bytes[^ContentLength(bytes)..];
        yield return ("left out", []);
        yield return ("doubled", [.. bytes, .. bytes]);
        yield return ("emptied", [element.Tag, 0]);
        yield return ("a null instead", [5, 0]);
        yield return ("a null behind", [.. bytes, 5, 0]);
        yield return ("a byte more", Encoded(element.Tag, [.. content, 0]));
        yield return ("a zero before", Encoded(element.Tag, [0, .. content]));
        yield return ("another tag", Encoded((byte)(element.Tag ^ 1), content));
        yield return ("a longer form of its length", [element.Tag, 0x84, .. Length(content, 4), .. content]);
        if (element.Parts is { Count: > 0 } parts)
        {
            yield return ("of indefinite length", [element.Tag, 0x80, .. content, 0, 0]);
            yield return ("its parts turned round", Encoded(element.Tag, [.. Enumerable.Reverse(parts).SelectMany(part => part.Bytes)]));
        }
    }

    private static byte[] Written(Element at, Element changed, byte[] instead) =>
        ReferenceEquals(at, changed) ? instead : at.Parts is null ? at.Bytes : Encoded(at.Tag, [.. at.Parts.SelectMany(part => Written(part, changed, instead))]);

    private static IEnumerable<Element> Walk(Element element) => (element.Parts ?? []).SelectMany(Walk).Prepend(element);

    private static int ContentLength(byte[] bytes) => bytes.Length - HeaderLength(bytes);

    private static int HeaderLength(ReadOnlySpan<byte> bytes) => bytes[1] < 0x80 ? 2 : 2 + (bytes[1] & 0x7f);

    private static List<Element>? Read(ReadOnlySpan<byte> bytes, string path)
    {
        List<Element> found = [];
        while (!bytes.IsEmpty)
        {
            if (bytes.Length < 2 || bytes[1] is 0x80 or > 0x84 || bytes.Length < HeaderLength(bytes))
            {
                return null;
            }

            long length = bytes[1] < 0x80 ? bytes[1] : bytes[2..HeaderLength(bytes)].ToArray().Aggregate(0L, (sum, one) => (sum << 8) | one);
            int header = HeaderLength(bytes);
            if (bytes.Length < header + length)
            {
                return null;
            }

            ReadOnlySpan<byte> content = bytes.Slice(header, (int)length);
            string here = $"{path}/{found.Count}";
            found.Add(new Element(bytes[0], content.ToArray(), Parts(bytes[0], content, here), here));
            bytes = bytes[(header + (int)length)..];
        }

        return found;
    }

    // What is in brackets, and octet strings that hold DER again.
    private static List<Element>? Parts(byte tag, ReadOnlySpan<byte> content, string path) =>
        (tag & 0x20) != 0 || (tag == 4 && content is [0x30, _, ..]) ? Read(content, path) : null;

    private static byte[] Encoded(byte tag, byte[] content) => content.Length switch
    {
        < 0x80 => [tag, .. Length(content, 1), .. content],
        < 0x100 => [tag, 0x81, .. Length(content, 1), .. content],
        < 0x10000 => [tag, 0x82, .. Length(content, 2), .. content],
        _ => [tag, 0x83, .. Length(content, 3), .. content],
    };

    private static byte[] Length(byte[] content, int bytes)
    {
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        return length[^bytes..];
    }
}
