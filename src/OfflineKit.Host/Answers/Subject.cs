using System.Collections.Immutable;
using OfflineKit.Crypto;

namespace OfflineKit.Host.Answers;

/// <summary>What a question is about.</summary>
/// <param name="Name">The artefact, or the document that carries its own signature.</param>
internal sealed record Subject(string Name)
{
    /// <summary>The signature file; null: in the artefact itself, or found beside it.</summary>
    public string? Signature { get; init; }

    /// <summary>The signature file is a list of checksums: the files beside it that sign it; default: it is none.</summary>
    public ImmutableArray<string> ListSignatures { get; init; }

    /// <summary>The same file with other lists that name it: any of all may be the one that is asked for.</summary>
    public ImmutableArray<Subject> OtherLists { get; init; } = [];

    /// <summary>Further signature files beside the artefact: any of all may be the one that is asked for.</summary>
    public ImmutableArray<string> Others { get; init; } = [];

    /// <summary>The signatures were found by their names, and not named: what the artefact itself carries counts as well.</summary>
    public bool IsSearched { get; init; }

    /// <summary>Every signature file.</summary>
    public IEnumerable<string> Signatures => Signature is null ? [] : Others.Prepend(Signature);

    /// <summary>The artefact's bytes; null: they are read from the file.</summary>
    public ReadOnlyMemory<byte>? Content { get; init; }

    /// <summary>The artefact's digest, where it is known and the artefact is not given.</summary>
    public Digest? Digest { get; init; }

    /// <summary>Where files and standard input are read.</summary>
    public required Inputs Inputs { get; init; }

    /// <summary>Told the artefact's size (−1: unknown) before it is read, and gives what is told how much of it was read; null: nobody watches.</summary>
    public Func<long, Action<long>?>? Watch { get; init; }

    /// <summary>The artefact, to be read once.</summary>
    public Artifact Open()
    {
        if (Digest is not null)
        {
            return Artifact.FromDigest(Digest);
        }

        if (Content is { } held)
        {
            return Artifact.FromBytes(Name, held);
        }

        Stream stream = Inputs.Open(Name, "artefact", "the artefact");
        Artifact artifact = Artifact.FromStream(Name, stream);
        artifact.OnRead = Watch?.Invoke(stream.CanSeek ? stream.Length : -1);
        return artifact;
    }

    /// <summary>All of the document that carries its own signature.</summary>
    public ReadOnlyMemory<byte> Document() => Content ?? Read(Name, Limits.SignedDocument, "document");

    /// <summary>All of the file <paramref name="path"/>.</summary>
    public ReadOnlyMemory<byte> Read(string path, int limit, string what)
    {
        using Stream stream = Inputs.Open(path, what, "the " + what);
        return InputFile.ReadAll(stream, limit, $"{what} {path}");
    }
}
