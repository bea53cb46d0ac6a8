using Microsoft.CodeAnalysis.CSharp.Syntax;
using OfflineKit.Testing;

namespace OfflineKit.Architecture.Tests;

/// <summary>Files that need each other in a circle can only be understood together, so circles are small.</summary>
public sealed class CircleTests
{
    // Files of the largest circle of each project. A number here may be lowered, and never raised.
    [Theory]
    [InlineData("OfflineKit", 4)]
    [InlineData("OfflineKit.Files", 1)]
    [InlineData("OfflineKit.Host", 4)]
    [InlineData("OfflineKit.CommandLine", 3)]
    [InlineData("OfflineKit.Cli", 2)]
    [InlineData("OfflineKit.Signing", 3)]
    [InlineData("OfflineKit.Signing.Cli", 3)]
    [InlineData("OfflineKit.Signer", 2)]
    [InlineData("OfflineKit.PowerShell", 2)]
    public void The_largest_circle_of_files_is_no_larger_than_it_was(string project, int largest)
    {
        string path = Repository.Path("src", project, "bin", "Debug", project == "OfflineKit.PowerShell" ? "netstandard2.0" : "net10.0", project + ".dll");
        Assert.SkipUnless(File.Exists(path), $"{project} is not built");
        string[] circle = Circles(FilesNeeded(project, path)).MaxBy(files => files.Length)!;
        Assert.True(circle.Length == largest, $"the largest circle has {circle.Length} files, and had {largest}: {string.Join(", ", circle)}");
    }

    [Fact]
    public void A_circle_is_seen()
    {
        Dictionary<string, HashSet<string>> graph = TypeGraph.Of(typeof(CircleTests).Assembly.Location);
        string[] circle = Circles(graph).Single(types => types.Contains(typeof(Hen).FullName));
        Assert.Equal([typeof(Chick).FullName!, typeof(Egg).FullName!, typeof(Hen).FullName!], circle.Order(StringComparer.Ordinal));
    }

    private static Dictionary<string, HashSet<string>> FilesNeeded(string project, string assembly)
    {
        ILookup<string, string> files = SyntaxTrees.All.Where(source => source.File.StartsWith($"src/{project}/", StringComparison.Ordinal))
            .SelectMany(source => SyntaxTrees.TypesOf(source.Root).Select(type => (Type: $"{Namespace(source.Root)}.{SyntaxTrees.NameOf(type)}", source.File)))
            .ToLookup(declared => declared.Type, declared => declared.File, StringComparer.Ordinal);
        return TypeGraph.Of(assembly).SelectMany(type => files[type.Key].Select(file => (file, needed: type.Value.SelectMany(other => files[other]))))
            .GroupBy(one => one.file, StringComparer.Ordinal)
            .ToDictionary(file => file.Key, file => file.SelectMany(one => one.needed).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    private static string Namespace(CompilationUnitSyntax root) => root.Members.OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault()?.Name.ToString() ?? "";

    // Strongly connected components, by Tarjan: whoever reaches a node that is still open belongs to its circle.
    private static List<string[]> Circles(Dictionary<string, HashSet<string>> graph)
    {
        Dictionary<string, int> number = new(StringComparer.Ordinal), lowest = new(StringComparer.Ordinal);
        Stack<string> open = new();
        List<string[]> found = [];
        foreach (string start in graph.Keys.Where(node => !number.ContainsKey(node)))
        {
            Visit(start);
        }

        return found;

        void Visit(string node)
        {
            number[node] = lowest[node] = number.Count;
            open.Push(node);
            foreach (string next in graph.TryGetValue(node, out HashSet<string>? needed) ? needed : [])
            {
                if (!number.TryGetValue(next, out int seen))
                {
                    Visit(next);
                    lowest[node] = Math.Min(lowest[node], lowest[next]);
                }
                else if (open.Contains(next))
                {
                    lowest[node] = Math.Min(lowest[node], seen);
                }
            }

            if (lowest[node] == number[node])
            {
                List<string> circle = [];
                do
                {
                    circle.Add(open.Pop());
                }
                while (circle[^1] != node);
                found.Add([.. circle]);
            }
        }
    }
}

internal sealed class Hen
{
    public Egg[] Lays { get; } = [];
}

internal sealed class Egg
{
    public override string ToString() => typeof(Chick).Name;
}

internal sealed class Chick
{
    public object Becomes { get; } = new Hen();
}
