using System.Buffers.Text;
using System.Security.Cryptography;
using OfflineKit.Crypto;

namespace OfflineKit.Tests.Crypto;

/// <summary>Content in pieces of whatever size hashes as the whole does.</summary>
public sealed class FramedHashTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(48 * 1024)]
    [InlineData((48 * 1024) + 1)]
    [InlineData(200_003)]
    public void Base64url_in_pieces_is_that_of_the_whole(int size)
    {
        byte[] content = [.. Enumerable.Range(0, size).Select(index => (byte)(((index * 131) ^ (index >> 8)) & 0xFF))];
        byte[] wanted = SHA256.HashData([.. "head."u8, .. System.Text.Encoding.ASCII.GetBytes(Base64Url.EncodeToString(content)), .. "tail"u8]);
        FramedHash frame = new(DigestAlgorithm.Sha256, "head."u8.ToArray(), "tail"u8.ToArray()) { Content = FramedContent.Base64Url };
        Assert.Equal(wanted, frame.Of(content).Bytes);
        foreach (int piece in (int[])[1, 2, 3, 5, 7, 4096, 65_537])
        {
            if (piece < 3 && size > 60_000)
            {
                continue;
            }

            using FramedHasher hasher = frame.Begin();
            foreach (byte[] part in content.Chunk(piece))
            {
                hasher.Append(part);
            }

            Assert.Equal(wanted, hasher.Finish().Bytes);
        }
    }

    [Theory]
    [InlineData(nameof(FramedContent.AsItIs), "a\r\nb\nc")]
    [InlineData(nameof(FramedContent.Lines), "a\r\nb\r\nc")]
    [InlineData(nameof(FramedContent.Base64Url), "YQ0KYgpj")]
    public void Each_form_counts_as_it_says(string form, string counted)
    {
        FramedHash frame = new(DigestAlgorithm.Sha512, prefix: default, suffix: default) { Content = Enum.Parse<FramedContent>(form) };
        Assert.Equal(SHA512.HashData(System.Text.Encoding.ASCII.GetBytes(counted)), frame.Of("a\r\nb\nc"u8).Bytes);
    }
}
