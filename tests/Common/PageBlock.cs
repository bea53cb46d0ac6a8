using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace OfflineKit.Testing;

/// <summary>One fenced block of a page, and what a reader types of it.</summary>
/// <param name="Page">The page, from the root of the checkout.</param>
/// <param name="Number">The line where it opens, from 1.</param>
/// <param name="Kind">What stands behind the fence.</param>
/// <param name="Lines">The lines within.</param>
internal sealed partial record PageBlock(string Page, int Number, string Kind, ImmutableArray<string> Lines)
{
    /// <summary>A transcript: commands behind <c>$ </c>, and what they say.</summary>
    public const string Console = "console";

    /// <summary>A transcript of commands that end with exit status 1.</summary>
    public const string ConsoleFails = "console fails";

    /// <summary>Commands of a shell that succeed.</summary>
    public const string Shell = "sh";

    /// <summary>A document, or a recipe whose steps are behind <c>- run: </c>.</summary>
    public const string Recipe = "yaml";

    /// <summary>Nothing of it is typed.</summary>
    private static readonly string[] Shown = ["text", "json", "hcl", "sql", "python", "csharp", "powershell"];

    /// <summary>Whether a page may have such a block: where the kind is not said, nobody can tell what is typed.</summary>
    public bool IsKnown => Kind is Console or ConsoleFails or Shell or Recipe || Shown.Contains(Kind, StringComparer.Ordinal);

    /// <summary>Each command: lines that end in <c>\</c> joined, remarks left out.</summary>
    public IEnumerable<string> Commands => Kind switch
    {
        Console or ConsoleFails => Behind("$ "),
        Recipe => Behind("- run: ").Select(command => Remark().Replace(command, "")),
        Shell => string.Join('\n', Lines).Replace("\\\n", " ", StringComparison.Ordinal).Split('\n')
            .Select(line => Blanks().Replace(Remark().Replace(line, ""), " ").Trim()).Where(line => line.Length > 0),
        _ => [],
    };

    /// <summary>Every page: those of docs, and those beside README.md.</summary>
    public static string[] Pages { get; } = [.. Directory.GetFiles(Repository.Path("docs"), "*.md", SearchOption.AllDirectories)
        .Concat(Directory.GetFiles(Repository.Root, "*.md")).Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    /// <summary>The blocks of <paramref name="page"/>, in order.</summary>
    public static IEnumerable<PageBlock> Of(string page)
    {
        (int Number, string Kind)? open = null;
        List<string> lines = [];
        foreach ((int at, string line) in File.ReadAllLines(Repository.Path(page)).Index())
        {
            bool isFence = line.TrimStart().StartsWith("```", StringComparison.Ordinal);
            if (isFence && open is (int number, string kind))
            {
                yield return new PageBlock(page, number, kind, [.. lines]);
                open = null;
            }
            else if (isFence)
            {
                open = (at + 1, line.Trim()[3..]);
                lines.Clear();
            }
            else
            {
                lines.Add(line);
            }
        }
    }

    private IEnumerable<string> Behind(string mark) => Lines.Select(line => line.TrimStart()).Where(line => line.StartsWith(mark, StringComparison.Ordinal)).Select(line => line[mark.Length..]);

    [GeneratedRegex("\\s+# .*$")]
    private static partial Regex Remark();

    [GeneratedRegex(" {2,}")]
    private static partial Regex Blanks();
}
