using System.Buffers.Binary;
using OfflineKit.Host.Results;

namespace OfflineKit.Cli.Tests;

/// <summary>What holds more results than fit into memory: tables and sorts that go on in a scratch file.</summary>
public sealed class LargeResultsTests
{
    private const int Many = 100_000, More = 250_000;

    [Fact]
    public void A_table_of_digests_knows_each_again_when_it_is_larger_than_memory()
    {
        using DigestTable table = new(valueSize: sizeof(int));
        byte[] value = new byte[sizeof(int)];
        for (int i = 0; i < Many; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(value, i);
            Assert.True(table.Add(DigestOf(i), value));
        }

        Assert.False(table.Add(DigestOf(7), value));
        Assert.False(table.Add(DigestOf(Many - 1), value));
        Assert.Equal(Many, table.Count);
        for (int i = 0; i < Many; i += 997)
        {
            Assert.True(table.Find(DigestOf(i), value));
            Assert.Equal(i, BinaryPrimitives.ReadInt32BigEndian(value));
        }

        Assert.False(table.Find(DigestOf(Many), value));
    }

    [Fact]
    public void Digests_that_begin_alike_or_with_zeros_are_told_apart()
    {
        using DigestTable table = new();
        Assert.All(Enumerable.Range(1, 2999), i => Assert.True(table.Add((UInt128)i)));
        Assert.All(Enumerable.Range(2, 2998), i => Assert.False(table.Add((UInt128)i)));
        Assert.False(table.Add(UInt128.Zero));
    }

    [Fact]
    public void Records_come_in_the_order_of_their_keys_when_they_are_more_than_memory_holds()
    {
        using SortedRecords records = new();
        for (int i = 0; i < More; i++)
        {
            records.Add(new SortedRecord($"{i * 7919L % 100_003:x} \ud83d\udd11 \ud800", BitConverter.GetBytes(i)));
        }

        string before = "";
        int last = -1, count = 0;
        foreach (SortedRecord record in records.InOrder())
        {
            int order = string.CompareOrdinal(before, record.Key), number = BitConverter.ToInt32(record.Value);
            Assert.True(order < 0 || (order == 0 && last < number), $"{before} then {record.Key}");
            (before, last, count) = (record.Key, number, count + 1);
        }

        Assert.Equal(More, count);
    }

    [Fact]
    public void Of_many_groups_the_largest_are_kept_and_the_others_are_counted()
    {
        using ResultGroups groups = new();
        for (int i = 0; i < 200_000; i++)
        {
            string key = i % 3 == 0 ? $"large {i % 5}" : $"small {i % 50_000:d5}";
            groups.Add(key, new ResultGroup([key], 1, 10, [$"p{i}"], $"p{i}", $"p{i}"));
        }

        LargestGroups largest = groups.Largest(5);
        Assert.Equal(["large 0", "large 1", "large 2", "large 3", "large 4"], largest.Groups.Select(group => group.Labels[0]).Order(StringComparer.Ordinal));
        Assert.Equal(200_000, largest.Groups.Sum(group => group.Count) + largest.Besides);
        Assert.Equal(5 + 50_000, largest.All);
        ResultGroup first = largest.Groups.Single(group => group.Labels[0] == "large 0");
        Assert.Equal(["p0", "p15", "p30"], first.FirstPaths);
        Assert.Equal(10 * first.Count, first.Bytes);
        Assert.Equal(("p0", "p99990"), (first.Least, first.Greatest));
    }

    // Spread over all bits, and never zero.
    private static UInt128 DigestOf(int number) => LineDigest.Of(BitConverter.GetBytes(number));
}
