using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>Turns whatever a script names into files of the file system, each by its exact full name; whatever is none is handed to <c>unusable</c>, never thrown.</summary>
internal sealed class PathSelection
{
    private const int DepthLimit = 16;
    private readonly FileSystemPaths _paths;
    private readonly PathIntrinsics _session;
    private readonly Wanted _wanted;
    private readonly Action<string> _found;
    private readonly Action<string, string, string> _unusable;

    /// <summary>Selects for <paramref name="cmdlet"/>; <paramref name="unusable"/> gets path, error id and message.</summary>
    public PathSelection(PSCmdlet cmdlet, Wanted wanted, Action<string> found, Action<string, string, string> unusable) =>
        (_paths, _session, _wanted, _found, _unusable) = (new FileSystemPaths(cmdlet), cmdlet.SessionState.Path, wanted, found, unusable);

    /// <summary>The one place in the file system that <paramref name="path"/> names, whether something is there or not; any other place ends <paramref name="cmdlet"/>.</summary>
    public static string One(PSCmdlet cmdlet, string path)
    {
        try
        {
            return new FileSystemPaths(cmdlet).Exactly(path);
        }
        catch (PathException fault)
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.Of(fault.ErrorId, fault.Message, path));
            throw;
        }
    }

    /// <summary>Takes what <paramref name="value"/> names: wildcards in texts stand for any files, objects carry exact names, lists are taken apart.</summary>
    public void Take(object? value) => Take(value, depth: 0, _paths.Matching);

    /// <summary>Takes what <paramref name="value"/> names; every character of a text counts as it is.</summary>
    public void TakeLiterally(object? value) => Take(value, depth: 0, Exactly);

    private IReadOnlyList<string> Exactly(string path) => new[] { _paths.Exactly(path) };

    private void Take(object? value, int depth, Func<string, IReadOnlyList<string>> read)
    {
        switch (AnyText.Bare(value))
        {
            case null:
            case "":
                _unusable("", "PathNullOrEmpty", "the path is null or empty");
                break;
            case string text:
                Resolve(text, read);
                break;
            case IList list when depth < DepthLimit && AnyText.Tried(() => new ArrayList(list).ToArray(), Array.Empty<object?>()) is { Length: > 0 } elements:
                foreach (object? one in elements)
                {
                    Take(one, depth + 1, read);
                }

                break;
            case object other when FileObject.NameIn(value, _session) is string name:
                Resolve(name, Exactly);
                break;
            case FileSystemInfo file:
                _unusable("", "PathNotFound", $"{file} is {file.FullName}, but other cmdlets would take the object for another file; hand over its full name");
                break;
            case object other:
                _unusable("", "PathNotFound", $"an object of type {other.GetType().FullName} names no file, or not one alone; a name in its Path is a pattern to other cmdlets, so let LiteralPath or FullName hold it");
                break;
        }
    }

    // Only finding the files may fail here: what is done with them fails on its own account.
    private void Resolve(string path, Func<string, IReadOnlyList<string>> read)
    {
        IReadOnlyList<string> files;
        try
        {
            files = read(path);
        }
        catch (PathException fault)
        {
            _unusable(path, fault.ErrorId, fault.Message);
            return;
        }

        foreach (string file in files)
        {
            Existing(file);
        }
    }

    private void Existing(string file)
    {
        if (_wanted == Wanted.Anything || File.Exists(file))
        {
            _found(file);
        }
        else if (!Directory.Exists(file))
        {
            _unusable(file, "PathNotFound", $"{file} does not exist");
        }
        else if (_wanted == Wanted.FileOrTree)
        {
            new FolderTree(_found, _unusable).Walk(file);
        }
        else if (_wanted == Wanted.FileOrFolder)
        {
            _found(file);
        }
        else
        {
            _unusable(file, "PathNotFound", $"{file} is a folder");
        }
    }
}
