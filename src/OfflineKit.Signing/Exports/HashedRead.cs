using System.Security.Cryptography;
using OfflineKit.Encoding;

namespace OfflineKit.Signing.Exports;

/// <summary>Hashes what is read, so that a file that changed since it was listed is never packed.</summary>
internal sealed class HashedRead(Stream content, KitFile file) : ForwardStream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>What was read is what was listed.</summary>
    /// <exception cref="SigningException"><c>sign.unsuitable-subject</c>.</exception>
    public void RefuseIfChanged()
    {
        if (!_hash.GetHashAndReset().AsSpan().SequenceEqual(file.Sha256.Bytes))
        {
            throw SigningReasons.UnsuitableSubject.Refusal($"{file.Path} changed while the kit was made");
        }
    }

    public override int Read(Span<byte> buffer)
    {
        int count = content.Read(buffer);
        _hash.AppendData(buffer[..count]);
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        _hash.Dispose();
        base.Dispose(disposing);
    }
}
