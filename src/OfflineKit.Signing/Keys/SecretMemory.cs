using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace OfflineKit.Signing.Keys;

/// <summary>Secret bytes in memory that libsodium locks, guards and wipes when it is freed.</summary>
internal sealed unsafe class SecretMemory : SafeHandleZeroOrMinusOneIsInvalid
{
    /// <summary>Room for <paramref name="length"/> secret bytes, zero at first.</summary>
    public SecretMemory(int length) : base(ownsHandle: true)
    {
        Length = length;
        SetHandle((nint)SodiumSecrets.Allocate(length));
        Bytes.Clear();
    }

    /// <summary>How many bytes.</summary>
    public int Length { get; }

    /// <summary>The bytes.</summary>
    public Span<byte> Bytes
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return new Span<byte>((void*)handle, Length);
        }
    }

    /// <summary>A locked copy of <paramref name="source"/>, which is wiped.</summary>
    public static SecretMemory TakeOver(Span<byte> source)
    {
        SecretMemory secret = new(source.Length);
        source.CopyTo(secret.Bytes);
        CryptographicOperations.ZeroMemory(source);
        return secret;
    }

    /// <summary>A locked copy of a part.</summary>
    public SecretMemory Part(int start, int length)
    {
        SecretMemory part = new(length);
        Bytes.Slice(start, length).CopyTo(part.Bytes);
        return part;
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        SodiumSecrets.Free((byte*)handle);
        return true;
    }
}
