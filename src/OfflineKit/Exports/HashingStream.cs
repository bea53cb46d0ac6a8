using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Exports;

/// <summary>A stream that hashes what is read through it. Forward only.</summary>
internal sealed class HashingStream : ForwardStream
{
    private readonly EntryContent _content;
    private readonly Hasher _hasher = Hasher.For(DigestAlgorithm.Sha256);
    private readonly ImmutableArray<Hasher> _others = [];
    private long _read;

    public HashingStream(EntryContent content) => _content = content;

    /// <summary>The stream that computes <paramref name="others"/> as well.</summary>
    public HashingStream(EntryContent content, ImmutableArray<DigestAlgorithm> others) => (_content, _others) = (content, [.. others.Select(Hasher.For)]);

    public HashingStream(Stream stream) => _content = new StreamContent(stream);

    /// <summary>Bytes read so far.</summary>
    public override long Length => _read;

    public override long Position
    {
        get => _read;
    }

    /// <summary>The digest of everything that was read.</summary>
    public Digest Finish() => _hasher.Finish();

    /// <summary>The digest of everything that was read, and of <paramref name="tail"/> behind it.</summary>
    public Digest Finish(ReadOnlySpan<byte> tail)
    {
        _hasher.Append(tail);
        return _hasher.Finish();
    }

    /// <summary>The file at <paramref name="path"/> that was read.</summary>
    public ExportFile File(string path) => new(path, _read, _hasher.Finish()) { Others = [.. _others.Select(hasher => hasher.Finish())] };

    /// <summary>Counts <paramref name="piece"/>, which was read before, as the next part.</summary>
    public void Append(ReadOnlySpan<byte> piece)
    {
        _hasher.Append(piece);
        foreach (Hasher hasher in _others)
        {
            hasher.Append(piece);
        }

        _read += piece.Length;
    }

    public override int Read(Span<byte> buffer)
    {
        int count = _content.Read(buffer);
        Append(buffer[..count]);
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hasher.Dispose();
            foreach (Hasher hasher in _others)
            {
                hasher.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    private sealed class StreamContent(Stream stream) : EntryContent
    {
        public override int Read(Span<byte> buffer) => stream.Read(buffer);
    }
}
