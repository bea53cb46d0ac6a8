using System;
using System.Management.Automation;
using System.Runtime.InteropServices;
using System.Security;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>What the signing cmdlets share: the signing engine, which may reach key services, and passphrases that never touch a command line.</summary>
public abstract class SigningCmdlet : EngineCmdlet
{
    /// <summary>The passphrase of an encrypted key file.</summary>
    [Parameter]
    public SecureString? Passphrase { get; set; }

    /// <summary>The public half that the key must have; needed for every key that is not a local file.</summary>
    [Parameter]
    public string? PublicKey { get; set; }

    /// <summary>The algorithm, such as RSASSA_PSS_SHA_256; default: by the kind of key.</summary>
    [Parameter]
    public string? Algorithm { get; set; }

    private protected sealed override string Program => "offlinekit-sign";

    /// <summary>Adds what says which key to use to <paramref name="request"/>.</summary>
    private protected JsonLine WithKey(JsonLine request, string key, string? pinnedBy) => request
        .Add("key", key)
        .Add("passphrase", Plain(Passphrase))
        .Add("publicKey", Resolved(PublicKey) ?? (string.IsNullOrEmpty(pinnedBy) ? null : pinnedBy))
        .Add("algorithm", Algorithm);

    /// <summary>A key as the engine reads it: paths are made absolute, URIs stay.</summary>
    private protected string KeyUri(string key) => KeyUri(this, key);

    /// <summary>The same for any <paramref name="cmdlet"/>.</summary>
    internal static string KeyUri(EngineCmdlet cmdlet, string key) =>
        key.Contains("://") || key.StartsWith("pkcs11:", StringComparison.Ordinal) || key.StartsWith("file:", StringComparison.Ordinal) || key.StartsWith("minisign:", StringComparison.Ordinal)
            ? key
            : cmdlet.Resolved(key) ?? "";

    /// <summary>The text of <paramref name="secret"/>; it lives until the request is sent.</summary>
    internal static string? Plain(SecureString? secret)
    {
        if (secret == null)
        {
            return null;
        }

        IntPtr text = Marshal.SecureStringToGlobalAllocUnicode(secret);
        try
        {
            return Marshal.PtrToStringUni(text);
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(text);
        }
    }
}
