using System.Security.Cryptography;

namespace OfflineKit.Signing.Exports;

/// <summary>Hashes what is read, so that a file that changed since it was listed is never packed.</summary>
internal sealed class HashedRead(Stream content, KitFile file) : Stream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>What was read is what was listed.</summary>
    /// <exception cref="SigningException"><c>sign.unsuitable-subject</c>.</exception>
    public void RefuseIfChanged()
    {
        if (!_hash.GetHashAndReset().AsSpan().SequenceEqual(file.Sha256.Bytes))
        {
            throw SigningReasons.UnsuitableSubject.Refusal($"{file.Path} changed while the kit was made");
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int count = content.Read(buffer);
        _hash.AppendData(buffer[..count]);
        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _hash.Dispose();
        base.Dispose(disposing);
    }
}
