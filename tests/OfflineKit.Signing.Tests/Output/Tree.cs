using System.Globalization;
using System.Security.Cryptography;

namespace OfflineKit.Signing.Tests.Output;

/// <summary>Everything below a folder: names, kinds, modes, contents.</summary>
internal static class Tree
{
    public static string[] Of(string folder) =>
    [
        .. new DirectoryInfo(folder).EnumerateFileSystemInfos("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Select(entry => $"{Path.GetRelativePath(folder, entry.FullName)} {Kind(entry)}").Order(StringComparer.Ordinal),
    ];

    private static string Kind(FileSystemInfo entry) => entry switch
    {
        { LinkTarget: { } target } => "-> " + target,
        DirectoryInfo => "folder",
        // A pipe would wait for a writer.
        FileInfo { Length: 0 } => $"{Mode(entry)} empty",
        _ => $"{Mode(entry)} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(entry.FullName)))}",
    };

    private static string Mode(FileSystemInfo entry) => OperatingSystem.IsWindows() ? "" : ((int)entry.UnixFileMode).ToString("x", CultureInfo.InvariantCulture);
}
