using System.Collections.Immutable;
using OfflineKit.Signing.Aws;
using OfflineKit.Signing.Azure;
using OfflineKit.Signing.Google;
using OfflineKit.Signing.Keys;
using OfflineKit.Signing.Pkcs11;
using OfflineKit.Signing.Plugins;
using OfflineKit.Signing.Vault;

namespace OfflineKit.Signing;

/// <summary>One request to a service, for <c>--verbose</c>: no header, body or secret is ever in it.</summary>
internal sealed record ServiceRequest(string Service, string KeyReference, string Operation, string Status, long Milliseconds);

/// <summary>Everything that opening a key may need besides its name.</summary>
internal sealed record KeyOpening
{
    /// <summary>Which scheme the key shall sign with.</summary>
    public SchemeChoice Scheme { get; init; } = SchemeChoice.ByKind;

    /// <summary>Where passwords and PINs come from.</summary>
    public PasswordPrompt Passwords { get; init; } = PasswordPrompt.None;

    /// <summary>Looks up an environment variable; null when it is not set.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Told about every request to a service.</summary>
    public Action<ServiceRequest> OnRequest { get; init; } = _ => { };

    /// <summary>Told what the user should know: which credentials are used, what will not verify elsewhere.</summary>
    public Action<string> OnRemark { get; init; } = _ => { };

    /// <summary>How long a token or a plugin may take for one answer: it may wait for somebody's finger.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>What was sent or read as a secret: no message shows any of it.</summary>
    public HeldSecrets Secrets { get; init; } = new();

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}

/// <summary>A place where keys are: files, a cloud service, tokens, plugins.</summary>
internal abstract class KeySource
{
    /// <summary>What it is, for messages.</summary>
    public abstract string Name { get; }

    /// <summary>Keys of this form are opened here.</summary>
    public abstract bool Opens(KeyUri uri);

    /// <summary>The key, ready to sign: its public half fetched, its alias and version resolved. Creates nothing.</summary>
    public abstract Task<SigningKey> OpenAsync(KeyUri uri, KeyOpening opening, CancellationToken cancellation);
}

/// <summary>Every key source, one line each.</summary>
internal static class KnownKeySources
{
    /// <summary>All sources.</summary>
    public static ImmutableArray<KeySource> All { get; } =
    [
        new FileKeySource(),
        new AwsKeySource(),
        new AzureKeySource(),
        new GoogleKeySource(),
        new VaultKeySource(),
        new TokenKeySource(),
        new PluginKeySource(),
    ];

    /// <summary>Opens the key called <paramref name="uri"/>.</summary>
    /// <exception cref="SigningException">No source opens keys of this form, or the source refuses.</exception>
    public static Task<SigningKey> OpenAsync(KeyUri uri, KeyOpening opening, CancellationToken cancellation)
    {
        KeySource source = All.FirstOrDefault(candidate => candidate.Opens(uri))
            ?? throw SigningReasons.UnsupportedKeyUri.Refusal($"{uri}: this build opens {string.Join(", ", All.Select(candidate => candidate.Name))}");
        return source.OpenAsync(uri, opening, cancellation);
    }
}
