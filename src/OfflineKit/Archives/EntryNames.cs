using System.Text.Unicode;
using OfflineKit.Encoding;

namespace OfflineKit.Archives;

/// <summary>The names of an archive so far: plain, relative, and no two of them one file on any file system.</summary>
internal sealed class EntryNames
{
    private const int Longest = 1024;

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
        bool safe = plain.Length <= Longest && (plain.Length == 0 || PortableName.Is(plain));
        return safe ? plain : throw new MalformedException(ArchiveReasons.UnsafeName, $"name \"{name}\"");
    }
}
