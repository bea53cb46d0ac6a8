using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.IO;
using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>A path names no file of the file system, or not exactly one.</summary>
internal sealed class PathException : Exception
{
    /// <summary>The error <paramref name="errorId"/> of this module.</summary>
    public PathException(string errorId, string message) : base(message) => ErrorId = errorId;

    /// <summary>PathNotFound or PathNotFileSystem.</summary>
    public string ErrorId { get; }
}

/// <summary>Finds the files that paths name, as PowerShell reads paths, and refuses those that PowerShell would take for another file.</summary>
internal sealed class FileSystemPaths
{
    private static readonly char[] Separators = { '/', '\\' };
    private readonly PSCmdlet _cmdlet;

    /// <summary>Paths of the session that <paramref name="cmdlet"/> runs in.</summary>
    public FileSystemPaths(PSCmdlet cmdlet) => _cmdlet = cmdlet;

    /// <summary>The full name of what <paramref name="path"/> names literally, whether something is there or not.</summary>
    /// <exception cref="PathException">It is no place in the file system, or PowerShell would read the name as another one.</exception>
    public string Exactly(string path)
    {
        string bare = ExactName.WithoutProvider(path), full = Guarded(path, () => InFileSystem(path));
        if (ExactName.Fault(full) is string fault)
        {
            throw new PathException("PathNotFound", $"{path}: {fault}");
        }

        return bare.IndexOf('\\') >= 0 && OtherReading(bare, full) is string other
            ? throw new PathException("PathNotFound", $"{path} may be {full} or the file of this very name, {other}, which PowerShell cannot name; rename that one")
            : full;
    }

    /// <summary>The full names of what <paramref name="pattern"/> matches, hidden files too.</summary>
    /// <exception cref="PathException">It matches nothing, or not what a file of this very name is, or perhaps a file that PowerShell cannot name.</exception>
    public IReadOnlyList<string> Matching(string pattern)
    {
        string literal = Guarded(pattern, () => InFileSystem(pattern));
        List<string> found = Guarded(pattern, () => Items(pattern));
        if (found.Count == 0)
        {
            throw new PathException("PathNotFound", $"{pattern} matches nothing");
        }

        // "a[1].txt" is a pattern that matches a1.txt: a script that goes on with a[1].txt would use a file that nobody verified.
        if (IsAt(literal) && !found.Contains(literal))
        {
            throw new PathException("PathNotFound", $"{pattern} is a pattern that does not match the file of this very name; name it with -LiteralPath");
        }

        foreach (string full in found)
        {
            if (ExactName.Fault(full) is string fault)
            {
                throw new PathException("PathNotFound", $"{full}: {fault}");
            }
        }

        if (ExactName.IsPattern(pattern) && !Guarded(pattern, () => PatternWalk.Matches(pattern, literal)).SetEquals(found.ConvertAll(full => full.TrimEnd(Separators))))
        {
            throw new PathException("PathNotFound", $"{pattern} matches other files in the file system than PowerShell finds by it, or files came and went; name them with -LiteralPath");
        }

        _ = pattern.IndexOf('\\') >= 0 && !ExactName.IsPattern(pattern) ? Exactly(pattern) : null;
        return found;
    }

    /// <summary>Whether something is where <paramref name="path"/> leads literally.</summary>
    public bool IsThere(string path)
    {
        try
        {
            return path.Length > 0 && IsAt(Exactly(path));
        }
        catch (PathException)
        {
            return false;
        }
    }

    private static bool IsAt(string path) => File.Exists(path) || Directory.Exists(path);

    private string InFileSystem(string path)
    {
        string full = _cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        return provider.Name == "FileSystem" ? full : throw new PathException("PathNotFileSystem", $"{path} is not in the file system");
    }

    private List<string> Items(string pattern)
    {
        List<string> names = new List<string>();
        foreach (PSObject item in _cmdlet.SessionState.InvokeProvider.Item.Get(new[] { pattern }, force: true, literalPath: false))
        {
            names.Add(item.BaseObject is FileSystemInfo file ? file.FullName : throw new PathException("PathNotFileSystem", $"{pattern} is not in the file system"));
        }

        return names;
    }

    // On Unix a backslash may belong to a name, but PowerShell reads it as the end of a folder's name. Where a file of that name is there, nobody knows which one is meant.
    private string? OtherReading(string path, string full)
    {
        if (Path.DirectorySeparatorChar == '\\')
        {
            return null;
        }

        for (int i = path.LastIndexOf('\\'); i >= 0; i = i == 0 ? -1 : path.LastIndexOfAny(Separators, i - 1))
        {
            string folder = i == 0 ? "/" : Guarded(path, () => InFileSystem(path.Substring(0, i)));
            string other = Path.Combine(folder, path.Substring(i + 1));
            if (other != full && IsAt(other))
            {
                return other;
            }
        }

        string whole = Path.Combine(_cmdlet.SessionState.Path.CurrentFileSystemLocation.ProviderPath, path);
        return whole != full && IsAt(whole) ? whole : null;
    }

    // PowerShell tells faults of paths by many kinds of exceptions. None of them may leave: the caller's guard would be skipped.
    private static T Guarded<T>(string path, Func<T> find)
    {
        try
        {
            return find();
        }
        catch (Exception fault) when (
            fault is RuntimeException || fault is NotSupportedException || fault is ArgumentException || fault is InvalidOperationException
            || fault is IOException || fault is UnauthorizedAccessException)
        {
            throw new PathException("PathNotFound", fault.Message.Length > 0 ? fault.Message : $"{path} cannot be read");
        }
    }
}
