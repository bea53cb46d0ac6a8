using System.CommandLine;
using OfflineKit.Signing.Audit;

namespace OfflineKit.Signing.Cli;

/// <summary>Opens the key that the options name.</summary>
internal static class PinnedKey
{
    /// <summary>The key, opened and pinned. A refusal is a request too: the log hears of it, once for each of <paramref name="subjects"/>.</summary>
    public static async Task<SigningKey> OpenAsync(
        ParseResult arguments, KeyOptions keys, SignatureFormat format, IEnumerable<string> subjects, AuditLog? audit, CancellationToken cancellation)
    {
        SigningKey? key = null;
        try
        {
            key = await keys.OpenAsync(arguments, format.SchemeForRsa, cancellation);
            key.PinTo(keys.Pinned(arguments));
            return key;
        }
        catch (SigningException fault) when (fault.Finding.Reason != SigningReasons.MalformedKeyUri)
        {
            foreach (string subject in subjects)
            {
                audit?.Append(new AuditEntry(
                    keys.Uri(arguments).Text, key?.PublicKey.Material.Fingerprint ?? "", key?.PublicKey.Scheme.Label ?? "", subject, "", format.Name, AuditOutcome.Refused, fault.Finding.Reason.Code, ""));
            }

            if (key is not null)
            {
                await key.DisposeAsync();
            }

            throw;
        }
    }
}
