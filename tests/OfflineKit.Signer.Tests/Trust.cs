using System.Net.Security;

namespace OfflineKit.Signer.Tests;

/// <summary>What is tried is the client's certificate; the server is one of this test, on loopback.</summary>
internal static class Trust
{
#pragma warning disable CA5359
    public static readonly RemoteCertificateValidationCallback Whoever = static (_, _, _, _) => true;
#pragma warning restore CA5359
}
