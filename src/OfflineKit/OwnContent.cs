namespace OfflineKit;

/// <summary>The content that a signed document carries itself.</summary>
internal sealed record OwnContent
{
    private readonly ReadOnlyMemory<byte>? _separable;
    private readonly Reason _otherwise;

    private OwnContent(ReadOnlyMemory<byte>? separable, Reason otherwise) => (_separable, _otherwise) = (separable, otherwise);

    /// <summary>The signed content is a part of the document: no other file is it, and one laid beside the document is refused for <paramref name="otherwise"/>.</summary>
    public static OwnContent Inseparable(Reason otherwise) => new(separable: null, otherwise);

    /// <summary>The document holds a whole file: <paramref name="content"/>.</summary>
    public static OwnContent Embedded(ReadOnlyMemory<byte> content) => new(content, Reasons.SelfContained);

    /// <summary>The whole file that the document holds; null where the signed content is none.</summary>
    internal ReadOnlyMemory<byte>? File => _separable;

    /// <summary>Why the document vouches for nothing of <paramref name="artifact"/>, which was read, or null when it is this content or the document itself.</summary>
    internal Finding? Judge(Artifact artifact) => artifact.IsDocumentItself || (_separable is { } content && artifact.Is(content.Span))
        ? null
        : _otherwise.Because($"the document signs what it carries itself, not {artifact.Name}");
}
