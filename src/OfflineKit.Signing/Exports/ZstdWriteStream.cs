using OfflineKit.Encoding;

namespace OfflineKit.Signing.Exports;

/// <summary>Packs what is written into one Zstandard frame, level 19, with content checksum.</summary>
/// <remarks>
/// Fixed parameters and one thread: the same library gives the same bytes on every machine.
/// Source: docs/spec/kit.md §4, RFC 8878.
/// </remarks>
internal sealed unsafe class ZstdWriteStream : ForwardStream
{
    private const int Level = 100, Checksum = 201, Continue = 0, End = 2;
    private readonly Stream _output;
    private readonly ZstdPacker _library;
    private readonly byte[] _packed = new byte[128 * 1024];
    private nint _context;

    /// <summary>Packs into <paramref name="output"/>, which stays open.</summary>
    public ZstdWriteStream(Stream output)
        : this(output, ZstdPacker.OfThisPlatform)
    {
    }

    internal ZstdWriteStream(Stream output, ZstdPacker library)
    {
        (_output, _library) = (output, library);
        _context = library.Create();
        Require(_context == 0 ? nuint.MaxValue : library.SetParameter(_context, Level, 19));
        Require(library.SetParameter(_context, Checksum, 1));
    }

    public override bool CanRead => false;

    public override bool CanWrite => true;

    /// <summary>Ends the frame.</summary>
    public void Finish() => Pack([], End);

    public override void Write(ReadOnlySpan<byte> buffer) => Pack(buffer, Continue);

    protected override void Dispose(bool disposing)
    {
        if (_context != 0)
        {
            _library.Free(_context);
            _context = 0;
        }

        base.Dispose(disposing);
    }

    private void Pack(ReadOnlySpan<byte> content, int directive)
    {
        ObjectDisposedException.ThrowIf(_context == 0, this);
        fixed (byte* from = content)
        fixed (byte* to = _packed)
        {
            ZstdPacker.Part input = new() { Start = from, Size = (nuint)content.Length };
            nuint left;
            do
            {
                ZstdPacker.Part output = new() { Start = to, Size = (nuint)_packed.Length };
                left = _library.Compress(_context, &output, &input, directive);
                Require(left);
                _output.Write(_packed, 0, (int)output.Position);
            }
            while (directive == End ? left != 0 : input.Position < input.Size);
        }
    }

    private void Require(nuint result)
    {
        if (_library.IsError(result))
        {
            throw new InvalidOperationException("zstd refused to pack");
        }
    }
}
