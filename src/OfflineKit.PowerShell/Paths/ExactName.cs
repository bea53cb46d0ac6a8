using System;
using System.IO;
using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>Names that mean one file and no other, from the engine to the cmdlet that uses the file afterwards.</summary>
internal static class ExactName
{
    private const string Provider = "Microsoft.PowerShell.Core\\FileSystem::", ShortProvider = "FileSystem::";
    private const char Replacement = '\uFFFD';

    /// <summary>Names are bytes, and a backslash is one of them.</summary>
    public static bool IsUnix => Path.DirectorySeparatorChar == '/';

    /// <summary>How names are told apart: on Windows whatever their case.</summary>
    public static StringComparer Comparer => IsUnix ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;

    /// <summary>The path by which any cmdlet takes the file called <paramref name="fullName"/> literally.</summary>
    public static string PSPath(string fullName) => Provider + fullName;

    /// <summary>What stands in the place of a path for <paramref name="name"/>, which is that of no file: there is no such provider, so every cmdlet that takes it fails.</summary>
    public static string NoPlace(string name) => "Content::" + name;

    /// <summary><paramref name="path"/> without the name of the file system's provider, which objects of Get-ChildItem carry in front.</summary>
    public static string WithoutProvider(string path)
    {
        string prefix = path.StartsWith(Provider, StringComparison.OrdinalIgnoreCase) ? Provider : path.StartsWith(ShortProvider, StringComparison.OrdinalIgnoreCase) ? ShortProvider : "";
        return path.Substring(prefix.Length);
    }

    /// <summary>Cmdlets read <paramref name="text"/> as a pattern, or change it, where they do not take it literally.</summary>
    public static bool IsPattern(string text) => WildcardPattern.ContainsWildcardCharacters(text) || text.IndexOf('`') >= 0;

    /// <summary>Why no program can be told of the file called <paramref name="name"/> exactly; null when it can.</summary>
    public static string? Fault(string name)
    {
        if (IsUnix && name.IndexOf('\\') >= 0)
        {
            return "its name holds a backslash, which PowerShell takes for the end of a folder's name";
        }

        return IsText(name) ? null : "its name holds bytes that are no text, so that PowerShell cannot name it; rename the file";
    }

    // Bytes that are not UTF-8 arrive as the replacement character, units that are not UTF-16 as lone surrogates.
    private static bool IsText(string name)
    {
        for (int i = 0; i < name.Length; i++)
        {
            if (name[i] == Replacement || (char.IsSurrogate(name[i]) && !(i + 1 < name.Length && char.IsSurrogatePair(name[i], name[i + 1]))))
            {
                return false;
            }

            i += char.IsHighSurrogate(name[i]) ? 1 : 0;
        }

        return true;
    }
}
