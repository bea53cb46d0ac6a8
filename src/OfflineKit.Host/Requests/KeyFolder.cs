using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.FileSystem;
using OfflineKit.Trust;

namespace OfflineKit.Host.Requests;

/// <summary>A folder in place of a key: every public key file in it is trusted, and whatever else is in it is left out and named.</summary>
/// <param name="Words">The keys, in ordinal order of their names.</param>
/// <param name="Remarks">What was left out, and why; untrusted text.</param>
internal sealed record KeyFolder(ImmutableArray<GivenWord> Words, ImmutableArray<string> Remarks)
{
    /// <summary>The keys in <paramref name="folder"/>, not in the folders in it.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="read">Reads a file of it.</param>
    /// <exception cref="UsageException">There is no key in it, a key in it is hidden, or what is in it cannot be told.</exception>
    public static KeyFolder Read(string folder, Func<string, NamedFile> read)
    {
        Result<FolderFiles> files = Result.Parse(Reasons.MalformedKey, () => new FolderFiles(Folder.Files(folder)));
        if (files.Value is null)
        {
            throw new UsageException($"key folder {folder}: {files.Finding!.Detail}", "rename the file, or name the keys one by one");
        }

        var words = ImmutableArray.CreateBuilder<GivenWord>();
        var remarks = ImmutableArray.CreateBuilder<string>();
        bool isKeyThere = false;
        foreach (string path in files.Value.Paths)
        {
            Result<NamedFile> file = File(path, read);
            Result<KeyFileContent> key = file.Value is { } named ? Result.Parse(Reasons.MalformedKey, () => KeyFile.ParseChosen(named.Content, named.Name, named.Origin, [])) : new Result<KeyFileContent>(Value: null, file.Finding);
            if (key.Finding is { } finding)
            {
                remarks.Add($"{path} is left out: {finding.Detail}");
            }

            if (key.Value is { Keys.IsEmpty: false } && Path.GetFileName(path).StartsWith('.'))
            {
                // Who looks into the folder does not see whom it trusts.
                throw new UsageException($"key folder {folder}: {path} is a hidden file and holds a key", "rename it so that it is seen, or take it out of the folder");
            }

            isKeyThere |= key.Value is { Keys.IsEmpty: false };
            if (key.Value is not null || (file.Value is { } other && SaysSomething(other)))
            {
                words.Add(new GivenWord(path) { File = file.Value, IsOfFolder = true });
            }
        }

        return isKeyThere ? new KeyFolder(words.ToImmutable(), remarks.ToImmutable()) : throw new UsageException(
            $"there is no public key in the folder {folder}{string.Concat(remarks.Select(remark => $"; {remark}"))}", "name a folder that holds public key files");
    }

    // A certificate that nothing can be verified by may say something against a copy of it.
    private static bool SaysSomething(NamedFile file) => Result.Parse(Reasons.MalformedKey, () => KeyFile.ParseWarnings(file.Content, file.Name, file.Origin)).Value is { LeftOut.IsEmpty: false };

    private static Result<NamedFile> File(string path, Func<string, NamedFile> read) => Result.Parse(Reasons.MalformedKey, () =>
    {
        if (FileStatus.Of(path) != FileType.File)
        {
            throw new MalformedException("it is no file");
        }

        try
        {
            return read(path);
        }
        catch (InputTooLargeException fault)
        {
            throw new MalformedException(Reasons.InputTooLarge, fault.Message);
        }
    });

    private sealed record FolderFiles(ImmutableArray<string> Paths);
}
