using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>Files that PowerShell passes over when it expands a pattern, since it cannot name them.</summary>
internal static class UnnamedFiles
{
    private static readonly char[] Separators = { '/', '\\' };

    /// <summary>The part of <paramref name="pattern"/> that names folders, as PowerShell reads it.</summary>
    public static string FoldersOf(string pattern)
    {
        int separator = pattern.LastIndexOfAny(Separators);
        return separator < 0 ? "." : pattern.Substring(0, separator + 1);
    }

    /// <summary>Refuses <paramref name="pattern"/> where it may match such a file in <paramref name="folders"/>, or beside what was <paramref name="found"/>: what cannot be seen is not absent.</summary>
    /// <returns>False: nothing was refused.</returns>
    /// <remarks>What was found need not lie in the folders: a file "sub\a" is told as the file "a" of the folder "sub".</remarks>
    /// <exception cref="PathException">It may.</exception>
    public static bool Refuse(string pattern, IReadOnlyList<string> found, IReadOnlyList<string> folders)
    {
        WildcardPattern name = WildcardPattern.Get(pattern.Substring(pattern.LastIndexOfAny(Separators) + 1), WildcardOptions.IgnoreCase);
        foreach (string folder in folders)
        {
            Refuse(pattern, name, folder);
        }

        Refuse(pattern, pattern.LastIndexOfAny(Separators), found, levels: 0);
        int slash = pattern.LastIndexOf('/'), levels = pattern.Substring(slash + 1).Split('\\').Length - 1;
        if (Path.DirectorySeparatorChar == '/' && levels > 0)
        {
            // "sub\*" is the files of a folder to PowerShell, and to Unix also files beside it.
            Refuse(pattern, slash, found, levels);
        }

        return false;
    }

    private static void Refuse(string pattern, int separator, IReadOnlyList<string> found, int levels)
    {
        WildcardPattern last = WildcardPattern.Get(pattern.Substring(separator + 1), WildcardOptions.IgnoreCase);
        HashSet<string> seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (string full in found)
        {
            string? folder = Path.GetDirectoryName(full);
            for (int i = 0; i < levels; i++)
            {
                folder = Path.GetDirectoryName(folder);
            }

            if (folder != null && seen.Add(folder))
            {
                Refuse(pattern, last, folder);
            }
        }
    }

    private static void Refuse(string pattern, WildcardPattern last, string folder)
    {
        foreach (string entry in Directory.EnumerateFileSystemEntries(folder))
        {
            string name = entry.Substring(folder.Length).TrimStart(Path.DirectorySeparatorChar);
            if (ExactName.Fault(name) is string fault && last.IsMatch(name))
            {
                throw new PathException("PathNotFound", $"{pattern} may match a file in {folder} that PowerShell passes over: {fault}");
            }
        }
    }
}
