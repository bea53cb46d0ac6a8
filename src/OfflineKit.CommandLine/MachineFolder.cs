namespace OfflineKit.CommandLine;

/// <summary>Where the administrator of a machine decides for everybody on it.</summary>
/// <remarks>A constant: whoever could lead a program elsewhere, by an option, a variable or a folder of their own, would not be bound. Source: docs/spec/machine.md.</remarks>
internal static class MachineFolder
{
    /// <summary><c>/etc/offlinekit</c>; on Windows <c>ProgramData\OfflineKit</c> on the drive of the system, which the system names and not a variable.</summary>
    public static string Path { get; } = OperatingSystem.IsWindows()
        ? System.IO.Path.Combine(System.IO.Path.GetPathRoot(Environment.SystemDirectory)!, "ProgramData", "OfflineKit")
        : "/etc/offlinekit";
}
