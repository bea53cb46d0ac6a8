using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Exports;

/// <summary>Which of a sequence of exports this is.</summary>
/// <param name="Sequence">What the sequence is called, such as <c>offlinekit-kit feeds</c>.</param>
/// <param name="Version">The version as the export writes it.</param>
/// <param name="Numbers">The version for comparing.</param>
/// <param name="List">SHA-256 of the signed list: two exports with one version and two lists are not the same.</param>
internal sealed record ExportVersion(string Sequence, string Version, ImmutableArray<long> Numbers, Digest List)
{
    private const int Longest = 8;

    /// <summary>This version is newer than <paramref name="other"/> (&gt; 0), the same (0) or older.</summary>
    public int OrderAgainst(ExportVersion other)
    {
        for (int i = 0; i < Math.Max(Numbers.Length, other.Numbers.Length); i++)
        {
            int order = (i < Numbers.Length ? Numbers[i] : 0).CompareTo(i < other.Numbers.Length ? other.Numbers[i] : 0);
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    /// <summary>The numbers of a dotted version.</summary>
    /// <exception cref="MalformedException">Anything but 1 to 8 decimal integers below 2^63 without leading zeros.</exception>
    public static ImmutableArray<long> Dotted(string version, string what)
    {
        string[] parts = version.Split('.');
        var numbers = ImmutableArray.CreateBuilder<long>(parts.Length);
        foreach (string part in parts)
        {
            numbers.Add(DecimalText.Number(part) ?? throw new MalformedException($"{what}: \"{version}\", wanted integers joined by dots"));
        }

        return parts.Length <= Longest ? numbers.MoveToImmutable() : throw new MalformedException($"{what}: {parts.Length} numbers, limit {Longest}");
    }
}
