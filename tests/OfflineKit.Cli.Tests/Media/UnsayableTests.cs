using OfflineKit.Host.Batches;

namespace OfflineKit.Cli.Tests.Media;

/// <summary>What cannot be said hides nothing else.</summary>
public sealed class UnsayableTests
{
    [Fact]
    public void A_file_that_is_called_like_an_object_is_another_entry()
    {
        BatchEntry unsayable = new("f/bad", Members: null) { Bytes = [.. "f/bad"u8, 0xFF] };
        BatchEntry called = new(System.Text.Encoding.UTF8.GetString(unsayable.Object!.Value.Span), Members: null);
        Assert.NotEqual(unsayable.Key.ToArray(), called.Key.ToArray());
    }
}
