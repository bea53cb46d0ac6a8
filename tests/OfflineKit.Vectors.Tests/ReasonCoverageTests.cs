using OfflineKit.Testing;

namespace OfflineKit.Vectors.Tests;

/// <summary>Each reason is shown by a vector, or tests/vectors/UNREACHED.txt says why none can show it.</summary>
public sealed class ReasonCoverageTests
{
    private static readonly HashSet<string> Shown = [.. Vector.Names().Select(name => Vector.Read(name).Expect)];
    private static readonly HashSet<string> Known = [.. KnownReasons.All.Select(reason => reason.Code)];

    [Fact]
    public void Every_reason_has_a_vector_or_an_explained_exception()
    {
        Dictionary<string, string> unreached = Unreached();
        Assert.Equal("", Lines(Known.Where(code => !Shown.Contains(code) && !unreached.ContainsKey(code)).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Every_exception_is_still_needed()
    {
        Assert.Equal("", Lines(Unreached().Keys.Where(code => Shown.Contains(code) || !Known.Contains(code)).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void What_no_vector_shows_another_test_shows() => Assert.Equal("", Lines(Unreached().Where(entry => !Shows(entry.Value, entry.Key)).Select(entry => $"{entry.Key} is not in {entry.Value}")));

    [Fact]
    public void Every_vector_expects_something_that_exists()
    {
        Assert.Equal("", Lines(Shown.Where(expect => expect is not ("trusted" or "error") && !Known.Contains(expect)).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Every_vector_says_what_it_is_about()
    {
        Assert.Equal("", Lines(Vector.Names().Where(name => !File.ReadAllText(Path.Combine(Vector.Root, name, "case.txt")).StartsWith("# ", StringComparison.Ordinal))));
    }

    private static string Lines(IEnumerable<string> found) => string.Join('\n', found);

    private static bool Shows(string test, string code) =>
        File.Exists(Repository.Path("tests", test)) && File.ReadAllText(Repository.Path("tests", test)).Contains($"\"{code}\"", StringComparison.Ordinal);

    // By code the test that shows it.
    private static Dictionary<string, string> Unreached()
    {
        Dictionary<string, string> tests = new(StringComparer.Ordinal);
        foreach (string line in File.ReadAllLines(Path.Combine(Vector.Root, "UNREACHED.txt")).Where(line => line.Length > 0 && !line.StartsWith('#')))
        {
            string[] parts = line.Split(": ", 3);
            Assert.True(parts.Length == 3 && parts[2].Length > 10, $"UNREACHED.txt: wanted \"code: test: why\", found: {line}");
            tests.Add(parts[0], parts[1]);
        }

        return tests;
    }
}
