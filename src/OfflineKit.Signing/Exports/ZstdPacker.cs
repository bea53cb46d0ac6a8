using System.Runtime.InteropServices;
using ZstdSharp.Unsafe;

namespace OfflineKit.Signing.Exports;

/// <summary>The few functions of zstd that packing needs. Names, arguments and results are those of zstd.h.</summary>
internal abstract unsafe class ZstdPacker
{
    [StructLayout(LayoutKind.Sequential)]
    public struct Part
    {
        public byte* Start;
        public nuint Size;
        public nuint Position;
    }

    /// <summary>libzstd on Linux, where it is linked in; elsewhere its port to C#.</summary>
    public static ZstdPacker OfThisPlatform { get; } = OperatingSystem.IsLinux() ? new LinkedZstdPacker() : new ManagedZstdPacker();

    /// <summary>A new compressor, or 0.</summary>
    public abstract nint Create();

    /// <summary>Frees what <see cref="Create"/> made.</summary>
    public abstract void Free(nint context);

    /// <summary>Sets a ZSTD_cParameter.</summary>
    public abstract nuint SetParameter(nint context, int parameter, int value);

    /// <summary>Moves both positions on; what is left to write, or an error.</summary>
    public abstract nuint Compress(nint context, Part* output, Part* input, int directive);

    /// <summary>Whether a result is an error.</summary>
    public abstract bool IsError(nuint code);
}

/// <summary>The port of libzstd to C#, function by function.</summary>
internal sealed unsafe class ManagedZstdPacker : ZstdPacker
{
    public override nint Create() => (nint)Methods.ZSTD_createCCtx();

    public override void Free(nint context) => _ = Methods.ZSTD_freeCCtx((ZSTD_CCtx_s*)context);

    public override nuint SetParameter(nint context, int parameter, int value) => Methods.ZSTD_CCtx_setParameter((ZSTD_CCtx_s*)context, (ZSTD_cParameter)parameter, value);

    public override nuint Compress(nint context, Part* output, Part* input, int directive) =>
        Methods.ZSTD_compressStream2((ZSTD_CCtx_s*)context, (ZSTD_outBuffer_s*)output, (ZSTD_inBuffer_s*)input, (ZSTD_EndDirective)directive);

    public override bool IsError(nuint code) => Methods.ZSTD_isError(code);
}

/// <summary>libzstd: linked into the released program, found as a shared library under the JIT.</summary>
internal sealed unsafe partial class LinkedZstdPacker : ZstdPacker
{
    public override nint Create() => ZSTD_createCCtx();

    public override void Free(nint context) => _ = ZSTD_freeCCtx(context);

    public override nuint SetParameter(nint context, int parameter, int value) => ZSTD_CCtx_setParameter(context, parameter, value);

    public override nuint Compress(nint context, Part* output, Part* input, int directive) => ZSTD_compressStream2(context, output, input, directive);

    public override bool IsError(nuint code) => ZSTD_isError(code) != 0;

    [LibraryImport("libzstd")]
    private static partial nint ZSTD_createCCtx();

    [LibraryImport("libzstd")]
    private static partial nuint ZSTD_freeCCtx(nint context);

    [LibraryImport("libzstd")]
    private static partial nuint ZSTD_CCtx_setParameter(nint context, int parameter, int value);

    [LibraryImport("libzstd")]
    private static partial nuint ZSTD_compressStream2(nint context, Part* output, Part* input, int directive);

    [LibraryImport("libzstd")]
    private static partial uint ZSTD_isError(nuint code);
}
