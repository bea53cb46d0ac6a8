using OfflineKit.Testing;

namespace OfflineKit.Architecture.Tests;

/// <summary>A format is complete: described, tried, and never confused with another.</summary>
public sealed class FormatTests
{
    // A detached form and the one that carries its text share a page and a folder.
    public static TheoryData<string> Names() => [.. KnownFormats.All.Select(format => Family(format.Name)).Distinct()];

    private static string Family(string name) => name switch { "signify-embedded" => "signify", "openpgp-clearsigned" => "openpgp", "cms-signed" => "cms", _ => name };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_format_has_its_page(string name) => Assert.True(File.Exists(Repository.Path("docs", "spec", name + ".md")), $"docs/spec/{name}.md is missing");

    [Theory]
    [MemberData(nameof(Names))]
    public void A_format_stands_in_the_table_of_the_readme(string name) => Assert.Contains(
        File.ReadLines(Repository.Path("README.md")), line => line.StartsWith("| ", StringComparison.Ordinal) && line.Contains($"(docs/spec/{name}.md)", StringComparison.Ordinal));

    [Fact]
    public void Every_format_has_a_line_to_type()
    {
        string[] lines = [.. File.ReadAllLines(Repository.Path("tests", "pages", "commands.txt")).SkipWhile(line => line != "# docs/what-to-type.md").Skip(1).TakeWhile(line => !line.StartsWith("# docs/", StringComparison.Ordinal))];
        string[] words = [.. lines.SelectMany(line => line.Split(' '))];
        HashSet<string?> typed = [.. words, .. words.Where(word => word.Contains('/')).Select(word => Repository.Path("tests", word)).SelectMany(FilesAt).SelectMany(FormatsOf)];
        Sources.AssertNone(KnownFormats.All.Select(format => format.Name).Where(name => !typed.Contains(name)).Select(name => $"docs/what-to-type.md has no line for {name}"));
    }

    private static string[] FilesAt(string path) => Directory.Exists(path) ? Directory.GetFiles(path, "*", SearchOption.AllDirectories) : File.Exists(path) ? [path] : [];

    // By its marks, or as a bare value.
    private static IEnumerable<string?> FormatsOf(string file)
    {
        byte[] content = File.ReadAllBytes(file);
        return new[] { Expectations.None, new Expectations { AllowBareSignature = true } }.Select(expected => KnownFormats.Recognise(content, expected)?.Name);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_format_has_vectors(string name)
    {
        string folder = Repository.Path("tests", "vectors", name);
        Assert.True(Directory.Exists(folder) && Directory.EnumerateFiles(folder, "case.txt", SearchOption.AllDirectories).Any(), $"tests/vectors/{name} holds no case");
    }

    [Fact]
    public void No_file_is_recognised_by_two_formats()
    {
        List<string> confused = [];
        foreach (string file in Directory.EnumerateFiles(Repository.Path("tests", "vectors"), "*", SearchOption.AllDirectories))
        {
            byte[] content = File.ReadAllBytes(file);
            string[] formats = [.. KnownFormats.All.Where(format => format.Recognises(content, Expectations.None)).Select(format => format.Name)];
            if (formats.Length > 1)
            {
                confused.Add($"{Path.GetRelativePath(Repository.Root, file)}: {string.Join(", ", formats)}");
            }
        }

        Sources.AssertNone(confused);
    }
}
