using System.Buffers;

namespace OfflineKit.Encoding;

/// <summary>Hexadecimal in lower case, two digits a byte and nothing else.</summary>
internal static class StrictHex
{
    private static readonly SearchValues<byte> EitherCase = SearchValues.Create("0123456789abcdefABCDEF"u8);
    private static readonly SearchValues<char> EitherCaseText = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>Hex digits in either case and nothing else.</summary>
    public static bool IsInEitherCase(ReadOnlySpan<byte> text) => !text.ContainsAnyExcept(EitherCase);

    /// <summary>Hex digits in either case and nothing else.</summary>
    public static bool IsInEitherCase(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(EitherCaseText);

    /// <summary>The bytes behind <paramref name="text"/>; upper case, blanks and odd lengths are malformed.</summary>
    public static byte[] Decode(string text, string what)
    {
        if (text.Length % 2 != 0)
        {
            throw new MalformedException($"{what}: odd number of hex digits");
        }

        byte[] bytes = new byte[text.Length / 2];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)((Digit(text[2 * i], what) << 4) | Digit(text[(2 * i) + 1], what));
        }

        return bytes;
    }

    /// <summary>Exactly <paramref name="size"/> bytes behind <paramref name="text"/>.</summary>
    public static byte[] Decode(string text, int size, string what) =>
        text.Length == 2 * size
            ? Decode(text, what)
            : throw new MalformedException($"{what}: {text.Length} characters, wanted {2 * size} hex digits");

    /// <summary>Lower-case hex of <paramref name="bytes"/>.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);

    private static int Digit(char c, string what) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'f' => c - 'a' + 10,
        _ => throw new MalformedException($"{what}: not lower-case hex"),
    };
}
