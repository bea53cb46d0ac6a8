using System.Collections.Immutable;
using OfflineKit.Crypto;

namespace OfflineKit.Trust;

/// <summary>How the bytes that a key signs are made.</summary>
internal enum SignatureForm
{
    /// <summary>By the rules of the format, which tell them from every other format's.</summary>
    Separated,

    /// <summary>As minisign and signify do: a hash, a file, or a signature with a comment, with nothing that says which.</summary>
    Minisign,
}

/// <summary>What is known of a signature besides who made it: the scope, the window and the life of its key are held against this.</summary>
/// <param name="Format">The format's name.</param>
internal sealed record SignatureFacts(string Format)
{
    /// <summary>How the signed bytes are made.</summary>
    public SignatureForm Form { get; init; }

    /// <summary>The name under which the artefact is verified; null where no artefact is signed.</summary>
    public string? ArtifactName { get; init; }

    /// <summary>The authenticated payload type; null where what is signed has none.</summary>
    public string? PayloadType { get; init; }

    /// <summary>The subkey that signed in the name of the trusted key; null where the key signed itself.</summary>
    public KeyMaterial? Subkey { get; init; }

    /// <summary>When the signature is proved to have existed; empty when nothing proves it. Every one of them counts.</summary>
    public ImmutableArray<DateTimeOffset> ProvedTimes { get; init; } = [];
}
