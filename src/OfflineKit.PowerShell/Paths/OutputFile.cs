using System;
using System.IO;
using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>What happens to a file that is there already.</summary>
internal enum Existing
{
    /// <summary>It stays, and that is an error.</summary>
    Keep,

    /// <summary>It is replaced in one step.</summary>
    Replace,
}

/// <summary>Writes files whole or not at all.</summary>
internal static class OutputFile
{
    /// <summary>Writes <paramref name="content"/> to <paramref name="path"/> and the file's FileInfo to the pipeline of <paramref name="cmdlet"/>.</summary>
    public static void Write(Cmdlet cmdlet, string path, byte[] content, Existing existing)
    {
        if (TryWrite(cmdlet, path, content, existing))
        {
            cmdlet.WriteObject(new FileInfo(path));
        }
    }

    /// <summary>Writes <paramref name="content"/> to <paramref name="path"/>; false, with an error record, when it cannot.</summary>
    public static bool TryWrite(Cmdlet cmdlet, string path, byte[] content, Existing existing)
    {
        if (existing == Existing.Keep && (File.Exists(path) || Directory.Exists(path)))
        {
            cmdlet.WriteError(ErrorRecords.Of("FileExists", $"{path} exists; -Force replaces it", path));
            return false;
        }

        string aside = path + "." + Guid.NewGuid().ToString("N") + ".tmp";
        try
        {
            File.WriteAllBytes(aside, content);
            if (File.Exists(path))
            {
                File.Replace(aside, path, destinationBackupFileName: null);
            }
            else
            {
                File.Move(aside, path);
            }

            return true;
        }
        catch (Exception fault) when (fault is IOException || fault is UnauthorizedAccessException || fault is NotSupportedException)
        {
            cmdlet.WriteError(new ErrorRecord(fault, "WriteFailed", ErrorCategory.WriteError, path));
            Discard(aside);
            return false;
        }
    }

    private static void Discard(string aside)
    {
        try
        {
            File.Delete(aside);
        }
        catch (Exception fault) when (fault is IOException || fault is UnauthorizedAccessException || fault is NotSupportedException)
        {
            // The folder is gone or read-only, which the error above has said.
        }
    }
}
