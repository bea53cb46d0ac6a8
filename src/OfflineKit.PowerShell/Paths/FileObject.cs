using System;
using System.Collections;
using System.IO;
using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>What an object of the pipeline, or a value of -Path, names.</summary>
internal static class FileObject
{
    // By these names other cmdlets take files from objects, each of them its own.
    private static readonly string[] Names = { "PSPath", "LiteralPath", "LP", "FullName", "Path", "FilePath" };

    // Of these, cmdlets take the ones called so for patterns.
    private static readonly string[] Patterns = { "Path", "FilePath" };

    private static readonly char[] Separators = { Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar };

    /// <summary>The exact name that <paramref name="value"/> carries; null when it is text, null, a list or nothing that names one file, here and for whatever takes the object afterwards.</summary>
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
                return FullName(file, PSObject.AsPSObject(value!), session);
            case PathInfo path:
                return Agreed(path.Path, PSObject.AsPSObject(value!), session);
            default:
                return Agreed(null, PSObject.AsPSObject(value!), session);
        }
    }

    /// <summary>The full name of the file <paramref name="value"/>; null where the script would go on with another file.</summary>
    /// <remarks>
    /// "[IO.FileInfo]'a.txt'" is full in the folder of the process, but cmdlets take its text, and read that in the location of <paramref name="session"/>. What a
    /// provider made carries its PSPath, which they take instead: in Windows PowerShell the text of such an object is a bare name.
    /// </remarks>
    public static string? FullName(FileSystemInfo file, PSObject value, PathIntrinsics? session)
    {
        string full = file.FullName, text = file.ToString();
        bool isTheSame = session == null || text == full || value.Properties["PSPath"] != null || IsPlace(text, full, session);
        return isTheSame ? Agreed(full, value, session) : null;
    }

    // Every name that the object carries must mean the same file: a cmdlet takes whichever its parameters are called by. One that is a pattern there means others, or none.
    private static string? Agreed(string? name, PSObject value, PathIntrinsics? session)
    {
        foreach (string called in Names)
        {
            PSPropertyInfo? property = value.Properties[called];
            string? text = property == null ? "" : Named(property, session);
            if (text == "")
            {
                continue;
            }

            if (text == null || (Array.IndexOf(Patterns, called) >= 0 && ExactName.IsPattern(text)) || (name != null && text != name && ExactName.WithoutProvider(text) != name && !IsPlace(text, name, session)))
            {
                return null;
            }

            name = name ?? text;
        }

        return name;
    }

    private static bool IsPlace(string text, string name, PathIntrinsics? session) => session != null && Place(text, session) is { Length: > 0 } place && place == Place(name, session);

    private static string Place(string text, PathIntrinsics session) =>
        AnyText.Tried(() => Path.GetFullPath(session.GetUnresolvedProviderPathFromPSPath(text, out _, out _)), "").TrimEnd(Separators);

    // Empty where it holds nothing. A property that fails, or an alias of none, names no file; one that was added as a script may name another one each time.
    private static string? Named(PSPropertyInfo property, PathIntrinsics? session) =>
        property is PSScriptProperty && property.IsInstance ? null : AnyText.Tried(() => Text(property.Value, session), null);

    private static string? Text(object? carried, PathIntrinsics? session)
    {
        object? value = AnyText.Bare(carried);
        return value == null ? "" : value is FileSystemInfo file ? FullName(file, PSObject.AsPSObject(carried!), session) : value as string;
    }
}
