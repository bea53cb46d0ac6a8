using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using OfflineKit.Crypto;
using OfflineKit.Signer.Configuration;
using OfflineKit.Signer.Http;
using OfflineKit.Signer.Signing;
using OfflineKit.Signing;
using OfflineKit.Signing.Keys;

namespace OfflineKit.Signer.Keys;

/// <summary>Every key of every profile, opened at start. Of a request's profile all chosen keys sign, or none.</summary>
internal sealed class KeyRing : IAsyncDisposable
{
    private readonly FrozenDictionary<string, OpenedKey> _keys;
    private readonly FrozenDictionary<string, KeylessKeys> _keyless;

    private KeyRing(Dictionary<string, OpenedKey> keys, IEnumerable<KeyValuePair<string, KeylessKeys>> keyless) =>
        (_keys, _keyless) = (keys.ToFrozenDictionary(StringComparer.Ordinal), keyless.ToFrozenDictionary(StringComparer.Ordinal));

    /// <summary>All keys, in the order of their ids.</summary>
    public ImmutableArray<OpenedKey> All => [.. _keys.Values.OrderBy(key => key.Id, StringComparer.Ordinal)];

    /// <summary>Opens the keys of <paramref name="profiles"/>, each of which is asked <paramref name="atOnce"/> things at a time; one that several profiles use is opened once.</summary>
    /// <exception cref="SigningException">A key is not there, or not the pinned one.</exception>
    public static async Task<KeyRing> OpenAsync(ImmutableArray<ProfileConfiguration> profiles, int atOnce, TimeProvider clock, CancellationToken cancellation)
    {
        Dictionary<string, OpenedKey> keys = new(StringComparer.Ordinal);
        try
        {
            foreach (SignerKeyConfiguration signer in profiles.SelectMany(profile => profile.Signers).Where(signer => !keys.ContainsKey(signer.Pinned.Fingerprint)))
            {
                keys[signer.Pinned.Fingerprint] = await OpenAsync(signer, atOnce, clock, cancellation).ConfigureAwait(false);
            }

            return new KeyRing(keys, profiles.Where(profile => profile.Keyless is not null).Select(profile => KeyValuePair.Create(profile.Name, new KeylessKeys(profile.Keyless!, clock))));
        }
        catch (SigningException)
        {
            await new KeyRing(keys, []).DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The keys that sign a request with <paramref name="options"/>.</summary>
    /// <exception cref="RefusedException"><c>mode_not_allowed</c>, <c>no_active_key</c>.</exception>
    /// <exception cref="SigningException">No certificate is to be had for the identity that signs.</exception>
    public async Task<ImmutableArray<OpenedKey>> ChooseAsync(
        ProfileConfiguration profile, SignOptions options, ImmutableDictionary<string, KeyState> decided, DateTimeOffset now, CancellationToken cancellation) =>
        _keyless.TryGetValue(profile.Name, out KeylessKeys? keyless)
            ? [await keyless.CurrentAsync(options, cancellation).ConfigureAwait(false)]
            : Choose(profile, options.Signers, decided, now);

    /// <summary>The keys that sign a request: those that it names, or all of the profile, each of them active.</summary>
    /// <exception cref="RefusedException"><c>mode_not_allowed</c>: a name is not in the profile. <c>no_active_key</c>: one of them may not sign; no other is tried.</exception>
    private ImmutableArray<OpenedKey> Choose(ProfileConfiguration profile, ImmutableArray<string> names, ImmutableDictionary<string, KeyState> decided, DateTimeOffset now)
    {
        ImmutableArray<SignerKeyConfiguration> chosen = names.IsEmpty
            ? [.. profile.Signers.Where(signer => StateOf(signer, decided) == KeyState.Active)]
            : [.. names.Select(name => profile.Signers.FirstOrDefault(signer => string.Equals(signer.Name, name, StringComparison.Ordinal))
                ?? throw Problems.ModeNotAllowed.Because("options.signers names a signer that the profile does not have"))];
        if (chosen.IsEmpty)
        {
            throw Problems.NoActiveKey.Because($"no key of the profile {profile.Name} is active").After(60);
        }

        ImmutableArray<OpenedKey> keys = [.. chosen.Select(signer => _keys[signer.Pinned.Fingerprint])];
        return keys.Select(key => key.Objection(StateOf(key.Configuration, decided), now)).FirstOrDefault(objection => objection is not null) is { } objection
            ? throw Problems.NoActiveKey.Because(objection).After(60)
            : keys;
    }

    /// <summary>Where a key stands: what was decided, unless that is milder than a revocation in the configuration.</summary>
    public static KeyState StateOf(SignerKeyConfiguration signer, ImmutableDictionary<string, KeyState> decided) =>
        signer.State == KeyState.Revoked ? KeyState.Revoked : decided.GetValueOrDefault(signer.Pinned.Fingerprint, signer.State);

    /// <summary>How many wait for the keys of each kind of place.</summary>
    public IEnumerable<Measurement<int>> Queues() =>
        _keys.Values.GroupBy(key => key.Source, StringComparer.Ordinal).Select(group => new Measurement<int>(group.Sum(key => key.Turns.Length), new KeyValuePair<string, object?>("provider", group.Key)));

    /// <summary>Forgets the private halves.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (OpenedKey key in _keys.Values)
        {
            await key.Key.DisposeAsync().ConfigureAwait(false);
        }

        foreach (KeylessKeys keys in _keyless.Values)
        {
            await keys.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static async Task<OpenedKey> OpenAsync(SignerKeyConfiguration signer, int atOnce, TimeProvider clock, CancellationToken cancellation)
    {
        KeyOpening opening = new()
        {
            Scheme = new SchemeChoice(signer.Algorithm, SignatureScheme.RsaPkcs1Sha256),
            Passwords = signer.PasswordFile is { } file ? new PasswordFile(file, "passwordFile") : PasswordPrompt.None,
            Clock = clock,
        };
        SigningKey key = await KnownKeySources.OpenAsync(signer.Uri, opening, cancellation).ConfigureAwait(false);
        try
        {
            key.PinTo(signer.Pinned);
            return new OpenedKey(signer, key) { Turns = new KeyTurns(atOnce) };
        }
        catch (SigningException)
        {
            await key.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
