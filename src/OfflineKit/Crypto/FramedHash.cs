namespace OfflineKit.Crypto;

/// <summary>A hash over something before the content, the content, and something after it, as OpenPGP hashes files.</summary>
/// <param name="algorithm">The hash.</param>
/// <param name="prefix">What comes before the content.</param>
/// <param name="suffix">What comes after it.</param>
/// <remarks>Two with the same members are still two questions: the answer is looked up by the instance.</remarks>
internal sealed class FramedHash(DigestAlgorithm algorithm, ReadOnlyMemory<byte> prefix, ReadOnlyMemory<byte> suffix)
{
    /// <summary>Every line feed without a carriage return before it counts as both: the content is text.</summary>
    public bool IsText { get; init; }

    /// <summary>A hasher that has seen the prefix.</summary>
    internal FramedHasher Begin()
    {
        Hasher hasher = Hasher.For(algorithm);
        hasher.Append(prefix.Span);
        return new FramedHasher(this, hasher);
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
    private bool _afterReturn;

    /// <summary>What is computed.</summary>
    public FramedHash Frame => frame;

    /// <summary>Adds the next piece of the content.</summary>
    public void Append(ReadOnlySpan<byte> piece)
    {
        if (!frame.IsText)
        {
            hasher.Append(piece);
            return;
        }

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

    /// <summary>The digest of everything.</summary>
    public Digest Finish() => frame.Finish(hasher);

    /// <inheritdoc/>
    public void Dispose() => hasher.Dispose();
}
