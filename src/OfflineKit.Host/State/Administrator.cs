using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;
using OfflineKit.FileSystem;

namespace OfflineKit.Host.State;

/// <summary>Whether a file or folder is the administrator's, so that no user can have written what it says.</summary>
internal static class Administrator
{
    private const uint Root = 0;
    private const UnixFileMode OthersWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    // The group of administrators, the system, and the installer of Windows itself.
    private static readonly string[] Administrators = ["S-1-5-32-544", "S-1-5-18", "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464"];

    [SupportedOSPlatform("windows")]
    private const FileSystemRights Changes = FileSystemRights.WriteData | FileSystemRights.AppendData | FileSystemRights.Delete | FileSystemRights.DeleteSubdirectoriesAndFiles
        | FileSystemRights.ChangePermissions | FileSystemRights.TakeOwnership;

    /// <summary>Why <paramref name="path"/>, which is there, is not the administrator's alone, or null.</summary>
    public static string? Objection(string path) => OperatingSystem.IsWindows() ? OnWindows(path) : OnUnix(path);

    private static string? OnUnix(string path)
    {
        if (NativeFiles.OwnerOf(path) is not { } owner)
        {
            return $"{path}: nobody can see whose it is";
        }

        return owner != Root ? $"{path} belongs to user {owner} and not to root"
            : !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & OthersWrite) != UnixFileMode.None ? $"{path} can be written by others than root"
            : null;
    }

    [SupportedOSPlatform("windows")]
    private static string? OnWindows(string path)
    {
        FileSystemSecurity security = FileStatus.IsFolder(path) ? new DirectoryInfo(path).GetAccessControl() : new FileInfo(path).GetAccessControl();
        string owner = security.GetOwner(typeof(SecurityIdentifier))?.Value ?? "nobody";
        return !Administrators.Contains(owner, StringComparer.Ordinal) ? $"{path} belongs to {owner} and not to the administrators"
            : security.GetAccessRules(includeExplicit: true, includeInherited: true, typeof(SecurityIdentifier)).Cast<FileSystemAccessRule>().FirstOrDefault(LetsOthersChange) is { } rule
                ? $"{path} can be changed by {rule.IdentityReference.Value}"
                : null;
    }

    [SupportedOSPlatform("windows")]
    private static bool LetsOthersChange(FileSystemAccessRule rule) =>
        rule.AccessControlType == AccessControlType.Allow && (rule.FileSystemRights & Changes) != default && !rule.PropagationFlags.HasFlag(PropagationFlags.InheritOnly)
        && !Administrators.Contains(rule.IdentityReference.Value, StringComparer.Ordinal);
}
