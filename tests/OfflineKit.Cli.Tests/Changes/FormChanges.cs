using OfflineKit.Campaign.Changes;

namespace OfflineKit.Cli.Tests.Changes;

/// <summary>The changes of a file that are tried in every run: each byte, and each part.</summary>
internal static class FormChanges
{
    private const int KindsOfAByte = 15, LeftOut = 10, EveryBitUpTo = 128, MostBytes = 512, MostParts = 160;

    /// <summary>One bit of every byte, and every part left out, doubled, renamed, exchanged; of a large file as many, evenly spread.</summary>
    public static IEnumerable<Change> Of(byte[] file, int most = MostBytes)
    {
        int step = Math.Max(1, file.Length / Math.Min(most, MostBytes));
        for (int at = 0; at < file.Length; at += step)
        {
            foreach (int kind in file.Length <= EveryBitUpTo && most == int.MaxValue ? [0, 1, 2, 3, 4, 5, 6, 7, LeftOut] : (int[])[at % 8])
            {
                if (ByteChanges.Of(file, ((long)at * KindsOfAByte) + kind) is { } change)
                {
                    yield return change;
                }
            }
        }

        Change[] parts = file.Length <= ChangedFile.LargestWithParts ? [.. StructuralChanges.Of(file)] : [];
        for (int number = 0; number < parts.Length; number += Math.Max(1, parts.Length / Math.Min(most, MostParts)))
        {
            yield return parts[number];
        }
    }
}
