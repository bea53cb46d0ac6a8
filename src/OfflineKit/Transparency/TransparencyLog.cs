using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Transparency;

/// <summary>A log that somebody decided to trust: a Rekor log or a certificate transparency log.</summary>
/// <param name="BaseUrl">The log's address as the trust root writes it; it names the log and is never opened.</param>
/// <param name="Key">The log's key, bound to the one scheme that it signs with.</param>
/// <param name="Id">The 32 bytes by which entries and timestamps refer to the log.</param>
/// <param name="Validity">When the log may sign; closed at both ends.</param>
/// <param name="Root">The name of the trust root that holds the log.</param>
internal sealed record TransparencyLog(string BaseUrl, PublicKey Key, ReadOnlyMemory<byte> Id, Validity Validity, string Root)
{
    /// <summary>How reports call it: by its address, or by its id where the trust root states none.</summary>
    public string Name => BaseUrl.Length > 0 ? BaseUrl : $"log {StrictHex.Encode(Id.Span)[..16]}";

    /// <summary>The id is the key's alone, as Rekor v1 makes it: then it binds a checkpoint, whatever origin the server was given.</summary>
    public bool IsCalledByKey => Key.Material.Fingerprints.Contains(StrictHex.Encode(Id.Span), StringComparer.Ordinal);

    /// <summary>The id is made of <paramref name="origin"/> and the key, as signed notes have it (Rekor v2).</summary>
    public bool IsCalledBy(string origin) => Key.Material.Kind switch
    {
        KeyKind.Ed25519 => IsCalled(NoteKey.IdentifierOfEd25519(origin, Key.Material.Ed25519Bytes.Span)),
        KeyKind.Rsa => IsCalled(NoteKey.IdentifierOfRsa(origin, Key.Material.Spki.Span)),
        _ => false,
    };

    /// <summary>The log is called <paramref name="id"/>: all 32 bytes agree.</summary>
    public bool IsCalled(ReadOnlySpan<byte> id) => Id.Span.SequenceEqual(id);
}
