using OfflineKit.Archives;
using OfflineKit.Encoding;
using OfflineKit.Trust.Tuf;

namespace OfflineKit.Properties.Tests.Archives;

/// <summary>Names in archives and repositories: none escapes, none is two files, on any system.</summary>
public sealed class NameProperties
{
    private static readonly Gen<string> Names = Texts.OneOf(
        "a", "B", "..", ".", "/", "/", "/", "\\", "c:", "con", "NUL", "com1", "COM\u00b9", "conin$", "lpt0", ".txt", " ", "~", "%2e", "\u0000", "\n", "\u202e", "é", "e\u0301", "*", "\ud83d\ude00").Array[1, 6].Select(string.Concat);

    /// <summary>Catches: a name that leaves the folder it is unpacked into.</summary>
    [Fact]
    public void No_name_escapes() => Property.Holds(Names, name => Accepted(name) is not { } plain || Path.GetFullPath(Path.Combine("/folder/of", plain)) == "/folder/of/" + plain);

    /// <summary>Catches: a name that Windows or a shell takes for something else: a device, a drive, a stream, a pattern.</summary>
    [Fact]
    public void An_accepted_name_means_the_same_everywhere() => Property.Holds(Names, name => Accepted(name) is not { } plain
        || (!plain.Any("\\:*?\"<>|".Contains) && !plain.Any(char.IsControl) && plain.Split('/').All(segment => segment.Length > 0 && segment.TrimEnd('.', ' ') == segment && !IsDevice(segment))));

    /// <summary>Catches: an accepted name that is refused, or another one, when it is read again.</summary>
    [Fact]
    public void An_accepted_name_is_its_own_name() => Property.Holds(Names, name => Accepted(name) is not { } plain || Accepted(plain) == plain);

    /// <summary>Catches: two files of one name on a file system that does not tell capitals apart.</summary>
    [Fact]
    public void No_two_names_are_one_file() => Property.Holds(Names.Array[2, 5], names =>
    {
        EntryNames all = new();
        string[] accepted = [.. names.Select(name => Texts.OrNull(() => all.AddFile(name))).OfType<string>()];
        return accepted.Distinct(StringComparer.OrdinalIgnoreCase).Count() == accepted.Length
            && !accepted.Any(file => accepted.Any(other => other.StartsWith(file + "/", StringComparison.OrdinalIgnoreCase)));
    });

    /// <summary>Catches: a target of TUF that is stored on disk under a name that no archive may hold.</summary>
    [Fact]
    public void A_target_of_tuf_is_no_freer_than_a_file_of_an_archive() => Property.Holds(Names, name => !IsTarget(name) || Accepted(name) == name);

    /// <summary>Catches: two roles of TUF in one file, or one in another folder.</summary>
    [Fact]
    public void Roles_of_tuf_are_files_of_their_own() => Property.Holds(Gen.Select(Names, Names), (one, other) =>
        (TargetPath.FileNameOf(one) == TargetPath.FileNameOf(other)) == (one == other) && !TargetPath.FileNameOf(one).AsSpan().ContainsAny('/', '\\', '\0'));

    private static string? Accepted(string name) => Texts.OrNull(() => new EntryNames().AddFile(name));

    private static bool IsTarget(string path) => Texts.OrNull(() =>
    {
        TargetPath.RequireSafe(path);
        return path;
    }) is not null;

    // As Microsoft's "Naming Files, Paths, and Namespaces" lists them.
    private static bool IsDevice(string segment) => segment.Split('.')[0].TrimEnd(' ').ToUpperInvariant() is var stem
        && (stem is "CON" or "PRN" or "AUX" or "NUL" or "CONIN$" or "CONOUT$" || (stem.Length == 4 && stem[..3] is "COM" or "LPT" && (char.IsAsciiDigit(stem[3]) || stem[3] is '\u00b9' or '\u00b2' or '\u00b3')));
}
