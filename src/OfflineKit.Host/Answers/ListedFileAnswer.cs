using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Exports;
using OfflineKit.FileSystem;
using OfflineKit.Formats.Checksums;
using OfflineKit.Host.Requests;

namespace OfflineKit.Host.Answers;

/// <summary>The answer about one file that a signed list of checksums names.</summary>
internal static class ListedFileAnswer
{
    private const int MostBytesOfList = Limits.SignatureFile, MostBytesOfUnnamedList = 64 * 1024;

    /// <summary><paramref name="subject"/> with the signatures of the list that was named as its signature; as it is when that is no list, or one that nobody signed. A pipe can be read once: what comes through one is a signature.</summary>
    public static Subject WithList(VerifyRequest request, Subject subject)
    {
        bool mayBeList = subject.Signature is { } path && request.Format is null or { Name: "checksums" } && !Inputs.IsStandardInput(path) && FileStatus.Of(path) == FileType.File;
        return mayBeList && Signatures(subject.Signature!, subject) is { } signatures ? subject with { ListSignatures = signatures } : subject;
    }

    /// <summary><paramref name="subject"/> with the signed lists of its own folder that name it, links to lists among them, or null.</summary>
    /// <remarks>A list is told by its name; as one that is clear-signed; or, where it is small, by a signature beside it, as hashes.txt of a project or app.tar.gz.sha256sum of one file.</remarks>
    public static Subject? InItsFolder(Subject subject)
    {
        string folder = Path.GetDirectoryName(subject.Name) is { Length: > 0 } named ? named : ".";
        return Naming(subject, MayBeLists(folder, subject.Inputs, FileStatus.Of));
    }

    /// <summary><paramref name="subject"/> with the signed lists of <paramref name="folder"/>, in or below which it lies, that name it, or null. No link is followed.</summary>
    /// <remarks>Which files are lists is looked up once a run; what stands in them is read by each question.</remarks>
    public static Subject? InFolder(Subject subject, string folder) => Naming(subject, ListsIn(folder, subject.Inputs));

    /// <summary>A file of <paramref name="folder"/> whose name says nothing is a list of checksums that somebody signed. No link is followed.</summary>
    public static bool HoldsUnnamedList(string folder, Inputs inputs) => !ListsIn(folder, inputs).IsEmpty;

    // What stands in files can change while their folder does not: only a run over a medium asks this, and no host that asks for days.
    private static ImmutableArray<string> ListsIn(string folder, Inputs inputs) =>
        inputs.Seen(folder, look => new ListPaths([.. MayBeLists(look, inputs, FileStatus.OfNameItself).Where(path => ListedFileVerifier.IsListName(Path.GetFileName(path)) || IsReadableList(path))])).Paths;

