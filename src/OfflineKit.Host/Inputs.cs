using OfflineKit.Exports;
using OfflineKit.FileSystem;
using OfflineKit.Host.Requests;

namespace OfflineKit.Host;

/// <summary>Everything that one run reads by name: each file that a question names is opened once and read once, and standard input is one thing only.</summary>
/// <param name="standardInput">Opens standard input; null where it carries something else, such as the requests of <c>serve</c>.</param>
/// <remarks>A pipe can be read only once, and a file can change: what a question named is what was there when it was read first. For any number of threads.</remarks>
internal sealed class Inputs(Func<Stream>? standardInput)
{
    /// <summary>How the command line writes standard input.</summary>
    public const string StandardInput = "-";

    private static readonly string[] SpellingsOfStandardInput = [StandardInput, "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"];

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _read = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NamedStore> _stores = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Folder, Type Answer), object> _seen = [];
    private string? _holder;

    /// <summary>What was seen in folders before, where the run is one question of many that a host asks; null: a folder is looked at once a run.</summary>
    public FolderLooks? Folders { get; init; }

    /// <summary><paramref name="path"/> means standard input.</summary>
    public static bool IsStandardInput(string path) => SpellingsOfStandardInput.Contains(path, StringComparer.Ordinal);

    /// <summary>All of <paramref name="path"/>, at most <paramref name="limit"/> bytes: the first time from the file, then what was read.</summary>
    /// <param name="path">The file, or standard input.</param>
    /// <param name="limit">The most bytes that it may have.</param>
    /// <param name="what">What it is, for messages.</param>
    /// <param name="by">Who names it, for messages.</param>
    /// <exception cref="InputTooLargeException">It has more.</exception>
    public ReadOnlyMemory<byte> Read(string path, int limit, string what, string by)
    {
        lock (_gate)
        {
            string key = IsStandardInput(path) ? StandardInput : path;
            if (!_read.TryGetValue(key, out ReadOnlyMemory<byte> content) || (key == StandardInput && _holder != by))
            {
                using Stream stream = Open(path, what, by);
                content = InputFile.ReadAll(stream, limit, $"{what} {path}");
                _read[key] = content;
            }

            return content.Length <= limit ? content : throw new InputTooLargeException($"{what} {path} is larger than {limit} bytes");
        }
    }

    /// <summary>The trust store in the folder <paramref name="path"/>: the first time from the folder, then what was read.</summary>
    public NamedStore Store(string path)
    {
        lock (_gate)
        {
            return _stores.TryGetValue(path, out NamedStore? store) ? store : _stores[path] = NamedStore.Read(path);
        }
    }

    /// <summary>The files that were seen to be no lists of checksums; a host that asks many questions hands on one for all of them.</summary>
    public NotLists NotLists { get; init; } = new();

    /// <summary>What <paramref name="look"/> says of <paramref name="folder"/>: asked once a run, or while the folder is as it is; one question for each type of answer.</summary>
    public T Seen<T>(string folder, Func<string, T> look)
        where T : notnull
    {
        if (Folders is { } looks)
        {
            return looks.Of(folder, look);
        }

        lock (_gate)
        {
            if (!_seen.TryGetValue((folder, typeof(T)), out object? known))
            {
                _seen.Add((folder, typeof(T)), known = look(folder));
            }

            return (T)known;
        }
    }

    /// <summary>Which names in <paramref name="folder"/> sign which (<see cref="SignatureNames"/>); none where the folder does not say what is in it.</summary>
    public ILookup<string, string> SignaturesIn(string folder) => Seen(folder, Look);

    private static ILookup<string, string> Look(string folder)
    {
        try
        {
            return SignatureNames.Among(new HashSet<string>(Folder.Names(folder, static _ => true), StringComparer.Ordinal));
        }
        catch (UnauthorizedAccessException)
        {
            // Names that every format knows can be tried where none can be listed.
            return SignatureNames.Among(new HashSet<string>(StringComparer.Ordinal));
        }
    }

    /// <summary><paramref name="path"/> for reading once from start to end.</summary>
    /// <exception cref="UsageException">It is standard input, which something else reads already.</exception>
    public Stream Open(string path, string what, string by)
    {
        if (!IsStandardInput(path))
        {
            return InputFile.Open(path, what);
        }

        lock (_gate)
        {
            if (standardInput is null || _holder is not null)
            {
                throw new UsageException($"{what}: standard input is read as {_holder ?? "something else"} already", "name a file for one of them");
            }

            _holder = by;
            return standardInput();
        }
    }
}
