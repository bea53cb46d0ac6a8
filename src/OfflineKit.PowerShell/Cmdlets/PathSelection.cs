using System;
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

    private void Each(string?[]? paths, Action<string> select)
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

            try
            {
                select(path!);
            }
            catch (Exception fault) when (IsPathFault(fault))
            {
                _unusable(path!, "PathNotFound", fault.Message);
            }
        }
    }

    private void Wildcard(string path)
    {
        Collection<string> found = _cmdlet.GetResolvedProviderPathFromPSPath(path, out ProviderInfo provider);
        if (provider.Name != "FileSystem")
        {
            _unusable(path, "PathNotFileSystem", $"{path} is not in the file system");
            return;
        }

        if (found.Count == 0)
        {
            _unusable(path, "PathNotFound", $"{path} matches nothing");
        }

        foreach (string file in found)
        {
            Existing(file);
        }
    }

    private void Literal(string path)
    {
        string file = _cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        if (provider.Name != "FileSystem")
        {
            _unusable(path, "PathNotFileSystem", $"{path} is not in the file system");
            return;
        }

        Existing(file);
    }

    private void Existing(string file)
    {
        if (File.Exists(file) || (_wanted == Wanted.FileOrFolder && Directory.Exists(file)))
        {
            _found(file);
        }
        else
        {
            _unusable(file, "PathNotFound", Directory.Exists(file) ? $"{file} is a folder" : $"{file} does not exist");
        }
    }

    private static bool IsPathFault(Exception fault) =>
        fault is ItemNotFoundException || fault is System.Management.Automation.DriveNotFoundException || fault is ProviderNotFoundException
        || fault is PSArgumentException || fault is PSInvalidOperationException || fault is NotSupportedException
        || fault is IOException || fault is UnauthorizedAccessException || fault is WildcardPatternException;
}
