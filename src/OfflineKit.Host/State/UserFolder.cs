using System.Globalization;
using OfflineKit.FileSystem;

namespace OfflineKit.Host.State;

/// <summary>The folders of the user who runs the program. A place that is not named from the root is none: it would be one in the current folder, where anybody may have put trust.</summary>
/// <remarks>Source: XDG Base Directory Specification: a relative path in a variable is to be ignored.</remarks>
internal static class UserFolder
{
    private const string Users = "/etc/passwd";

    /// <summary>Where data of the user lies; null when nothing names it.</summary>
    public static string? Data => Of("XDG_DATA_HOME", "LOCALAPPDATA", Path.Combine(".local", "share"));

    /// <summary>Where the user's choices lie; null when nothing names it.</summary>
    public static string? Configuration => Of("XDG_CONFIG_HOME", "APPDATA", ".config");

    private static string? Of(string variable, string onWindows, string belowHome)
    {
        if (Rooted(variable) is { } folder)
        {
            return folder;
        }

        return OperatingSystem.IsWindows() ? Rooted(onWindows) : (Rooted("HOME") ?? InListOfUsers()) is { } home ? Path.Combine(home, belowHome) : null;
    }

    // A service or a job may run without HOME, and what was imported, revocations too, counts for it as well. Source: passwd(5): name, password, number, group, comment, home, shell.
    private static string? InListOfUsers()
    {
        string number = NativeFiles.EffectiveUser().ToString(CultureInfo.InvariantCulture);
        return FileStatus.IsFile(Users)
            ? PlainFile.ReadLines(Users).Select(line => line.Split(':')).Where(fields => fields.Length == 7 && fields[2] == number && Path.IsPathFullyQualified(fields[5])).Select(fields => fields[5]).FirstOrDefault()
            : null;
    }

    private static string? Rooted(string variable) => Environment.GetEnvironmentVariable(variable) is { } path && Path.IsPathFullyQualified(path) ? Links.Meant(path) : null;
}
