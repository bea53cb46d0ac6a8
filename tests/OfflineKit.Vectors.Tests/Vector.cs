using System.Text;
using System.Text.RegularExpressions;
using OfflineKit.Testing;

namespace OfflineKit.Vectors.Tests;

/// <summary>One scenario of tests/vectors: a command line and the one answer that is right.</summary>
/// <remarks>
/// case.txt holds comments (<c>#</c>), then <c>args:</c>, <c>expect:</c> (<c>trusted</c>, a reason code or <c>error</c>), and any number of
/// <c>contains:</c> lines; <c>stdin: FILE</c> feeds a file of the scenario to standard input.
/// </remarks>
internal sealed partial record Vector(string Name, string Folder, string[] Args, string Expect, string[] Contains, string? Stdin)
{
    /// <summary>The folder of all vectors.</summary>
    public static string Root => Repository.Path("tests", "vectors");

    /// <summary>Every vector whose name contains $VECTORS (all, when it is not set), by name.</summary>
    public static IReadOnlyList<Vector> All { get; } = ReadAll();

    /// <summary>Every vector, whatever $VECTORS says.</summary>
    public static IEnumerable<string> Names() =>
        Directory.EnumerateFiles(Root, "case.txt", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, Path.GetDirectoryName(file)!))
            .Where(name => !name.Split('/').Any(part => part.StartsWith('_')))
            .Order(StringComparer.Ordinal);

    /// <summary>The vector in tests/vectors/<paramref name="name"/>.</summary>
    /// <exception cref="InvalidDataException">case.txt is not in its one form.</exception>
    public static Vector Read(string name)
    {
        string folder = Path.Combine(Root, name);
        ILookup<string, string> fields = File.ReadAllLines(Path.Combine(folder, "case.txt"))
            .Where(line => line.Length > 0 && !line.StartsWith('#'))
            .Select(line => line.Split(": ", 2) is [var key, var value] && key is "args" or "expect" or "contains" or "stdin"
                ? (Key: key, Value: value)
                : throw new InvalidDataException($"{name}/case.txt: not understood: {line}"))
            .ToLookup(field => field.Key, field => field.Value, StringComparer.Ordinal);
        return new Vector(name, folder, [.. Words(One(fields, "args", name))], One(fields, "expect", name).Trim(), [.. fields["contains"]], fields["stdin"].FirstOrDefault());
    }

    /// <summary>The exit status that <see cref="Expect"/> implies.</summary>
    public int ExpectedExit => Expect switch { "trusted" => 0, "error" => 2, _ => 1 };

    private byte[]? Input => Stdin is null ? null : File.ReadAllBytes(Path.Combine(Folder, Stdin));

    /// <summary>The run that decides, with its report as JSON.</summary>
    public Execution RunJson() => Client.Run([.. Args, "--output", "json"], Folder, Input);

    /// <summary>The run that people see, in full.</summary>
    public Execution RunText() => Client.Run([.. Args, .. HasDetail ? ["--verbose"] : Array.Empty<string>()], Folder, Input);

    private bool HasDetail => Args[0] is "verify" or "verify-bundle" or "verify-envelope" or "verify-export" or "verify-image" or "dossier";

    private static List<Vector> ReadAll()
    {
        string filter = Environment.GetEnvironmentVariable("VECTORS") ?? "";
        return [.. Names().Where(name => name.Contains(filter, StringComparison.Ordinal)).Select(Read)];
    }

    private static string One(ILookup<string, string> fields, string key, string name) =>
        fields[key].ToArray() is [var only] ? only : throw new InvalidDataException($"{name}/case.txt: wanted exactly one \"{key}:\"");

    // Words are separated by blanks; "double quotes" keep blanks together and "" is an empty word.
    private static IEnumerable<string> Words(string line) => Word().Matches(line).Select(match =>
    {
        StringBuilder word = new();
        foreach (Capture piece in match.Groups["piece"].Captures)
        {
            word.Append(piece.Value.StartsWith('"') ? piece.Value[1..^1] : piece.Value);
        }

        return word.ToString();
    });

    [GeneratedRegex("""(?<piece>"[^"]*"|[^\s"]+)+""", RegexOptions.ExplicitCapture)]
    private static partial Regex Word();
}
