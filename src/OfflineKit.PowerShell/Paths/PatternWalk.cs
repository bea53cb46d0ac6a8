using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>What a pattern matches in the file system itself, level by level.</summary>
/// <remarks>
/// PowerShell's own expansion passes over what it cannot name and over folders that are called like the pattern, at any level: whoever goes on with the same words
/// would use files that nobody verified. So whatever may be meant and is not matched refuses the pattern.
/// </remarks>
internal sealed class PatternWalk
{
    private static readonly char[] Separators = { '/', '\\' };
    private readonly string _pattern;
    private readonly string[] _names;
    private readonly bool _hasBackslash;

    private PatternWalk(string pattern, string[] names, bool hasBackslash) => (_pattern, _names, _hasBackslash) = (pattern, names, hasBackslash);

    /// <summary>The full names of what <paramref name="pattern"/> matches; <paramref name="full"/> is the same as one path, with the current location before it.</summary>
    /// <exception cref="PathException">Something is there that may be meant and cannot be matched.</exception>
    public static HashSet<string> Matches(string pattern, string full)
    {
        string root = Path.GetPathRoot(full) ?? "", typed = ExactName.WithoutProvider(pattern);
        string[] names = full.Substring(root.Length).Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        // The current location and the root of a drive are folders, whatever their names look like.
        int first = Math.Max(0, names.Length - TypedNames(typed));
        string folder = root;
        for (int i = 0; i < first; i++)
        {
            folder = Path.Combine(folder, names[i]);
        }

        string[] rest = new string[names.Length - first];
        Array.Copy(names, first, rest, 0, rest.Length);
        return new PatternWalk(pattern, rest, ExactName.IsUnix && typed.IndexOf('\\') >= 0).From(folder);
    }

    private HashSet<string> From(string start)
    {
        List<string> folders = new List<string> { start };
        for (int level = 0; level < _names.Length; level++)
        {
            List<string> next = new List<string>();
            foreach (string folder in folders)
            {
                next.AddRange(Level(folder, level));
            }

            folders = next;
        }

        return new HashSet<string>(folders, ExactName.Comparer);
    }

    private IEnumerable<string> Level(string folder, int level)
    {
        if (!Directory.Exists(folder))
        {
            return Array.Empty<string>();
        }

        if (_hasBackslash)
        {
            RefuseBackslashes(folder, level);
        }

        string name = _names[level];
        return WildcardPattern.ContainsWildcardCharacters(name) ? Matching(folder, name, level) : Literal(folder, name);
    }

    private List<string> Literal(string folder, string name)
    {
        string plain = WildcardPattern.Unescape(name), path = Path.Combine(folder, plain);
        if (plain != name && IsThere(Path.Combine(folder, name)))
        {
            throw Unmatched(folder, name);
        }

        return IsThere(path) ? new List<string> { path } : new List<string>();
    }

    private List<string> Matching(string folder, string name, int level)
    {
        WildcardPattern pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
        List<string> found = new List<string>();
        foreach (string entry in Names(folder))
        {
            if (!pattern.IsMatch(entry))
            {
                // "a[1]" is a pattern that matches a1.
                _ = entry == name ? throw Unmatched(folder, name) : true;
            }
            else if (level < _names.Length - 1 && File.Exists(Path.Combine(folder, entry)))
            {
                // Nothing lies below a file.
                continue;
            }
            else if (ExactName.Fault(entry) is string fault)
            {
                throw new PathException("PathNotFound", $"{_pattern} may match a file in {folder} that PowerShell passes over: {fault}");
            }
            else
            {
                found.Add(Path.Combine(folder, entry));
            }
        }

        return found;
    }

    // "sub\*" is the files of a folder to PowerShell, and to Unix also files beside it.
    private void RefuseBackslashes(string folder, int level)
    {
        string tail = string.Join("\\", _names, level, _names.Length - level);
        WildcardPattern pattern = WildcardPattern.Get(tail, WildcardOptions.IgnoreCase);
        foreach (string entry in Names(folder))
        {
            if (entry.IndexOf('\\') >= 0 && pattern.IsMatch(entry))
            {
                throw new PathException("PathNotFound", $"{_pattern} may match a file in {folder} that PowerShell passes over: {ExactName.Fault(entry)}");
            }
        }
    }

    private PathException Unmatched(string folder, string name) =>
        new PathException("PathNotFound", $"{_pattern} is a pattern that does not match {Path.Combine(folder, name)}, whose name it is; name it with -LiteralPath");

    private static IEnumerable<string> Names(string folder)
    {
        foreach (string entry in Directory.EnumerateFileSystemEntries(folder))
        {
            yield return Path.GetFileName(entry);
        }
    }

    private static bool IsThere(string path) => File.Exists(path) || Directory.Exists(path);

    // How many names of the full path were typed: "..", ".", the home folder and drives are none.
    private static int TypedNames(string typed)
    {
        int count = 0;
        foreach (string name in typed.Substring(typed.IndexOf(':') + 1).Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            count = name == ".." ? Math.Max(0, count - 1) : name == "." || (name == "~" && count == 0) ? count : count + 1;
        }

        return count;
    }
}
