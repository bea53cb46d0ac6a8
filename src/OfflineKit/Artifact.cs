using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit;

/// <summary>What was signed: opened once, read once, and reported exactly as it was read.</summary>
/// <remarks>Memory stays flat for files of any size, unless a scheme needs the whole message.</remarks>
public sealed class Artifact : IDisposable
{
    private readonly Stream? _stream;
    private readonly Dictionary<DigestAlgorithm, Digest> _digests = [];
    private readonly Dictionary<DigestAlgorithm, Digest?> _explaining = [];
    private readonly Dictionary<FramedHash, Digest> _framed = [];
    private ReadOnlyMemory<byte>? _content;
    private bool _read;

    private Artifact(string name, Stream? stream, ReadOnlyMemory<byte>? content) => (Name, _stream, _content) = (name, stream, content);

    /// <summary>The name that the caller gave: a path, <c>-</c>, or a digest.</summary>
    public string Name { get; }

    /// <summary>Bytes read; −1 when only a digest is known.</summary>
    public long Size { get; private set; } = -1;

    /// <summary>Only a digest is known, not the content.</summary>
    internal bool IsDigestOnly => _stream is null && _content is null && Size < 0;

    /// <summary>This is the signed document itself: no separate artefact was given.</summary>
    internal bool IsDocumentItself { get; private init; }

    /// <summary>Why the plan could not be carried out, or null.</summary>
    internal Finding? Finding { get; private set; }

    /// <summary>Called with the number of bytes read so far, for progress.</summary>
    public Action<long>? OnRead { get; set; }

    /// <summary>The artefact behind <paramref name="stream"/>, which is read once and disposed with this.</summary>
    public static Artifact FromStream(string name, Stream stream) => new(name, stream, content: null);

    /// <summary>An artefact held in memory.</summary>
    public static Artifact FromBytes(string name, ReadOnlyMemory<byte> content) => new(name, stream: null, content) { Size = content.Length };

    /// <summary>The signed document itself, where no separate artefact was given.</summary>
    internal static Artifact FromDocument(string name, ReadOnlyMemory<byte> content) =>
        new(name, stream: null, content) { Size = content.Length, IsDocumentItself = true };

    /// <summary>An artefact of which only a digest is known.</summary>
    internal static Artifact FromDigest(Digest digest)
    {
        Artifact artifact = new(digest.ToString(), stream: null, content: null);
        artifact._digests.Add(digest.Algorithm, digest);
        return artifact;
    }

    /// <summary>The same artefact for one more verification: what was read stays known, and nothing is read again.</summary>
    /// <remarks>A signer verifies its own work over exactly the bytes that it read, whatever happened to the file since.</remarks>
    internal Artifact Again()
    {
        Artifact again = new(Name, stream: null, _content) { Size = Size, Start = Start };
        foreach (Digest digest in _digests.Values)
        {
            again._digests.Add(digest.Algorithm, digest);
        }

        return again;
    }

    /// <summary>The digest that the plan asked for.</summary>
    /// <returns>Null when only another digest is known.</returns>
    internal Digest? Digest(DigestAlgorithm algorithm) => _digests.GetValueOrDefault(algorithm);

    /// <summary>A digest to explain a refusal by, never to grant anything: also of an algorithm that the plan did not ask for, where the content can be read again and is small.</summary>
    /// <returns>Null where it cannot be known, and where the content is not any more what was verified.</returns>
    /// <exception cref="IOException">The content cannot be read.</exception>
    internal Digest? DigestToExplain(DigestAlgorithm algorithm)
    {
        if (Digest(algorithm) is { } known)
        {
            return known;
        }

        if (!_explaining.TryGetValue(algorithm, out Digest? digest))
        {
            digest = _content is { } held ? Crypto.Digest.Of(algorithm, held.Span) : ReadAgain(algorithm);
            _explaining.Add(algorithm, digest);
        }

        return digest;
    }

    /// <summary>This is <paramref name="content"/>, as far as any known digest says.</summary>
    internal bool Is(ReadOnlySpan<byte> content)
    {
        foreach (Digest known in _digests.Values)
        {
            if (!Crypto.Digest.Of(known.Algorithm, content).Equals(known))
            {
                return false;
            }
        }

        return _digests.Count > 0;
    }

    /// <summary>The digest that the plan asked for; null when the content is not known.</summary>
    internal Digest? Digest(FramedHash frame) => _framed.GetValueOrDefault(frame);

