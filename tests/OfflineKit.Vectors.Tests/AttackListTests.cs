using OfflineKit.Testing;

namespace OfflineKit.Vectors.Tests;

/// <summary>docs/spec/trust-bundle.md lists the ten attacks of the TUF specification; each has vectors, and they are there.</summary>
public sealed class AttackListTests
{
    [Fact]
    public void Every_attack_of_the_list_has_vectors_that_are_there()
    {
        string[] rows = [.. File.ReadAllLines(Repository.Path("docs", "spec", "trust-bundle.md"))
            .SkipWhile(line => !line.StartsWith("| attack", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'))];
        Assert.Equal(10, rows.Length);
        foreach (string row in rows)
        {
            string[] names = [.. row.Split('`').Where((_, i) => i % 2 == 1)];
            Assert.NotEmpty(names);
            Assert.All(names, name => Assert.True(File.Exists(Path.Combine(Vector.Root, "trust", name, "case.txt")), name));
        }
    }
}
