namespace OfflineKit.Host.State;

/// <summary>The folders of the user who runs the program. A place that is not named from the root is none: it would be one in the current folder, where anybody may have put trust.</summary>
/// <remarks>Source: XDG Base Directory Specification: a relative path in a variable is to be ignored.</remarks>
internal static class UserFolder
{
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

        return OperatingSystem.IsWindows() ? Rooted(onWindows) : Rooted("HOME") is { } home ? Path.Combine(home, belowHome) : null;
    }

    private static string? Rooted(string variable) => Environment.GetEnvironmentVariable(variable) is { } path && Path.IsPathFullyQualified(path) ? path : null;
}
