namespace OfflineKit.Files;

/// <summary>What an earlier output of one kind looks like: that, and nothing else, may be replaced by the next one.</summary>
/// <param name="Name">The kind, for messages: <c>minisign signature</c>.</param>
/// <param name="Recognises">Whether an existing file is of this kind; it gets the file from its start.</param>
public sealed record OutputKind(string Name, Func<Stream, bool> Recognises)
{
    /// <summary>Secret keys: one that is lost cannot be made again, so nothing is ever taken for an earlier one.</summary>
    public static OutputKind SecretKey { get; } = new("secret key", static _ => false) { WhyKept = "may be a secret key, which cannot be made again" };

    /// <summary>What is said of an existing file that is not of this kind.</summary>
    public string WhyKept { get; private init; } = $"is no {Name}";

    /// <summary>A kind that is told by the whole content of small files.</summary>
    /// <param name="name">The kind, for messages.</param>
    /// <param name="limit">The most bytes that such a file has.</param>
    /// <param name="recognises">Whether content is of this kind.</param>
    public static OutputKind OfContent(string name, int limit, Func<ReadOnlyMemory<byte>, bool> recognises) => new(name, file =>
    {
        if (file.Length > limit)
        {
            return false;
        }

        byte[] content = new byte[file.Length];
        file.ReadExactly(content);
        return recognises(content);
    });
}
