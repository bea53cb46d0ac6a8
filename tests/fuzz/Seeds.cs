using System.Security.Cryptography;
using OfflineKit.Fuzz.Targets;

namespace OfflineKit.Fuzz;

/// <summary>Where fuzzing begins: files that a target accepts.</summary>
internal static class Seeds
{
    private const int Most = 48, Largest = 16 * 1024;

    /// <summary>The folder that holds OfflineKit.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The files of all vectors, in one order.</summary>
    public static IEnumerable<string> Vectors() => Directory.EnumerateFiles(Path.Combine(Root, "tests", "vectors"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    /// <summary>What <paramref name="target"/> accepts of the vectors, spread over all of them, and its own seeds.</summary>
    public static byte[][] Of(Target target)
    {
        byte[][] accepted = [.. target.OwnSeeds?.Invoke() ?? OfVectors.Where(target.Accepts)];
        return [.. Enumerable.Range(0, Math.Min(Most, accepted.Length)).Select(at => accepted[at * accepted.Length / Math.Min(Most, accepted.Length)])];
    }

    /// <summary>One of them, soon found: where a path says what the target is called, it is tried first; null: there is none.</summary>
    public static byte[]? OneOf(Target target) =>
        target.OwnSeeds?.Invoke().FirstOrDefault() ?? Small.Value.OrderByDescending(file => target.Name.Split('-').Count(word => file.Path.Contains(word, StringComparison.Ordinal))).Select(file => file.Content).FirstOrDefault(target.Accepts);

    /// <summary>The small files of all vectors, each content once.</summary>
    public static IEnumerable<byte[]> OfVectors => Small.Value.Select(file => file.Content);

    private static readonly Lazy<(string Path, byte[] Content)[]> Small = new(() =>
        [.. Vectors().Where(file => new FileInfo(file).Length is > 0 and <= Largest).Select(file => (file, File.ReadAllBytes(file))).DistinctBy(file => Convert.ToHexString(SHA256.HashData(file.Item2)))]);

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "OfflineKit.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("no OfflineKit.sln above " + AppContext.BaseDirectory);
    }
}