    // A file that cannot be read has a line of its own wherever this is asked, and hides no list beside it.
    private static bool IsReadableList(string path)
    {
        try
        {
            return ListedFileVerifier.IsList(InputFile.ReadAll(path, MostBytesOfUnnamedList, "list"));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // By the name, or, of small files, by a signature beside it.
    private static IEnumerable<string> MayBeLists(string folder, Inputs inputs, Func<string, FileType> typeOf) =>
        from name in inputs.Seen(folder, look => NamesThatMayBeLists(look, inputs.SignaturesIn(look))).Names
        let path = folder == "." ? name : Path.Join(folder, name)
        where ListedFileVerifier.IsListName(name) ? typeOf(path) == FileType.File
            : !inputs.NotLists.Know(path) && typeOf(path) == FileType.File && PlainFile.Length(path) <= MostBytesOfUnnamedList
        select path;

    private static ListNames NamesThatMayBeLists(string folder, ILookup<string, string> signed) => new(
    [
        .. Folder.Names(folder, name => ListedFileVerifier.IsListName(name) || signed.Contains(name)).OrderBy(name => name, StringComparer.Ordinal).OrderBy(name => ListedFileVerifier.IsListName(name) ? 0 : 1),
    ]);

    // A name that is no UTF-8 is no list's, and does not keep the lists from being read.
    private static Subject? Naming(Subject subject, IEnumerable<string> paths)
    {
        ImmutableArray<Subject> lists =
        [
            .. from path in paths
               let signatures = Signatures(path, subject)
               where signatures is not null && ListedFileVerifier.Names(InputFile.ReadAll(path, MostBytesOfList, "list"), PlaceOf(subject, path))
               select subject with { Signature = path, ListSignatures = signatures.Value },
        ];
        return lists.IsEmpty ? null : lists[0] with { OtherLists = lists[1..] };
    }

    /// <summary>The verdict on <paramref name="artifact"/>.</summary>
    /// <param name="subject">The file, its list, and the signatures of that.</param>
    /// <param name="artifact">The file, not read yet.</param>
    /// <param name="list">The list as it was read.</param>
    /// <param name="resolved">What is asked, with its trust.</param>
    /// <param name="time">The time of verification.</param>
    public static Verdict Of(Subject subject, Artifact artifact, ReadOnlyMemory<byte> list, ResolvedRequest resolved, DateTimeOffset time)
    {
        ImmutableArray<NamedContent> signatures = [.. subject.ListSignatures.Select(path => new NamedContent(Path.GetFileName(path), subject.Read(path, Limits.SignatureFile, "signature file")))];
        return ListedFileVerifier.Verify(new ListedFileRequest(artifact, PlaceOf(subject, subject.Signature!), new NamedContent(Path.GetFileName(subject.Signature!), list), signatures, resolved.Context(time), resolved.Each)
        {
            Demands = resolved.All(time),
            StatementTypes = resolved.StatementTypes,
        });
    }

    // The list speaks of its own folder; where that and the file's are is asked of the system, links on the way followed. What is handed over as bytes lies nowhere.
    private static FilePlace PlaceOf(Subject subject, string list)
    {
        if (subject.Content is not null || subject.Digest is not null || Inputs.IsStandardInput(subject.Name) || Inputs.IsStandardInput(list))
        {
            return FilePlace.Elsewhere(subject.Name);
        }

        string folder = Path.TrimEndingDirectorySeparator(FolderOf(list)) + Path.DirectorySeparatorChar, file = Path.Join(FolderOf(subject.Name), Path.GetFileName(subject.Name));
        return file.StartsWith(folder, StringComparison.Ordinal) ? FilePlace.Below(file[folder.Length..]) : FilePlace.Elsewhere(file);
    }

    private static string FolderOf(string path) => Path.GetFullPath(Links.Final(Path.GetDirectoryName(path) is { Length: > 0 } above ? above : "."));

    // Null: no list that somebody signed; a document that carries list and signature may also be the signature of the list itself.
    private static ImmutableArray<string>? Signatures(string path, Subject subject)
    {
        if (PlainFile.Length(path) > MostBytesOfList || subject.Inputs.NotLists.Add(path, IsNone))
        {
            return null;
        }

        byte[] content = InputFile.ReadAll(path, MostBytesOfList, "signature file");
        if (!ListedFileVerifier.IsList(content))
        {
            return null;
        }

        ImmutableArray<string> beside = SignatureSearch.NamedAfter(path, named: null, subject.Inputs);
        return ListedFileVerifier.CarriesSignature(content)
            ? ListedFileVerifier.Names(content, PlaceOf(subject, path)) ? beside : null
            : beside.IsEmpty ? null : beside;
    }

    private static bool IsNone(string path) => !ListedFileVerifier.IsList(InputFile.ReadAll(path, MostBytesOfList, "signature file"));

    // What is kept of a folder while a run lasts: paths alone.
    private sealed record ListPaths(ImmutableArray<string> Paths);

    // Names alone, in the order in which they are asked.
    private sealed record ListNames(ImmutableArray<string> Names);
}
