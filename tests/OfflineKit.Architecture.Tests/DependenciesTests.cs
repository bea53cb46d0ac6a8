using System.Text.Json;
using System.Text.RegularExpressions;
using OfflineKit.Testing;

namespace OfflineKit.Architecture.Tests;

/// <summary>docs/dependencies.md names every package of every lock file, and no other.</summary>
public sealed class DependenciesTests
{
    private static readonly string[] Locked =
    [
        .. new[] { "src", "tests", "build" }
            .SelectMany(folder => Directory.EnumerateFiles(Repository.Path(folder), "packages*.lock.json", SearchOption.AllDirectories))
            .SelectMany(PackagesOf).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    // Names in code spans of the first column; one may end in a star.
    private static readonly string[] Named =
    [
        .. File.ReadLines(Repository.Path("docs", "dependencies.md"))
            .TakeWhile(line => !line.StartsWith("## Calls", StringComparison.Ordinal))
            .Where(line => line.StartsWith('|'))
            .SelectMany(line => Regex.Matches(line.Split('|')[1], "`([A-Za-z0-9.*]+)`").Select(match => match.Groups[1].Value)),
    ];

    // NSec refuses every other release when a program starts.
    [Fact]
    public void The_sysroot_links_the_release_of_libsodium_that_the_package_has()
    {
        string package = Regex.Match(File.ReadAllText(Repository.Path("Directory.Packages.props")), "\"libsodium\" Version=\"([^\"]+)\"").Groups[1].Value;
        string[] linked = [.. File.ReadLines(Repository.Path("build", "sysroot", "packages.lock")).Select(line => line.Split(' ')).Where(words => words.Length > 3 && words[2] == "libsodium-dev").Select(words => words[3].Split('-')[0])];
        Assert.Equal([package, package], linked);
    }

    [Fact]
    public void Every_locked_package_is_explained() => Assert.Equal([], Locked.Where(package => !Named.Any(name => Covers(name, package))));

    [Fact]
    public void Every_explained_package_is_locked() =>
        Assert.Equal([], Named.Where(name => name is not "Microsoft.NETCore.App.*" and not "Microsoft.AspNetCore.App.*" && !Locked.Any(package => Covers(name, package))));

    private static bool Covers(string name, string package) =>
        name.EndsWith('*') ? package.StartsWith(name[..^1], StringComparison.Ordinal) : string.Equals(name, package, StringComparison.Ordinal);

    private static IEnumerable<string> PackagesOf(string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        return [.. document.RootElement.GetProperty("dependencies").EnumerateObject()
            .SelectMany(framework => framework.Value.EnumerateObject())
            .Where(package => package.Value.GetProperty("type").GetString() != "Project")
            .Select(package => package.Name)];
    }
}
