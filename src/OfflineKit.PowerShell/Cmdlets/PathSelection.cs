using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.IO;
using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>What a path may lead to.</summary>
internal enum Wanted
{
    /// <summary>Files alone.</summary>
    File,

    /// <summary>Files and folders.</summary>
    FileOrFolder,

    /// <summary>Any name, whether something is there or not.</summary>
    Anything,
}

/// <summary>Turns -Path (wildcards) and -LiteralPath into files of the file system; whatever is none is handed to <c>unusable</c>, never thrown.</summary>
internal sealed class PathSelection
{
    private readonly PSCmdlet _cmdlet;
    private readonly Wanted _wanted;
    private readonly Action<string> _found;
    private readonly Action<string, string, string> _unusable;

    /// <summary>Selects for <paramref name="cmdlet"/>.</summary>
    public PathSelection(PSCmdlet cmdlet, Wanted wanted, Action<string> found, Action<string, string, string> unusable) =>
        (_cmdlet, _wanted, _found, _unusable) = (cmdlet, wanted, found, unusable);

    /// <summary>Takes <paramref name="paths"/>, in which wildcards stand for any files.</summary>
    public void Wildcards(string?[]? paths) => Each(paths, Wildcard);

    /// <summary>Takes <paramref name="paths"/> as they are.</summary>
    public void Literals(string?[]? paths) => Each(paths, Literal);

    /// <summary>The one place in the file system that <paramref name="path"/> names, whether something is there or not; any other place ends <paramref name="cmdlet"/>.</summary>
    public static string One(PSCmdlet cmdlet, string path)
    {
        string full = "";
        void End(string _, string id, string message) => cmdlet.ThrowTerminatingError(ErrorRecords.Of(id, message, path));
        new PathSelection(cmdlet, Wanted.Anything, found => full = found, End).Literals(new[] { path });
        return full;
    }

    private void Each(string?[]? paths, Func<string, IReadOnlyList<string>> resolve)
    {
        if (paths == null || paths.Length == 0)
        {
            _unusable("", "PathNullOrEmpty", "the path is null or empty");
            return;
        }

        foreach (string? path in paths)
        {
            if (string.IsNullOrEmpty(path))
            {
                _unusable("", "PathNullOrEmpty", "the path is null or empty");
                continue;
            }

            foreach (string file in Resolved(path!, resolve))
            {
                Existing(file);
            }
        }
    }

    // Only finding the files may fail here: what is done with them fails on its own account.
    private IReadOnlyList<string> Resolved(string path, Func<string, IReadOnlyList<string>> resolve)
    {
        try
        {
            return resolve(path);
        }
        catch (Exception fault) when (IsPathFault(fault))
        {
            _unusable(path, "PathNotFound", fault.Message);
            return Array.Empty<string>();
        }
    }

    private IReadOnlyList<string> Wildcard(string path)
    {
        Collection<string> found = _cmdlet.GetResolvedProviderPathFromPSPath(path, out ProviderInfo provider);
        if (provider.Name != "FileSystem")
        {
            return None(path, "PathNotFileSystem", $"{path} is not in the file system");
        }

        if (found.Count == 0)
        {
            return None(path, "PathNotFound", $"{path} matches nothing");
        }

        // "a[1].txt" is a pattern that matches a1.txt: a script that goes on with a[1].txt would use a file that nobody verified.
        return WildcardPattern.ContainsWildcardCharacters(path) && Literal(path) is { Count: 1 } meant && There(meant[0]) && !found.Contains(meant[0])
            ? None(path, "PathNotFound", $"{path} is a pattern that does not match the file of this very name; name it with -LiteralPath")
            : found;
    }

    private IReadOnlyList<string> Literal(string path)
    {
        string file = _cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        return provider.Name == "FileSystem" ? new[] { file } : None(path, "PathNotFileSystem", $"{path} is not in the file system");
    }

    private string[] None(string path, string errorId, string message)
    {
        _unusable(path, errorId, message);
        return Array.Empty<string>();
    }

    private void Existing(string file)
    {
        if (There(file))
        {
            _found(file);
        }
        else
        {
            _unusable(file, "PathNotFound", Directory.Exists(file) ? $"{file} is a folder" : $"{file} does not exist");
        }
    }

    private bool There(string file) => _wanted == Wanted.Anything || File.Exists(file) || (_wanted == Wanted.FileOrFolder && Directory.Exists(file));

    private static bool IsPathFault(Exception fault) =>
        fault is ItemNotFoundException || fault is System.Management.Automation.DriveNotFoundException || fault is ProviderNotFoundException
        || fault is PSArgumentException || fault is PSInvalidOperationException || fault is NotSupportedException
        || fault is IOException || fault is UnauthorizedAccessException || fault is WildcardPatternException;
}
