using System.Buffers.Text;

namespace OfflineKit.Crypto;

/// <summary>How content counts in a <see cref="FramedHash"/>.</summary>
internal enum FramedContent
{
    /// <summary>Byte for byte.</summary>
    AsItIs,

    /// <summary>As text: every line feed without a carriage return before it counts as both.</summary>
    Lines,

    /// <summary>In base64url without padding.</summary>
    Base64Url,
}

/// <summary>A hash over something before the content, the content, and something after it, as OpenPGP and JWS hash files.</summary>
/// <param name="algorithm">The hash.</param>
/// <param name="prefix">What comes before the content.</param>
/// <param name="suffix">What comes after it.</param>
/// <remarks>Two with the same members are still two questions: the answer is looked up by the instance.</remarks>
internal sealed class FramedHash(DigestAlgorithm algorithm, ReadOnlyMemory<byte> prefix, ReadOnlyMemory<byte> suffix)
{
    /// <summary>How the content counts.</summary>
    public FramedContent Content { get; init; }

    /// <summary>A hasher that has seen the prefix.</summary>
    internal FramedHasher Begin()
    {
        Hasher hasher = Hasher.For(algorithm);
        hasher.Append(prefix.Span);
        return new FramedHasher(this, hasher);
    }

    /// <summary>The digest where all of the content is at hand.</summary>
    public Digest Of(ReadOnlySpan<byte> content)
    {
        using FramedHasher hasher = Begin();
        hasher.Append(content);
        return hasher.Finish();
    }

    /// <summary>Completes <paramref name="hasher"/>.</summary>
    internal Digest Finish(Hasher hasher)
    {
        hasher.Append(suffix.Span);
        return hasher.Finish();
    }
}

/// <summary>A <see cref="FramedHash"/> under way.</summary>
internal sealed class FramedHasher(FramedHash frame, Hasher hasher) : IDisposable
{
    // A multiple of three, so that every block is encoded without padding and nothing is left over.
    private const int Block = 48 * 1024, Group = 3;

    private readonly byte[] _left = frame.Content == FramedContent.Base64Url ? new byte[Group] : [];
    private byte[] _encoded = [];
    private int _leftCount;
    private bool _afterReturn;

    /// <summary>What is computed.</summary>
    public FramedHash Frame => frame;

    /// <summary>Adds the next piece of the content.</summary>
    public void Append(ReadOnlySpan<byte> piece)
    {
        switch (frame.Content)
        {
            case FramedContent.Lines:
                AppendLines(piece);
                break;
            case FramedContent.Base64Url:
                AppendEncoded(piece);
                break;
            default:
                hasher.Append(piece);
                break;
        }
    }

    /// <summary>The digest of everything.</summary>
    public Digest Finish()
    {
        Encode(_left.AsSpan(0, _leftCount));
        return frame.Finish(hasher);
    }

    /// <inheritdoc/>
    public void Dispose() => hasher.Dispose();

    private void AppendLines(ReadOnlySpan<byte> piece)
    {
        while (!piece.IsEmpty)
        {
            int end = piece.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? piece : piece[..end];
            hasher.Append(line);
            _afterReturn = line.IsEmpty ? _afterReturn : line[^1] == (byte)'\r';
            piece = end < 0 ? [] : piece[(end + 1)..];
            if (end >= 0)
            {
                hasher.Append(_afterReturn ? "\n"u8 : "\r\n"u8);
                _afterReturn = false;
            }
        }
    }

    // Three bytes are four letters: what does not fill a group waits for the next piece.
    private void AppendEncoded(ReadOnlySpan<byte> piece)
    {
        while (!piece.IsEmpty && _leftCount > 0)
        {
            _left[_leftCount++] = piece[0];
            piece = piece[1..];
            if (_leftCount == Group)
            {
                Encode(_left);
                _leftCount = 0;
            }
        }

        for (; piece.Length >= Group; piece = piece[Whole(piece)..])
        {
            Encode(piece[..Whole(piece)]);
        }

        foreach (byte waiting in piece)
        {
            _left[_leftCount++] = waiting;
        }
    }

    private static int Whole(ReadOnlySpan<byte> piece) => Math.Min(Block, piece.Length - (piece.Length % Group));

    private void Encode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        int length = Base64Url.GetEncodedLength(bytes.Length);
        _encoded = _encoded.Length < length ? new byte[length] : _encoded;
        hasher.Append(_encoded.AsSpan(0, Base64Url.EncodeToUtf8(bytes, _encoded)));
    }
}
