namespace OfflineKit.Signing;

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
