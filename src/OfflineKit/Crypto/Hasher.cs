using System.Security.Cryptography;
using Nsec = NSec.Cryptography;

namespace OfflineKit.Crypto;

/// <summary>One hash computed over content that arrives in pieces; finished once.</summary>
internal abstract class Hasher : IDisposable
{
    private protected Hasher()
    {
    }

    /// <summary>A hasher for <paramref name="algorithm"/>.</summary>
    public static Hasher For(DigestAlgorithm algorithm) => algorithm switch
    {
        DigestAlgorithm.Blake2b512 => new Blake2bHasher(),
        DigestAlgorithm.Sha256 => new Sha2Hasher(algorithm, HashAlgorithmName.SHA256),
        DigestAlgorithm.Sha384 => new Sha2Hasher(algorithm, HashAlgorithmName.SHA384),
        DigestAlgorithm.Sha512 => new Sha2Hasher(algorithm, HashAlgorithmName.SHA512),
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };

    /// <summary>Adds the next piece.</summary>
    public abstract void Append(ReadOnlySpan<byte> piece);

    /// <summary>The digest of everything appended.</summary>
    public abstract Digest Finish();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees native state.</summary>
    private protected abstract void Dispose(bool disposing);

    private sealed class Sha2Hasher : Hasher
    {
        private readonly DigestAlgorithm _algorithm;
        private readonly IncrementalHash _hash;

        public Sha2Hasher(DigestAlgorithm algorithm, HashAlgorithmName name)
        {
            OpenSsl.Prepare();
            _algorithm = algorithm;
            _hash = IncrementalHash.CreateHash(name);
        }

        public override void Append(ReadOnlySpan<byte> piece) => _hash.AppendData(piece);

        public override Digest Finish() => Digest.FromBytes(_algorithm, _hash.GetHashAndReset());

        private protected override void Dispose(bool disposing) => _hash.Dispose();
    }

    private sealed class Blake2bHasher : Hasher
    {
        private Nsec.IncrementalHash _state;

        public Blake2bHasher() => Nsec.IncrementalHash.Initialize(Nsec.HashAlgorithm.Blake2b_512, out _state);

        public override void Append(ReadOnlySpan<byte> piece) => Nsec.IncrementalHash.Update(ref _state, piece);

        public override Digest Finish() => Digest.FromBytes(DigestAlgorithm.Blake2b512, Nsec.IncrementalHash.Finalize(ref _state));

        private protected override void Dispose(bool disposing)
        {
            // The state is a value in this object.
        }
    }
}
