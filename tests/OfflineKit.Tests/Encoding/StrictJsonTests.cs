using OfflineKit.Encoding;

namespace OfflineKit.Tests.Encoding;

/// <summary>What a hostile document may cost.</summary>
public sealed class StrictJsonTests
{
    [Fact]
    public void More_values_than_a_list_of_a_million_files_needs_are_refused()
    {
        byte[] text = new byte[(2 * Limits.JsonValues) + 1];
        for (int i = 0; i < text.Length; i++)
        {
            text[i] = (i % 2) == 0 ? (byte)',' : (byte)'1';
        }

        (text[0], text[^1]) = ((byte)'[', (byte)']');
        Assert.Equal("limit.input-too-large", Assert.Throws<MalformedException>(() => StrictJson.Parse(text, "list")).Reason?.Code);
    }

    [Fact]
    public void A_long_name_is_not_repeated_for_each_value_below_it()
    {
        string text = $"{{\"{new string('n', 100_000)}\":[{string.Join(',', Enumerable.Repeat("1", 100_000))}]}}";
        long before = GC.GetAllocatedBytesForCurrentThread();
        JsonValue last = StrictJson.Parse(System.Text.Encoding.ASCII.GetBytes(text), "list").Members[0].Value.Elements[^1];
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024 * 1024);
        Assert.Equal($"list.{new string('n', 128)}…[99999]", last.Path);
    }
}
