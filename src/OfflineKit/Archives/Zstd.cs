using System.Runtime.InteropServices;

namespace OfflineKit.Archives;

/// <summary>The few functions of zstd that the core needs: streaming decompression.</summary>
/// <remarks>Why these two libraries: docs/decisions/0020-archives.md. Names, arguments and results are those of zstd.h.</remarks>
internal abstract unsafe class Zstd
{
    /// <summary>ZSTD_d_windowLogMax.</summary>
    public const int WindowLogMax = 100;

    [StructLayout(LayoutKind.Sequential)]
    public struct Buffer
    {
        public void* Start;
        public nuint Size;
        public nuint Position;
    }

    /// <summary>libzstd on Linux, where it is linked in; elsewhere its port to C#, because there no libzstd can be expected.</summary>
    public static Zstd OfThisPlatform { get; } = OperatingSystem.IsLinux() ? new LinkedZstd() : new ManagedZstd();

    /// <summary>A new decompressor, or 0.</summary>
    public abstract nint CreateStream();

    /// <summary>Frees what <see cref="CreateStream"/> made.</summary>
    public abstract void FreeStream(nint stream);

    /// <summary>Sets a ZSTD_dParameter.</summary>
    public abstract nuint SetParameter(nint stream, int parameter, int value);

    /// <summary>Moves both positions on; 0 at the end of a frame, otherwise a hint or an error.</summary>
    public abstract nuint Decompress(nint stream, Buffer* output, Buffer* input);

    /// <summary>Whether a result is an error.</summary>
    public abstract bool IsError(nuint code);
}
