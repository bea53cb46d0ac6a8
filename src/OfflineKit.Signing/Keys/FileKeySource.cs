using OfflineKit.Crypto;
using OfflineKit.Signing.Keys.Files;

namespace OfflineKit.Signing.Keys;

/// <summary>Private keys in files: PEM in its many forms, minisign, signify, cosign.</summary>
internal sealed class FileKeySource : KeySource
{
    /// <inheritdoc/>
    public override string Name => "key files";

    /// <inheritdoc/>
    public override bool Opens(KeyUri uri) => uri is FileKeyUri;

    /// <inheritdoc/>
    public override Task<SigningKey> OpenAsync(KeyUri uri, KeyOpening opening, CancellationToken cancellation)
    {
        (PrivateHalf half, ulong? minisignId) = PrivateKeyFile.Open(((FileKeyUri)uri).Path, opening);
        try
        {
            PublicKey publicKey = opening.Scheme.Bind(half.Public);
            return Task.FromResult<SigningKey>(new FileSigningKey(uri, publicKey, half, minisignId));
        }
        catch (SigningException)
        {
            half.Dispose();
            throw;
        }
    }
}
