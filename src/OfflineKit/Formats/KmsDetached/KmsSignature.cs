using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.KmsDetached;

/// <summary>What a signature container says, before any key is known.</summary>
/// <param name="Container">The container's name, for the report.</param>
/// <param name="Readings">The value's bytes; a bare file may be read as binary or, failing that, as base64 text.</param>
internal sealed record KmsSignature(string Container, ImmutableArray<ReadOnlyMemory<byte>> Readings)
{
    /// <summary>The algorithm, from the container or from the caller; both agree.</summary>
    public AlgorithmLabel? Label { get; init; }

    /// <summary>How an ECDSA value is written, from the container, its service, or the caller; null decides by the content.</summary>
    public EcdsaEncoding? Encoding { get; init; }

    /// <summary>The file holds the value with nothing around it, so that somebody must say how it is written.</summary>
    public bool IsBare { get; init; }

    /// <summary>The name of the key according to the container: a hint.</summary>
    public string? KeyHint { get; init; }

    /// <summary>This signature with what the caller knows from outside.</summary>
    /// <exception cref="MalformedException">The caller expects another algorithm or encoding than the container states.</exception>
    public KmsSignature Under(AlgorithmLabel? label, EcdsaEncoding? encoding)
    {
        if (label is not null && Label is not null && label.Scheme != Label.Scheme)
        {
            throw new MalformedException(Reasons.AlgorithmMismatch, $"the signature says {Label.Text}, wanted {label.Text}");
        }

        if (encoding is not null && Encoding is not null && encoding != Encoding)
        {
            throw new MalformedException(Reasons.AlgorithmMismatch, $"{Container} signatures are encoded as {Encoding}, wanted {encoding}");
        }

        return this with { Label = label ?? Label, Encoding = encoding ?? Encoding };
    }
}
