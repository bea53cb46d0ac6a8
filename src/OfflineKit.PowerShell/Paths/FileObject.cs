using System.Collections;
using System.IO;
using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>What an object of the pipeline, or a value of -Path, names.</summary>
internal static class FileObject
{
    // As objects of other cmdlets call it. The first that is there counts, and it is an exact name: Get-FileHash and others say Path without escaping it.
    private static readonly string[] Names = { "PSPath", "LiteralPath", "FullName", "Path", "FilePath" };

    private static readonly char[] Separators = { Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar };

    /// <summary>The exact name that <paramref name="value"/> carries; null when it is text, null, a list or nothing that names a file for <paramref name="session"/> too.</summary>
    public static string? NameIn(object? value, PathIntrinsics session)
    {
        switch (AnyText.Bare(value))
        {
            case null:
            case string _:
            case IList _:
            case IDictionary _:
                return null;
            case FileSystemInfo file:
                return FullName(file, session);
            case PathInfo path:
                return path.Path;
            default:
                return Named(PSObject.AsPSObject(value!), session);
        }
    }

    /// <summary>The full name of <paramref name="file"/>; null where the script would go on with another file.</summary>
    /// <remarks>
    /// "[IO.FileInfo]'a.txt'" is full in the folder of the process, but cmdlets take its text, and read that in the location of <paramref name="session"/>. What a
    /// provider made carries its PSPath, which they take instead: in Windows PowerShell the text of such an object is a bare name.
    /// </remarks>
    public static string? FullName(FileSystemInfo file, PathIntrinsics? session)
    {
        string full = file.FullName, text = file.ToString();
        bool isTheSame = session == null || text == full || PSObject.AsPSObject(file).Properties["PSPath"] != null
            || AnyText.Tried(() => Path.GetFullPath(session.GetUnresolvedProviderPathFromPSPath(text, out _, out _)), "").TrimEnd(Separators) == full.TrimEnd(Separators);
        return isTheSame ? full : null;
    }

    private static string? Named(PSObject value, PathIntrinsics session)
    {
        foreach (string name in Names)
        {
            // A property that is computed and fails, or an alias of none, names nothing: the object is refused.
            if (AnyText.Tried(() => Value(value.Properties[name], session), null) is string text)
            {
                return text;
            }
        }

        return null;
    }

    private static string? Value(PSPropertyInfo? property, PathIntrinsics session)
    {
        object? value = AnyText.Bare(property?.Value);
        return value is FileSystemInfo file ? FullName(file, session) : value as string;
    }
}
