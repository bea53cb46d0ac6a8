using System.Collections.Immutable;
using OfflineKit.Signing.Aws;
using OfflineKit.Signing.Azure;
using OfflineKit.Signing.Google;
using OfflineKit.Signing.Keys;
using OfflineKit.Signing.Pkcs11;
using OfflineKit.Signing.Plugins;
using OfflineKit.Signing.Vault;

namespace OfflineKit.Signing;

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
