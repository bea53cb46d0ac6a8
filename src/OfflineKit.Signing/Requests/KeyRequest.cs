using OfflineKit.Crypto;
using OfflineKit.Signing.Audit;

namespace OfflineKit.Signing.Requests;

/// <summary>Which key signs, and what it must prove to be.</summary>
/// <param name="Uri">The key as the user wrote it.</param>
/// <param name="Pinned">The public half that the user trusts; null is enough for keys in files.</param>
/// <param name="Opening">What opening it needs.</param>
internal sealed record KeyRequest(KeyUri Uri, KeyMaterial? Pinned, KeyOpening Opening)
{
    /// <summary>Makes the key for this run, where an identity signs instead of a named key; null opens <see cref="Uri"/>.</summary>
    public Func<KeyOpening, SigningKey>? Made { get; init; }

    /// <summary>The key, open and pinned. A refusal is a request too: the log hears of it, once for each subject.</summary>
    /// <param name="format">What it will sign.</param>
    /// <param name="subjects">The names of what it will sign.</param>
    /// <param name="audit">The log, or null.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="SigningException">The key is not opened, or is not the pinned one.</exception>
    public async Task<SigningKey> OpenAsync(SignatureFormat format, IEnumerable<string> subjects, AuditLog? audit, CancellationToken cancellation)
    {
        SigningKey? key = null;
        try
        {
            key = await OpenUnpinnedAsync(format.SchemeForRsa, cancellation).ConfigureAwait(false);
            key.PinTo(Pinned);
            return key;
        }
        catch (SigningException fault)
        {
            foreach (string subject in subjects)
            {
                audit?.Append(new AuditEntry(
                    Uri.Text, key?.PublicKey.Material.Fingerprint ?? "", key?.PublicKey.Scheme.Label ?? "", subject, "", format.Name, AuditOutcome.Refused, fault.Finding.Reason.Code, ""));
            }

            if (key is not null)
            {
                await key.DisposeAsync().ConfigureAwait(false);
            }

            throw;
        }
    }

    /// <summary>The key, for what signs nothing or is pinned by something else; a pin that was given still holds.</summary>
    /// <param name="forRsa">How an RSA key signs unless the user said so.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="SigningException">The key is not opened, or is not the pinned one.</exception>
    public async Task<SigningKey> OpenAsync(SignatureScheme forRsa, CancellationToken cancellation)
    {
        SigningKey key = await OpenUnpinnedAsync(forRsa, cancellation).ConfigureAwait(false);
        if (Pinned is null)
        {
            return key;
        }

        try
        {
            key.PinTo(Pinned);
            return key;
        }
        catch (SigningException)
        {
            await key.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private Task<SigningKey> OpenUnpinnedAsync(SignatureScheme? forRsa, CancellationToken cancellation)
    {
        KeyOpening opening = Opening with { Scheme = Opening.Scheme with { ForRsa = forRsa } };
        return Made is null ? KnownKeySources.OpenAsync(Uri, opening, cancellation) : Task.FromResult(Made(opening));
    }
}
