using System.Buffers;
using System.Text.Unicode;
using OfflineKit.Encoding;

namespace OfflineKit.Archives;

/// <summary>The names of an archive so far: plain, relative, and no two of them one file on any file system.</summary>
internal sealed class EntryNames
{
    private const int Longest = 1024;
    private static readonly SearchValues<char> Unsafe = SearchValues.Create("\\:*?\"<>|");

    private readonly HashSet<string> _files = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _folders = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _aliases = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes up a file; a leading <c>./</c> is dropped.</summary>
    public string AddFile(string name)
    {
        string plain = Plain(name);
        if (plain.Length == 0)
        {
            throw new MalformedException(ArchiveReasons.UnsafeName, $"file name \"{name}\"");
        }

        if (!_files.Add(plain) || _folders.Contains(plain) || _aliases.Contains(plain))
        {
            throw new MalformedException(ArchiveReasons.Duplicate, $"\"{plain}\" occurs twice, perhaps with other capitals or as a folder");
        }

        AddFoldersOf(plain);
        return plain;
    }

    /// <summary>Takes up the name that some readers give to a file, which must not be the name of another one.</summary>
    internal void AddAlias(ReadOnlySpan<byte> name)
    {
        // Bytes that are no UTF-8, where a cut goes through a letter, are nobody's name.
        if (!Utf8.IsValid(name))
        {
            return;
        }

        string alias = Utf8Text.Decode(name, "name");
        _aliases.Add(alias);
        if (_files.Contains(alias))
        {
            throw new MalformedException(ArchiveReasons.Duplicate, $"\"{alias}\" is a file, and what some readers leave of a longer name");
        }
    }

    /// <summary>Takes up a folder; it may be named again.</summary>
    public void AddFolder(string name)
    {
        string plain = Plain(name.Length > 1 && name.EndsWith('/') ? name[..^1] : name);
        if (plain.Length > 0)
        {
            AddFoldersOf(plain + "/");
        }
    }

    private void AddFoldersOf(string name)
    {
        for (int cut = name.IndexOf('/', StringComparison.Ordinal); cut >= 0; cut = name.IndexOf('/', cut + 1))
        {
            string folder = name[..cut];
            if (_files.Contains(folder))
            {
                throw new MalformedException(ArchiveReasons.Duplicate, $"\"{folder}\" is a file and a folder");
            }

            _folders.Add(folder);
        }
    }

    private static string Plain(string name)
    {
        string plain = name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name == "." ? "" : name;
        bool safe = plain.Length <= Longest && !plain.AsSpan().ContainsAny(Unsafe) && !plain.Any(char.IsControl)
            && (plain.Length == 0 || plain.Split('/').All(IsSafeSegment));
        return safe ? plain : throw new MalformedException(ArchiveReasons.UnsafeName, $"name \"{name}\"");
    }

    // A trailing dot or blank vanishes on Windows, where two names would then be one.
    private static bool IsSafeSegment(string segment) => segment.Length > 0 && segment is not ("." or "..") && segment[^1] is not ('.' or ' ') && !IsDevice(segment);

    // Windows opens a device by such a name, in every folder and whatever its extension.
    private static bool IsDevice(ReadOnlySpan<char> segment)
    {
        int dot = segment.IndexOf('.');
        ReadOnlySpan<char> stem = (dot < 0 ? segment : segment[..dot]).TrimEnd(' ');
        return stem.Length switch
        {
            3 => Is(stem, "con") || Is(stem, "prn") || Is(stem, "aux") || Is(stem, "nul"),
            4 => (Is(stem[..3], "com") || Is(stem[..3], "lpt")) && stem[3] is (>= '0' and <= '9') or '\u00B9' or '\u00B2' or '\u00B3',
            6 => Is(stem, "conin$"),
            7 => Is(stem, "conout$"),
            _ => false,
        };
    }

    private static bool Is(ReadOnlySpan<char> stem, string device) => stem.Equals(device, StringComparison.OrdinalIgnoreCase);
}
