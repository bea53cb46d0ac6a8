using System.Collections.Concurrent;
using OfflineKit.Exports;
using OfflineKit.Testing;

namespace OfflineKit.Tests.Exports;

/// <summary>Every good export, changed in every part: nothing stays trusted that should not.</summary>
public sealed class ExportMutationTests
{
    private static readonly string[] Vectors =
    [
        "checksums-good", "checksums-bsd", "checksums-root-line", "offlinekit-kit-good", "offline-update-kit-good", "offline-update-kit-receipt-in-a-file", "export-center-good", "export-center-detached",
        "export-kit-good", "devportal-good", "evidence-locker-good", "evidence-export-good", "stella-bundle-good", "mirror-good", "model-signing-good",
    ];

    private static readonly ConcurrentDictionary<string, byte> Used = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, Lazy<string>> Complaints = new(Vectors.Select(vector => KeyValuePair.Create(vector, new Lazy<string>(() => Complaint(vector)))));

    public static TheoryData<string> Good() => [.. Vectors];

    [Theory]
    [MemberData(nameof(Good))]
    public void No_changed_export_stays_trusted(string vector) => Assert.Equal("", Complaints[vector].Value);

    [Fact]
    public void Every_layout_has_a_good_export_here() => Assert.Equal(
        ExportLayouts.All.Select(layout => layout.Name).Order(StringComparer.Ordinal),
        Vectors.Select(vector => GoodExport.Judge(GoodExport.Of(vector).Files)).Select(verdict => verdict.Verdict.IsTrusted ? verdict.Layout : "not trusted").Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void Every_allowed_change_still_occurs()
    {
        foreach (Lazy<string> complaint in Complaints.Values)
        {
            _ = complaint.Value;
        }

        Assert.Equal("", string.Join('\n', AllowedChange.All.Select(change => change.File).Where(file => !Used.ContainsKey(file))));
    }

    private static string Complaint(string vector)
    {
        GoodExport good = GoodExport.Of(vector);
        ConcurrentBag<string> survivors = [];
        Parallel.ForEach(good.Files.SelectMany(file => Changes(good, file.Key)), change =>
        {
            if (GoodExport.Judge(change.Files).Verdict.IsTrusted && !IsAllowed(good, change.Path, change.Files))
            {
                survivors.Add($"{change.Path}: {change.What}");
            }
        });
        return string.Join('\n', survivors.Order(StringComparer.Ordinal).Take(20));
    }

    // Everything that can happen to one file of an export: its content, its place, its absence.
    private static IEnumerable<(string Path, string What, Dictionary<string, byte[]> Files)> Changes(GoodExport good, string path)
    {
        foreach ((string what, byte[] changed) in Mutation.Of(good.Files[path]))
        {
            yield return (path, what, With(good, path, changed));
        }

        yield return (path, "taken away", Without(good, path));
        Dictionary<string, byte[]> renamed = Without(good, path);
        renamed.Add(path + "2", good.Files[path]);
        yield return (path, "renamed", renamed);
        yield return (path + "2", "a copy added", With(good, path + "2", good.Files[path]));
        yield return ("more/" + path, "a copy added in another folder", With(good, "more/" + path, good.Files[path]));
        foreach (string other in good.Files.Keys.Where(other => string.CompareOrdinal(other, path) > 0 && !good.Files[other].AsSpan().SequenceEqual(good.Files[path])))
        {
            Dictionary<string, byte[]> swapped = With(good, path, good.Files[other]);
            swapped[other] = good.Files[path];
            yield return (path, $"swapped with {other}", swapped);
        }
    }

    private static bool IsAllowed(GoodExport good, string path, Dictionary<string, byte[]> files)
    {
        // Nothing else may have changed, and nothing may have come.
        bool isOnlyOne = files.Keys.All(good.Files.ContainsKey) && good.Files.All(file => file.Key == path || (files.TryGetValue(file.Key, out byte[]? now) && now.AsSpan().SequenceEqual(file.Value)));
        AllowedChange? allowed = AllowedChange.Of(good, path, files.GetValueOrDefault(path));
        if (allowed is not null && isOnlyOne)
        {
            Used.TryAdd(allowed.File, 0);
        }

        return allowed is not null && isOnlyOne;
    }

    private static Dictionary<string, byte[]> With(GoodExport good, string path, byte[] content) => new(good.Files, StringComparer.Ordinal) { [path] = content };

    private static Dictionary<string, byte[]> Without(GoodExport good, string path) => new(good.Files.Remove(path), StringComparer.Ordinal);
}
