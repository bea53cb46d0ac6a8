using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OfflineKit.Crypto;

/// <summary>What must happen before the BCL first touches OpenSSL.</summary>
/// <remarks>
/// Kept behind a call, because OpenSSL's start costs several times a whole minisign verification.
/// OpenSSL reads openssl.cnf from disk when it starts, and that file can load other code; whoever calls first decides that it does not.
/// </remarks>
internal static partial class OpenSsl
{
    private const ulong NoErrorTexts = 0x01, NoAllCiphers = 0x10, NoAllDigests = 0x20, NoLoadConfiguration = 0x80;

    // Tables by which the names of hash functions and ciphers are found in certificates and TLS, and the texts of errors: three quarters of OpenSSL's start. Here neither
    // certificates nor TLS are OpenSSL's business, and what it is asked for it finds by the names of its providers. Whoever asks first decides for the whole process.
    private const ulong OnlyPrimitives = NoErrorTexts | NoAllCiphers | NoAllDigests;

    /// <summary>Nothing in this program wants TLS or certificates of OpenSSL: decided when the program is built (OfflineKit.Cli.csproj).</summary>
    [FeatureSwitchDefinition("OfflineKit.OnlyPrimitives")]
    private static bool WantsOnlyPrimitives => AppContext.TryGetSwitch("OfflineKit.OnlyPrimitives", out bool wants) && wants;

    // A static constructor without beforefieldinit semantics: it runs once, at the first Prepare and not before.
    static OpenSsl()
    {
        // Under the JIT the BCL opens a libssl of its own choice, whose name is not known here: tests live with its configuration file.
        if (OperatingSystem.IsLinux() && !RuntimeFeature.IsDynamicCodeSupported && OPENSSL_init_crypto(NoLoadConfiguration | (WantsOnlyPrimitives ? OnlyPrimitives : 0), 0) != 1)
        {
            throw new InvalidOperationException("OpenSSL did not start");
        }
    }

    /// <summary>Makes OpenSSL ready, without reading any configuration file.</summary>
    public static void Prepare()
    {
    }

    // In the native binary this symbol is linked in; see build/native.props.
    [LibraryImport("libcrypto")]
    private static partial int OPENSSL_init_crypto(ulong options, nint settings);
}
