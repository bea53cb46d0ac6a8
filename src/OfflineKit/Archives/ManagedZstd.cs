using ZstdSharp.Unsafe;

namespace OfflineKit.Archives;

/// <summary>The port of libzstd to C#, function by function: for platforms on which no libzstd can be linked in.</summary>
internal sealed unsafe class ManagedZstd : Zstd
{
    /// <inheritdoc/>
    public override nint CreateStream() => (nint)Methods.ZSTD_createDStream();

    /// <inheritdoc/>
    public override void FreeStream(nint stream) => _ = Methods.ZSTD_freeDStream((ZSTD_DCtx_s*)stream);

    /// <inheritdoc/>
    public override nuint SetParameter(nint stream, int parameter, int value) => Methods.ZSTD_DCtx_setParameter((ZSTD_DCtx_s*)stream, (ZSTD_dParameter)parameter, value);

    // The buffers of both have the layout of zstd.h.
    /// <inheritdoc/>
    public override nuint Decompress(nint stream, Buffer* output, Buffer* input) =>
        Methods.ZSTD_decompressStream((ZSTD_DCtx_s*)stream, (ZSTD_outBuffer_s*)output, (ZSTD_inBuffer_s*)input);

    /// <inheritdoc/>
    public override bool IsError(nuint code) => Methods.ZSTD_isError(code);
}
