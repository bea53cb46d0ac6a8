namespace OfflineKit.Cli.Tests;

/// <summary>The fields of a vector's <c>case.txt</c>.</summary>
internal static class CaseFile
{
    /// <summary>What <paramref name="file"/> says of <paramref name="name"/>.</summary>
    public static string Field(string file, string name) =>
        File.ReadLines(file).First(line => line.StartsWith(name + ": ", StringComparison.Ordinal))[(name.Length + 2)..].Trim();

    /// <summary>The arguments of the program.</summary>
    public static string[] Arguments(string file) => Field(file, "args").Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
