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

    private static Dictionary<string, string> Unreached()
    {
        Dictionary<string, string> why = new(StringComparer.Ordinal);
        foreach (string line in File.ReadAllLines(Path.Combine(Vector.Root, "UNREACHED.txt")).Where(line => line.Length > 0 && !line.StartsWith('#')))
        {
            string[] parts = line.Split(": ", 2);
            Assert.True(parts.Length == 2 && parts[1].Length > 10, $"UNREACHED.txt: wanted \"code: why\", found: {line}");
            why.Add(parts[0], parts[1]);
        }

        return why;
    }
}
