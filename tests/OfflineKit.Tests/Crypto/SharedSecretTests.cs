using OfflineKit.Crypto;

namespace OfflineKit.Tests.Crypto;

/// <summary>HMAC-SHA-256 under secrets of every kind of length: NSec's 32 bytes, up to a block of SHA-256, and beyond it.</summary>
public sealed class SharedSecretTests
{
    [Theory]
    [InlineData(32, "099805f4ac310786968565c098db515cc50862b420ae31e20238312344bed36a")]
    [InlineData(33, "3b9cd5f2d5b9b7bb92444ba0cd4271bbb27dbcc6d7257405469cefeaba1ed10e")]
    [InlineData(64, "5431cc41830bee7889a6b5d04b33877387ea9b8170759f4dca4323cfb5725508")]
    [InlineData(65, "b8510ec6c86f16d7c86061bd02266a93ffa7add59683bd03dc645ba1f238c38c")]
    public void A_secret_of_any_length_gives_the_one_mac(int length, string mac)
    {
        using SharedSecret secret = SharedSecret.FromBytes([.. Enumerable.Range(0, length).Select(i => (byte)i)], "key");
        Accepts(secret, "what do ya want for nothing?", mac);
    }

    /// <summary>RFC 4231, test case 6.</summary>
    [Fact]
    public void A_secret_longer_than_a_block_is_hashed_first()
    {
        using SharedSecret secret = SharedSecret.FromBytes([.. Enumerable.Repeat((byte)0xaa, 131)], "key");
        Accepts(secret, "Test Using Larger Than Block-Size Key - Hash Key First", "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    }

    private static void Accepts(SharedSecret secret, string message, string mac)
    {
        byte[] text = System.Text.Encoding.ASCII.GetBytes(message), wanted = Convert.FromHexString(mac), wrong = [.. wanted];
        wrong[^1] ^= 1;
        Assert.Equal(wanted, secret.Mac(text));
        Assert.True(secret.Authenticates(text, wanted));
        Assert.False(secret.Authenticates(text, wrong));
        Assert.False(secret.Authenticates(text, wanted.AsSpan(0, 31)));
        Assert.False(secret.Authenticates([.. text, 0], wanted));
    }
}
