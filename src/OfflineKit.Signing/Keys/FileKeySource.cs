namespace OfflineKit.Signing.Keys;

/// <summary>Private keys in files.</summary>
public sealed class FileKeySource : KeySource
{
    /// <inheritdoc/>
    public override string Name => "key files";

    /// <inheritdoc/>
    public override bool Opens(KeyUri uri) => uri is FileKeyUri;

    /// <inheritdoc/>
    public override Task<SigningKey> OpenAsync(KeyUri uri, KeyOpening opening, CancellationToken cancellation) =>
        throw SigningReasons.KeyUnreadable.Refusal($"{uri}: not yet");
}
