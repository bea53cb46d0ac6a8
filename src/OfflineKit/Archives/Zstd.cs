using System.Runtime.InteropServices;

namespace OfflineKit.Archives;

/// <summary>The few functions of libzstd that the core needs: streaming decompression.</summary>
/// <remarks>Why this library: docs/decisions/0020-archives.md. Linked into the released program; found as a shared library elsewhere.</remarks>
internal static unsafe partial class Zstd
{
    private const string Library = "libzstd";

    /// <summary>ZSTD_d_windowLogMax.</summary>
    public const int WindowLogMax = 100;

    [StructLayout(LayoutKind.Sequential)]
    public struct Buffer
    {
        public void* Start;
        public nuint Size;
        public nuint Position;
    }

    [LibraryImport(Library)]
    public static partial nint ZSTD_createDStream();

    [LibraryImport(Library)]
    public static partial nuint ZSTD_freeDStream(nint stream);

    [LibraryImport(Library)]
    public static partial nuint ZSTD_DCtx_setParameter(nint stream, int parameter, int value);

    [LibraryImport(Library)]
    public static partial nuint ZSTD_decompressStream(nint stream, Buffer* output, Buffer* input);

    [LibraryImport(Library)]
    public static partial uint ZSTD_isError(nuint code);
}
