using System.Collections;
using System.IO;
using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>What an object of the pipeline, or a value of -Path, names.</summary>
internal static class FileObject
{
    // As objects of other cmdlets call it. The first that is there counts, and it is an exact name: Get-FileHash and others say Path without escaping it.
    private static readonly string[] Names = { "PSPath", "LiteralPath", "FullName", "Path", "FilePath" };

    /// <summary>The exact name that <paramref name="value"/> carries; null when it is text, null, a list or nothing that names a file.</summary>
    public static string? NameIn(object? value)
    {
        switch (AnyText.Bare(value))
        {
            case null:
            case string _:
            case IList _:
            case IDictionary _:
                return null;
            case FileSystemInfo file:
                return file.FullName;
            case PathInfo path:
                return path.Path;
            default:
                return Named(PSObject.AsPSObject(value!));
        }
    }

    private static string? Named(PSObject value)
    {
        foreach (string name in Names)
        {
            if (value.Properties[name] is PSPropertyInfo property && Value(property) is string text)
            {
                return text;
            }
        }

        return null;
    }

    private static string? Value(PSPropertyInfo property)
    {
        try
        {
            object? value = AnyText.Bare(property.Value);
            return value is FileSystemInfo file ? file.FullName : value as string;
        }
        catch (GetValueException)
        {
            // A property that is computed and fails names nothing: the object is refused.
            return null;
        }
    }
}
