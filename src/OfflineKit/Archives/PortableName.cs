using System.Buffers;

namespace OfflineKit.Archives;

/// <summary>Names of files that mean the same file on every system: for archives, and for what is stored on disk out of one.</summary>
internal static class PortableName
{
    private static readonly SearchValues<char> Unsafe = SearchValues.Create("\\:*?\"<>|");

    /// <summary><paramref name="name"/> is relative, with <c>/</c> between folders, and stays below the folder that it is put into.</summary>
    public static bool Is(string name) => !name.AsSpan().ContainsAny(Unsafe) && !name.Any(char.IsControl) && name.Split('/').All(IsSegment);

    // A trailing dot or blank vanishes on Windows, where two names would then be one.
    private static bool IsSegment(string segment) => segment.Length > 0 && segment is not ("." or "..") && segment[^1] is not ('.' or ' ') && !IsDevice(segment);

    // Windows opens a device by such a name, in every folder and whatever its extension.
    private static bool IsDevice(ReadOnlySpan<char> segment)
    {
        int dot = segment.IndexOf('.');
        ReadOnlySpan<char> stem = (dot < 0 ? segment : segment[..dot]).TrimEnd(' ');
        return stem.Length switch
        {
            3 => IsCalled(stem, "con") || IsCalled(stem, "prn") || IsCalled(stem, "aux") || IsCalled(stem, "nul"),
            4 => (IsCalled(stem[..3], "com") || IsCalled(stem[..3], "lpt")) && stem[3] is (>= '0' and <= '9') or '\u00B9' or '\u00B2' or '\u00B3',
            6 => IsCalled(stem, "conin$"),
            7 => IsCalled(stem, "conout$"),
            _ => false,
        };
    }

    private static bool IsCalled(ReadOnlySpan<char> stem, string device) => stem.Equals(device, StringComparison.OrdinalIgnoreCase);
}
