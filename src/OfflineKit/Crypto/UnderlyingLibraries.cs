using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace OfflineKit.Crypto;

/// <summary>Whose mathematics this program uses, by name and version.</summary>
internal static partial class UnderlyingLibraries
{
    /// <summary>RSA, ECDSA and SHA-2: OpenSSL with its version, or what the system brings instead.</summary>
    public static string OfThePlatform()
    {
        if (OperatingSystem.IsWindows())
        {
            return "Windows CNG";
        }

        if (!OperatingSystem.IsLinux())
        {
            return "Apple Security";
        }

        OpenSsl.Prepare();
        // 0xMNNFFPPS: major, minor, nothing since version 3, patch. Source: OPENSSL_VERSION_NUMBER(3).
        long version = SafeEvpPKeyHandle.OpenSslVersion;
        return $"OpenSSL {version >> 28}.{(version >> 20) & 0xFF}.{(version >> 4) & 0xFF}";
    }

    /// <summary>Ed25519 and BLAKE2b: libsodium with its version.</summary>
    public static string Sodium() => $"libsodium {Marshal.PtrToStringUTF8(sodium_version_string())}";

    [LibraryImport("libsodium")]
    private static partial nint sodium_version_string();
}
