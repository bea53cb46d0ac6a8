using System.Text.RegularExpressions;
using OfflineKit.Testing;

namespace OfflineKit.Architecture.Tests;

/// <summary>Packages of Debian, whatever for, are named by version and digest and fetched in one place.</summary>
public sealed partial class DebianPackagesTests
{
    public static TheoryData<string> Locks { get; } = ["sysroot", "peers"];

    [Theory]
    [MemberData(nameof(Locks))]
    public void Every_line_names_a_version_a_digest_and_a_path(string folder)
    {
        string[] lines = [.. File.ReadLines(Repository.Path("build", folder, "packages.lock")).Where(line => !line.StartsWith('#'))];
        Assert.True(lines.Length > 10, "nothing is locked");
        Assert.Equal([], lines.Where(line => !Line().IsMatch(line)));
        Assert.Equal([], lines.GroupBy(line => (line.Split(' ')[1], line.Split(' ')[2])).Where(group => group.Count() > 1).Select(group => group.Key.ToString()));
    }

    [Fact]
    public void Both_architectures_link_the_same_packages()
    {
        ILookup<string, string> packages = File.ReadLines(Repository.Path("build", "sysroot", "packages.lock")).Where(line => !line.StartsWith('#'))
            .Select(line => line.Split(' ')).ToLookup(words => words[1], words => $"{words[2]} {words[3]}");
        Assert.Equal(packages["amd64"], packages["arm64"]);
    }

    // What is installed into the machine, tools alone, is setup.sh's.
    [Fact]
    public void One_script_fetches_packages() =>
        Assert.Equal(
            ["debian/packages.sh"],
            Directory.EnumerateFiles(Repository.Path("build"), "*.sh", SearchOption.AllDirectories)
                .Where(file => Path.GetFileName(file) != "setup.sh" && Fetching().IsMatch(File.ReadAllText(file)))
                .Select(file => Path.GetRelativePath(Repository.Path("build"), file)));

    [GeneratedRegex(@"^\S+ (amd64|arm64) (?<name>[a-z0-9.+-]+) \S+ [0-9a-f]{64} pool/\S+/\k<name>_\S+\.deb( [a-z,]+)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Line();

    [GeneratedRegex(@"apt-helper|apt-get[^\n]* (download|update)\b")]
    private static partial Regex Fetching();
}
