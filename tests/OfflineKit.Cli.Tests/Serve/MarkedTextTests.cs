using OfflineKit.Host.Serve;

namespace OfflineKit.Cli.Tests.Serve;

/// <summary>Lists and requests as Windows PowerShell 5.1 writes them.</summary>
public sealed class MarkedTextTests
{
    private const string Text = "größe.txt\nb\n";

    public static TheoryData<string, byte[]> Written => new()
    {
        { "no mark", System.Text.Encoding.UTF8.GetBytes(Text) },
        { "the mark of UTF-8", [.. System.Text.Encoding.UTF8.Preamble, .. System.Text.Encoding.UTF8.GetBytes(Text)] },
        { "UTF-16", [.. System.Text.Encoding.Unicode.Preamble, .. System.Text.Encoding.Unicode.GetBytes(Text)] },
        { "UTF-16, big-endian", [.. System.Text.Encoding.BigEndianUnicode.Preamble, .. System.Text.Encoding.BigEndianUnicode.GetBytes(Text)] },
    };

    [Theory]
    [MemberData(nameof(Written))]
    public void Lines_are_the_same_however_they_were_written(string how, byte[] written)
    {
        _ = how;
        Assert.Equal(["größe.txt", "b"], Lines(new MemoryStream(written)));
    }

    [Fact]
    public void Only_the_first_mark_is_none_of_the_text() => Assert.Equal(["\uFEFFa"], Lines(new MemoryStream([.. System.Text.Encoding.UTF8.Preamble, .. System.Text.Encoding.UTF8.Preamble, (byte)'a'])));

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0xEF })]
    [InlineData(new byte[] { 0xEF, 0xBB })]
    public void A_piece_of_a_mark_is_none(byte[] written) => Assert.Equal(written.Length == 0 ? [] : [written], Raw(new MemoryStream(written)));

    [Fact]
    public void A_short_line_is_read_before_the_next_one_comes()
    {
        BoundedLines lines = new(new OneAtATime([[(byte)'\n'], [(byte)'b', (byte)'\n']]), limit: 10);
        Assert.True(lines.Next(out byte[]? first));
        Assert.Equal([], first!);
    }

    private static List<string> Lines(Stream input) => [.. Raw(input).Select(System.Text.Encoding.UTF8.GetString)];

    private static List<byte[]> Raw(Stream input)
    {
        BoundedLines lines = new(input, limit: 100);
        List<byte[]> read = [];
        while (lines.Next(out byte[]? line))
        {
            read.Add(line!);
        }

        return read;
    }

    // Fails where more is read than is there, as a pipe would wait.
    private sealed class OneAtATime(byte[][] pieces) : MemoryStream(pieces[0])
    {
        public override int Read(byte[] buffer, int offset, int count) =>
            Position < Length ? base.Read(buffer, offset, count) : throw new InvalidOperationException("the next piece was wanted too early");

        public override int Read(Span<byte> buffer) => Position < Length ? base.Read(buffer) : throw new InvalidOperationException("the next piece was wanted too early");
    }
}