    /// <summary>The whole content, if the plan asked for it and it was within the limit.</summary>
    internal ReadOnlyMemory<byte>? Content => _content;

    /// <summary>Its first bytes, as many as <see cref="OtherSignedForm"/> looks at; fewer where it is shorter, none where it was not read.</summary>
    internal ReadOnlyMemory<byte> Start { get; private set; }

    /// <summary>The digests that are known, strongest claim first, for the report.</summary>
    internal IEnumerable<Digest> Digests => _digests.Values;

    /// <summary>Carries out <paramref name="plan"/> in one pass. A second call is a bug.</summary>
    /// <exception cref="IOException">The content cannot be read.</exception>
    internal void Read(ReadingPlan plan)
    {
        if (_read)
        {
            throw new InvalidOperationException("an artefact is read once");
        }

        _read = true;
        if (_content is { } content)
        {
            Start = content[..Math.Min(content.Length, OtherSignedForm.Length)];
            foreach (DigestAlgorithm algorithm in plan.Digests)
            {
                _digests[algorithm] = Crypto.Digest.Of(algorithm, content.Span);
            }

            foreach (FramedHash frame in plan.Framed)
            {
                _framed[frame] = frame.Of(content.Span);
            }
        }
        else if (_stream is not null && (plan.Content || plan.Digests.Length + plan.Framed.Length > 0))
        {
            Stream(plan, _stream);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stream?.Dispose();

    // A small file needs no large block; a length of 0 says nothing (pipes, /proc).
    private static int BlockFor(Stream stream) =>
        stream.CanSeek && stream.Length is > 0 and < Limits.ReadBlock ? (int)stream.Length + 1 : Limits.ReadBlock;

    // Content is kept where it is written first: growing step by step would copy it and take three times the memory.
    private static int RoomFor(Stream stream) => stream.CanSeek && stream.Length <= Limits.WholeMessage ? (int)stream.Length : 0;

    // A pipe may give its first bytes one by one.
    private byte[] Begun(ReadOnlySpan<byte> more) => [.. Start.Span, .. more[..Math.Min(more.Length, OtherSignedForm.Length - Start.Length)]];

    private void Stream(ReadingPlan plan, Stream stream)
    {
        Hasher[] hashers = [.. plan.Digests.Select(Hasher.For)];
        FramedHasher[] framed = [.. plan.Framed.Select(frame => frame.Begin())];
        using MemoryStream? kept = plan.Content ? new MemoryStream(RoomFor(stream)) : null;
        byte[] block = GC.AllocateUninitializedArray<byte>(BlockFor(stream));
        Size = 0;
        int count;
        while (Finding is null && (count = stream.Read(block)) > 0)
        {
            Start = Start.Length < OtherSignedForm.Length ? Begun(block.AsSpan(0, count)) : Start;
            Size += count;
            Array.ForEach(hashers, hasher => hasher.Append(block.AsSpan(0, count)));
            Array.ForEach(framed, hasher => hasher.Append(block.AsSpan(0, count)));
            OnRead?.Invoke(Size);
            if (kept is not null && Size > Limits.WholeMessage)
            {
                Finding = Reasons.MessageTooLarge.Because($"{Name} is larger than {Limits.WholeMessage} bytes");
                break;
            }

            kept?.Write(block, 0, count);
        }

        foreach (Hasher hasher in hashers)
        {
            Digest digest = hasher.Finish();
            _digests[digest.Algorithm] = digest;
            hasher.Dispose();
        }

        foreach (FramedHasher hasher in framed)
        {
            _framed[hasher.Frame] = hasher.Finish();
            hasher.Dispose();
        }

        _content = Finding is null ? kept?.GetBuffer().AsMemory(0, (int)kept.Length) : null;
    }

    // To keep every small file for a refusal that seldom comes would cost each verification a copy.
    private Digest? ReadAgain(DigestAlgorithm algorithm)
    {
        if (_stream is not { CanSeek: true } || Size is < 0 or > Limits.ExplainedArtifact)
        {
            return null;
        }

        _stream.Position = 0;
        Artifact again = FromStream(Name, _stream); // not disposed: the stream is this one's
        again.Read(ReadingPlan.Of([algorithm, .. _digests.Keys]));
        return _digests.Values.All(known => known.Equals(again.Digest(known.Algorithm))) ? again.Digest(algorithm) : null;
    }
}
