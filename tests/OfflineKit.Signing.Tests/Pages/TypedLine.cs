using System.Collections.Immutable;
using OfflineKit.Testing;

namespace OfflineKit.Signing.Tests.Pages;

/// <summary>One command of a page, and what its reader has before it: an entry of tests/pages/commands.txt.</summary>
/// <param name="Text">The command as it stands there.</param>
/// <param name="Before">What the entry says: a word, and what belongs to it.</param>
internal sealed record TypedLine(string Text, ImmutableArray<(string Word, string With)> Before)
{
    private static readonly string[] Words = ["file", "for", "at", "first", "then", "after", "input", "needs", "not-run", "aws"];

    /// <summary>Every entry by its command.</summary>
    /// <exception cref="InvalidDataException">An entry says something that none may say.</exception>
    public static IReadOnlyDictionary<string, TypedLine> Table { get; } = Read().ToDictionary(line => line.Text, StringComparer.Ordinal);

    /// <summary>Why no test can run it; null where one does.</summary>
    public string? NotRun => Of("not-run").FirstOrDefault();

    /// <summary>Programs that must be there besides.</summary>
    public IEnumerable<string> Needs => Of("needs").Concat(Earlier.SelectMany(line => line.Needs)).Distinct(StringComparer.Ordinal);

    /// <summary>Whether it asks AWS.</summary>
    public bool AsksAws => Of("aws").Any() || Earlier.Any(line => line.AsksAws);

    /// <summary>The lines of a shell that prepare the command, run it and look at what it made; <c>set -e</c> is on.</summary>
    public IEnumerable<string> Script()
    {
        string typed = Text;
        foreach ((string word, string rest) in Before)
        {
            string[] two = rest.Split(' ', 2);
            (string[] lines, typed) = word switch
            {
                "after" => ([.. Table[rest].Script()], typed),
                "file" => ([$"mkdir -p \"$(dirname {two[1]})\"; if [ -d \"$TESTS/{two[0]}\" ]; then cp -r \"$TESTS/{two[0]}/.\" {two[1]}; else cp \"$TESTS/{two[0]}\" {two[1]}; fi"], typed),
                "first" => ([rest], typed),
                "for" => ((string[])[], typed.Contains(two[0], StringComparison.Ordinal) ? typed.Replace(two[0], two[1], StringComparison.Ordinal) : throw new InvalidDataException($"{Text}: has no {two[0]}")),
                "at" => ([], $"{typed} --at {rest}"),
                "input" => ([$"printf '{rest}' > input"], $"{{ {typed}; }} < input"),
                _ => ([], typed),
            };
            foreach (string line in lines)
            {
                yield return line;
            }
        }

        yield return typed;
        foreach (string outcome in Of("then"))
        {
            yield return outcome;
        }
    }

    private IEnumerable<TypedLine> Earlier => Of("after").Select(text => Table[text]);

    private IEnumerable<string> Of(string word) => Before.Where(entry => entry.Word == word).Select(entry => entry.With);

    private static IEnumerable<TypedLine> Read()
    {
        string text = "";
        List<(string, string)> before = [];
        foreach (string line in File.ReadAllLines(Repository.Path("tests", "pages", "commands.txt")).Where(line => line.Length > 0 && line[0] != '#').Append(""))
        {
            if (!line.StartsWith("  ", StringComparison.Ordinal))
            {
                if (text.Length > 0)
                {
                    yield return new TypedLine(text, [.. before]);
                }

                (text, before) = (line, []);
            }
            else
            {
                string[] parts = line.Trim().Split(' ', 2);
                before.Add(Words.Contains(parts[0], StringComparer.Ordinal) ? (parts[0], parts.Length > 1 ? parts[1] : "") : ("file", line.Trim()));
            }
        }
    }
}
