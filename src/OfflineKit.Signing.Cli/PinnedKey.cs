using System.CommandLine;
using OfflineKit.Crypto;
using OfflineKit.Signing.Audit;

namespace OfflineKit.Signing.Cli;

/// <summary>Opens a key and pins it. A refusal is a request too: the log hears of it, once for each subject.</summary>
internal static class PinnedKey
{
    /// <summary>The key that the options name.</summary>
    public static Task<SigningKey> OpenAsync(
        ParseResult arguments, KeyOptions keys, SignatureFormat format, IEnumerable<string> subjects, AuditLog? audit, CancellationToken cancellation) =>
        OpenAsync(keys.Uri(arguments), () => keys.OpenAsync(arguments, format.SchemeForRsa, cancellation), keys.Pinned(arguments), format, subjects, audit);

    /// <summary>The key called <paramref name="uri"/>, as <paramref name="open"/> opens it.</summary>
    public static async Task<SigningKey> OpenAsync(
        KeyUri uri, Func<Task<SigningKey>> open, KeyMaterial? pinned, SignatureFormat format, IEnumerable<string> subjects, AuditLog? audit)
    {
        SigningKey? key = null;
        try
        {
            key = await open();
            key.PinTo(pinned);
            return key;
        }
        catch (SigningException fault)
        {
            foreach (string subject in subjects)
            {
                audit?.Append(new AuditEntry(
                    uri.Text, key?.PublicKey.Material.Fingerprint ?? "", key?.PublicKey.Scheme.Label ?? "", subject, "", format.Name, AuditOutcome.Refused, fault.Finding.Reason.Code, ""));
            }

            if (key is not null)
            {
                await key.DisposeAsync();
            }

            throw;
        }
    }
}
