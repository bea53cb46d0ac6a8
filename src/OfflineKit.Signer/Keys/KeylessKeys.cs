using System.Collections.Immutable;
using OfflineKit.Signer.Configuration;
using OfflineKit.Signer.Http;
using OfflineKit.Signer.Signing;
using OfflineKit.Signing;
using OfflineKit.Signing.Instances;
using OfflineKit.Signing.Keyless;
using OfflineKit.X509;

namespace OfflineKit.Signer.Keys;

/// <summary>The keys of one keyless profile: each is made for one certificate, lives in memory, and gives way to the next before the certificate ends.</summary>
internal sealed class KeylessKeys : IAsyncDisposable
{
    private static readonly TimeSpan Renewal = TimeSpan.FromMinutes(2);
    private readonly KeylessConfiguration _configuration;
    private readonly KeyOpening _opening;
    private readonly LogAndTimestampServices? _services;
    private readonly SemaphoreSlim _renewing = new(1, 1);
    private OpenedKey? _current, _before;

    /// <summary>The keys by <paramref name="configuration"/>; none is made before it is needed.</summary>
    public KeylessKeys(KeylessConfiguration configuration, TimeProvider clock)
    {
        (_configuration, _opening) = (configuration, new KeyOpening { Clock = clock, Timeout = TimeSpan.FromSeconds(30) });
        _services = configuration.Timestamps is { } authority
            ? new LogAndTimestampServices(new SigstoreInstance { Authority = configuration.Authority, TimestampAuthorities = [authority], TimestampsWanted = 1 }, configuration.Root, _opening)
            : null;
    }

    /// <summary>The key that signs a request with these options now.</summary>
    /// <exception cref="RefusedException"><c>mode_not_allowed</c>: the request names signers, or wants bundles of which nobody proves the time.</exception>
    /// <exception cref="SigningException">No certificate is to be had.</exception>
    public async Task<OpenedKey> CurrentAsync(SignOptions options, CancellationToken cancellation)
    {
        if (!options.Signers.IsEmpty || (options.WantsBundles && _services is null))
        {
            throw Problems.ModeNotAllowed.Because("the profile signs under an identity: options.signers names nobody, and bundles need a timestamp, which the profile leaves to the attestor");
        }

        if (_current is { } known && Lasts(known))
        {
            return known;
        }

        await _renewing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (_current is not { } current || !Lasts(current))
            {
                OpenedKey next = await NewAsync().ConfigureAwait(false);
                await ForgetAsync(_before).ConfigureAwait(false);
                (_before, _current) = (_current, next);
            }

            return _current;
        }
        finally
        {
            _renewing.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await ForgetAsync(_current).ConfigureAwait(false);
        await ForgetAsync(_before).ConfigureAwait(false);

        _services?.Dispose();
        _renewing.Dispose();
    }

    private static async Task ForgetAsync(OpenedKey? key)
    {
        if (key is not null)
        {
            await key.Key.DisposeAsync().ConfigureAwait(false);
        }
    }

    private string Token()
    {
        try
        {
            return System.Text.Encoding.UTF8.GetString(InputFile.ReadAll(_configuration.TokenFile, OfflineKit.Limits.KeyFile, "identity token"));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or UsageException or InputTooLargeException)
        {
            throw KeylessReasons.NoToken.Refusal($"the identity token cannot be read: {fault.Message}");
        }
    }

    private bool Lasts(OpenedKey key) => key.Configuration.NotAfter - _opening.Clock.GetUtcNow() > Renewal;

    // A client that goes away does not end what the others wait for.
    private async Task<OpenedKey> NewAsync()
    {
        KeylessKey key = KeylessKey.Create(new KeylessSignIn(new GivenToken(Token(), "identityToken"), _configuration.Authority, _configuration.Root) { DemandedName = _configuration.Identity }, _opening);
        Certificate certificate = await key.CertificateAsync(CancellationToken.None).ConfigureAwait(false);
        SignerKeyConfiguration signer = new("keyless", KeyUri.Keyless, key.PublicKey.Material, KeyState.Active, certificate.Validity.From, certificate.Validity.Until, [certificate]);
        return new OpenedKey(signer, key) { Certified = new CertifiedIdentity(certificate, key.Identity!, _configuration.Root, _services) };
    }
}
