using System.Buffers;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.Cms;

/// <summary>The one spelling (DER) of a CMS message that was written before its lengths were known (BER), as programs write that stream.</summary>
/// <remarks>
/// Only the frame may be spelled so, which is what stands around certificates, signers and the content: its lengths may be indefinite or longer than needed, and the content may
/// come in pieces. Certificates and signers are copied as they are, since their bytes are what is signed. So a message has one meaning or none.
/// Errors: <see cref="MalformedException"/>. Source: X.690 §8.1.3, §8.7; RFC 5652 §5.1, §5.4.
/// </remarks>
internal static class CmsSpelling
{
    // ContentInfo, its [0], SignedData, and its parts: those are the frame.
    private const int LastFrame = 3, Constructed = 0x20;
    private const byte InPieces = DerCursor.OctetStringTag | Constructed;

    /// <summary>The message in <paramref name="ber"/> with the lengths of DER.</summary>
    public static byte[] InDer(ReadOnlySpan<byte> ber)
    {
        BerCursor cursor = new(ber);
        ArrayBufferWriter<byte> message = new();
        Frame(cursor.Next(), depth: 0, message);
        return cursor.AtEnd ? message.WrittenSpan.ToArray() : throw BerCursor.Malformed("bytes after the last element");
    }

    private static void Frame(BerElement element, int depth, ArrayBufferWriter<byte> into)
    {
        if ((element.Tag & Constructed) == 0)
        {
            into.Write(element.Whole);
            return;
        }

        ArrayBufferWriter<byte> inside = new();
        BerCursor parts = new(element.Content);
        while (!parts.AtEnd)
        {
            BerElement part = parts.Next();
            switch (depth)
            {
                case < LastFrame:
                    Frame(part, depth + 1, inside);
                    break;
                case LastFrame when element.Tag == DerCursor.SequenceTag:
                    Content(part, inside);
                    break;
                default:
                    AsItIs(part, inside);
                    break;
            }
        }

        Append(element.Tag, inside.WrittenSpan, into);
    }

    // The type of the content, or the [0] around it.
    private static void Content(BerElement part, ArrayBufferWriter<byte> into)
    {
        if (part.Tag != DerCursor.Constructed(0))
        {
            AsItIs(part, into);
            return;
        }

        ArrayBufferWriter<byte> inside = new();
        BerCursor held = new(part.Content);
        while (!held.AtEnd)
        {
            BerElement content = held.Next();
            if (content.Tag == InPieces)
            {
                Append(DerCursor.OctetStringTag, Joined(content), inside);
            }
            else
            {
                AsItIs(content, inside);
            }
        }

        Append(part.Tag, inside.WrittenSpan, into);
    }

    private static ReadOnlySpan<byte> Joined(BerElement content)
    {
        ArrayBufferWriter<byte> joined = new();
        BerCursor pieces = new(content.Content);
        while (!pieces.AtEnd)
        {
            BerElement piece = pieces.Next();
            joined.Write(piece.Tag == DerCursor.OctetStringTag ? piece.Content : throw BerCursor.Malformed($"content in pieces, of which one has tag {piece.Tag:X2}"));
        }

        return joined.WrittenSpan;
    }

    private static void AsItIs(BerElement element, ArrayBufferWriter<byte> into) =>
        into.Write(element.IsIndefinite ? throw BerCursor.Malformed("a certificate or a signer of indefinite length, whose bytes are what is signed") : element.Whole);

    private static void Append(byte tag, ReadOnlySpan<byte> content, ArrayBufferWriter<byte> into)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        ReadOnlySpan<byte> octets = length.TrimStart((byte)0);
        into.Write([tag]);
        if (content.Length < 0x80)
        {
            into.Write([(byte)content.Length]);
        }
        else
        {
            into.Write([(byte)(0x80 | octets.Length)]);
            into.Write(octets);
        }

        into.Write(content);
    }
}
