using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace OfflineKit.CommandLine;

/// <summary>What the system gave the program as bytes and .NET as text: its words, its environment, its folder.</summary>
/// <remarks>
/// On Linux a name is bytes. .NET makes U+FFFD of each that is no UTF-8, and then means another file. A true U+FFFD is an ordinary letter, so the bytes are looked at only where
/// one is met; where they cannot be looked at, it is refused.
/// </remarks>
internal static unsafe partial class NativeText
{
    private const char Replacement = '\uFFFD';
    private const int ShortPath = 512, LongestPath = 64 * 1024;
    private const string Hint = "rename what is called so: names are UTF-8; `ls -b` shows the bytes";

    // The variables that name folders and files of the programs.
    private static readonly string[] Places =
    [
        "HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "TMPDIR", "OFFLINEKIT_PUBLIC_KEY", "OFFLINEKIT_AUDIT_LOG", "OFFLINEKIT_PASSWORD_FILE",
        "GOOGLE_APPLICATION_CREDENTIALS", "AZURE_FEDERATED_TOKEN_FILE", "AZURE_CLIENT_CERTIFICATE_PATH",
    ];

    /// <summary>What of <paramref name="words"/>, the environment or the current folder is no UTF-8; null when all is.</summary>
    public static CommandLineFault? Fault(IReadOnlyList<string> words)
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        return words.Any(HasReplacement) && FirstInvalid("/proc/self/cmdline", static _ => true) is { } word ? new CommandLineFault($"the word \"{word}\" is not UTF-8", Hint)
            : Places.Any(name => HasReplacement(Environment.GetEnvironmentVariable(name) ?? "")) && FirstInvalid("/proc/self/environ", IsPlace) is { } setting ? new CommandLineFault($"the environment's \"{setting}\" is not UTF-8", Hint)
            : HasReplacement(CurrentFolder()) && InvalidFolder() is { } folder ? new CommandLineFault($"the name of the current folder, \"{folder}\", is not UTF-8", Hint)
            : null;
    }

    private static bool HasReplacement(string text) => text.Contains(Replacement, StringComparison.Ordinal);

    private static bool IsPlace(byte[] setting) => Places.Any(name => setting.AsSpan().StartsWith(Encoding.ASCII.GetBytes(name + "=")));

    // The folder may be gone: then no relative name means anything.
    private static string CurrentFolder() => ReadLink("/proc/self/cwd") is { } bytes ? Encoding.UTF8.GetString(bytes) : Environment.CurrentDirectory;

    private static string? InvalidFolder() => ReadLink("/proc/self/cwd") is not { } bytes ? "(/proc cannot be read)" : Utf8.IsValid(bytes) ? null : Spell(bytes);

    // Null: every text of the list, whose texts end in NUL, is UTF-8.
    private static string? FirstInvalid(string list, Func<byte[], bool> counts)
    {
        byte[] bytes = File.Exists(list) ? File.ReadAllBytes(list) : [];
        if (bytes.Length == 0)
        {
            return $"({list} cannot be read)";
        }

        List<byte> text = [];
        foreach (byte b in bytes)
        {
            if (b != 0)
            {
                text.Add(b);
                continue;
            }

            byte[] one = [.. text];
            text.Clear();
            if (!Utf8.IsValid(one) && counts(one))
            {
                return Spell(one);
            }
        }

        return null;
    }

    private static string Spell(ReadOnlySpan<byte> bytes)
    {
        StringBuilder spelled = new();
        foreach (byte b in bytes)
        {
            spelled.Append(b is >= 0x20 and < 0x7F ? ((char)b).ToString() : string.Create(CultureInfo.InvariantCulture, $"\\x{b:x2}"));
        }

        return spelled.ToString();
    }

    private static byte[]? ReadLink(string path)
    {
        for (int size = ShortPath; ; size = LongestPath)
        {
            byte[] target = new byte[size];
            int length;
            fixed (byte* start = target)
            {
                length = ReadLink(path, start, target.Length);
            }

            if (length < ShortPath || size == LongestPath)
            {
                return length < 0 ? null : target[..length];
            }
        }
    }

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_ReadLink", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ReadLink(string path, byte* target, int size);
}
