using System.Collections.Immutable;

namespace OfflineKit.Trust.OpenPgp;

/// <summary>A verified signature of a primary key about itself, one of its names or a subkey.</summary>
/// <param name="Signature">The signature.</param>
internal sealed record SelfSignature(OpenPgpSignature Signature)
{
    /// <summary>What it says.</summary>
    public HashedPart Says => Signature.Says;

    /// <summary>The verified cross-signatures in it, by which the subkey that it is about agrees to belong to the certificate, at whatever time.</summary>
    public ImmutableArray<OpenPgpSignature> Agreements { get; init; } = [];

    /// <summary>The subkey agrees at <paramref name="time"/>, in a cross-signature of which everything that must be understood is.</summary>
    public bool IsAgreedAt(DateTimeOffset? time) => Agreements.Any(agreement => agreement.Says.Critical is null && agreement.Says.IsAliveAt(time));

    /// <summary>The earliest time at which, by its word, it ends itself or <paramref name="key"/> does; null: never.</summary>
    public DateTimeOffset? EndOf(OpenPgpKey key)
    {
        DateTimeOffset? own = Says.CreatedAt + Says.Lifetime, stated = key.CreatedAt + Says.KeyLifetime;
        return own < stated || stated is null ? own : stated;
    }
}
