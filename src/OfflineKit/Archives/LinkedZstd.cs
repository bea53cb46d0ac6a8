using System.Runtime.InteropServices;

namespace OfflineKit.Archives;

/// <summary>libzstd: linked into the released program, found as a shared library under the JIT.</summary>
internal sealed unsafe partial class LinkedZstd : Zstd
{
    private const string Library = "libzstd";

    /// <inheritdoc/>
    public override nint CreateStream() => ZSTD_createDStream();

    /// <inheritdoc/>
    public override void FreeStream(nint stream) => _ = ZSTD_freeDStream(stream);

    /// <inheritdoc/>
    public override nuint SetParameter(nint stream, int parameter, int value) => ZSTD_DCtx_setParameter(stream, parameter, value);

    /// <inheritdoc/>
    public override nuint Decompress(nint stream, Buffer* output, Buffer* input) => ZSTD_decompressStream(stream, output, input);

    /// <inheritdoc/>
    public override bool IsError(nuint code) => ZSTD_isError(code) != 0;

    [LibraryImport(Library)]
    private static partial nint ZSTD_createDStream();

    [LibraryImport(Library)]
    private static partial nuint ZSTD_freeDStream(nint stream);

    [LibraryImport(Library)]
    private static partial nuint ZSTD_DCtx_setParameter(nint stream, int parameter, int value);

    [LibraryImport(Library)]
    private static partial nuint ZSTD_decompressStream(nint stream, Buffer* output, Buffer* input);

    [LibraryImport(Library)]
    private static partial uint ZSTD_isError(nuint code);
}
