using System.Collections.Immutable;
using System.Diagnostics;

namespace OfflineKit.Campaign.Cases;

/// <summary>The accepting rows of corpora by others, as their own runner lists them.</summary>
internal static class CorpusCases
{
    /// <summary>Each of them, or why it is not asked; none where the corpora are absent.</summary>
    public static IEnumerable<(string Name, AcceptedCase? Case, string Why)> Read(string root)
    {
        string runner = Path.Combine(root, "run.py");
        if (!File.Exists(runner))
        {
            yield break;
        }

        string corpus = "";
        foreach (string line in Listed(runner, root))
        {
            if (line.Split('\t') is not [var id, var expect, _, var command])
            {
                corpus = line.Split(':')[0];
            }
            else if (expect == "accept")
            {
                ImmutableArray<string> words = [.. command.Replace(root + "/", "", StringComparison.Ordinal).Split(' ').Select(word => word.Trim('\''))];
                (AcceptedCase? read, string why) = CaseFolder.Read($"corpus {corpus}", $"{corpus}/{id}", root, ".", words, unnamed: []);
                yield return ($"{corpus}/{id}", read, why);
            }
        }
    }

    private static string[] Listed(string runner, string root)
    {
        using Process list = Process.Start(new ProcessStartInfo("python3", [runner, root, "--list"]) { RedirectStandardOutput = true })!;
        string[] lines = list.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        list.WaitForExit();
        return lines;
    }
}
