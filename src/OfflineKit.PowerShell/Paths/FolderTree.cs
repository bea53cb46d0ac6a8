using System;
using System.Collections.Generic;
using System.IO;

namespace OfflineKit.PowerShell;

/// <summary>All files below a folder, hidden ones too, in the order of their names. What cannot be read or named is told, never passed over.</summary>
internal sealed class FolderTree
{
    private readonly Action<string> _found;
    private readonly Action<string, string, string> _unusable;
    private bool _isEmpty = true;

    /// <summary>Hands each file to <paramref name="found"/>, and whatever is none to <paramref name="unusable"/> (path, error id, message).</summary>
    public FolderTree(Action<string> found, Action<string, string, string> unusable) => (_found, _unusable) = (found, unusable);

    /// <summary>Walks <paramref name="folder"/>. Links to folders are not followed: what they lead to may lie elsewhere, or have no end.</summary>
    public void Walk(string folder)
    {
        Stack<string> open = new Stack<string>();
        open.Push(folder);
        while (open.Count > 0)
        {
            string current = open.Pop();
            string[] entries = Entries(current);
            // Files first, then the folders in their order.
            foreach (string entry in entries)
            {
                if (!Directory.Exists(entry))
                {
                    File(entry);
                }
            }

            for (int i = entries.Length - 1; i >= 0; i--)
            {
                Folder(entries[i], open);
            }
        }

        if (_isEmpty)
        {
            Unusable(folder, $"{folder} holds no file");
        }
    }

    private void Unusable(string path, string message)
    {
        _isEmpty = false;
        _unusable(path, "PathNotFound", message);
    }

    private void File(string entry)
    {
        if (ExactName.Fault(Path.GetFileName(entry)) is string fault)
        {
            Unusable(entry, $"{entry}: {fault}");
        }
        else
        {
            _isEmpty = false;
            _found(entry);
        }
    }

    private void Folder(string entry, Stack<string> open)
    {
        if (!Directory.Exists(entry))
        {
            return;
        }

        if (ExactName.Fault(Path.GetFileName(entry)) is string fault)
        {
            Unusable(entry, $"{entry}: {fault}");
        }
        else if (new DirectoryInfo(entry).Attributes.HasFlag(FileAttributes.ReparsePoint))
        {
            Unusable(entry, $"{entry} is a link to a folder, which is not followed");
        }
        else
        {
            open.Push(entry);
        }
    }

    private string[] Entries(string folder)
    {
        try
        {
            string[] entries = Directory.GetFileSystemEntries(folder);
            Array.Sort(entries, StringComparer.Ordinal);
            return entries;
        }
        catch (Exception fault) when (fault is IOException || fault is UnauthorizedAccessException)
        {
            Unusable(folder, $"{folder} cannot be read: {fault.Message}");
            return Array.Empty<string>();
        }
    }
}
