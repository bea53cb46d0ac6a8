using OfflineKit.Testing;

namespace OfflineKit.Architecture.Tests;

/// <summary>The files of the checkout, as the tests of this project look at them.</summary>
internal static class Sources
{
    /// <summary>True when the person running the tests asks for the snapshot files to be written anew.</summary>
    public static bool Update => Environment.GetEnvironmentVariable("UPDATE") == "1";

    /// <summary>The C# files below <paramref name="folder"/>, relative to the root, without generated ones.</summary>
    public static IEnumerable<string> Below(string folder) =>
        Directory.EnumerateFiles(Repository.Path(folder), "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    /// <summary>The lines of a file that are code: comments and doc strings are left out.</summary>
    public static IEnumerable<string> Code(string file) =>
        File.ReadLines(Repository.Path(file)).Select(line => line.Trim()).Where(line => !line.StartsWith("//", StringComparison.Ordinal));

    /// <summary>Every file that git knows; the test that calls this is skipped where there is no git.</summary>
    public static string[] Tracked()
    {
        Execution.Needs("git");
        Execution list = Execution.Of(["git", "-c", "safe.directory=*", "ls-files", "-z"]);
        if (list.ExitCode != 0)
        {
            Assert.Skip("this is no git checkout");
        }

        return [.. list.Stdout.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(file => File.Exists(Repository.Path(file)))];
    }

    /// <summary>Fails with every line of <paramref name="found"/>.</summary>
    public static void AssertNone(IEnumerable<string> found)
    {
        string lines = string.Join('\n', found);
        Assert.True(lines.Length == 0, lines);
    }

    /// <summary>Compares <paramref name="actual"/> with the snapshot <paramref name="path"/>, or writes it with UPDATE=1.</summary>
    public static void AssertSnapshot(string path, string actual)
    {
        string file = Repository.Path(path);
        if (Update)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
        }

        string[] wanted = File.Exists(file) ? File.ReadAllLines(file) : [], seen = actual.TrimEnd('\n').Split('\n');
        string difference = string.Join('\n', [.. wanted.Except(seen).Select(line => "- " + line), .. seen.Except(wanted).Select(line => "+ " + line)]);
        Assert.True(difference.Length == 0, $"{path} differs (UPDATE=1 writes it anew):\n{difference}");
    }
}
