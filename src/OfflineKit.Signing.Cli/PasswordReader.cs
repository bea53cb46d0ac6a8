using Microsoft.Win32.SafeHandles;
using OfflineKit.Encoding;
using OfflineKit.Signing.Keys;

namespace OfflineKit.Signing.Cli;

/// <summary>Asks for passwords: from a descriptor if one was named, without echo in a terminal, else a line from standard input.</summary>
internal sealed class PasswordReader(int? descriptor) : PasswordPrompt
{
    private const int Limit = 1023;
    private Stream? _lines;

    /// <inheritdoc/>
    public override SecretMemory Ask(string purpose)
    {
        if (descriptor is { } number)
        {
            _lines ??= new FileStream(new SafeFileHandle(number, ownsHandle: false), FileAccess.Read, bufferSize: 0);
            return Line(_lines, $"--password-fd {number}", purpose);
        }

        if (Console.IsInputRedirected)
        {
            _lines ??= Console.OpenStandardInput();
            return Line(_lines, "standard input", purpose);
        }

        return Typed(purpose);
    }

    /// <summary>A new password, asked twice where somebody types it.</summary>
    public SecretMemory AskNew(string purpose)
    {
        SecretMemory first = Ask(purpose);
        if (descriptor is not null || Console.IsInputRedirected)
        {
            return first;
        }

        using SecretMemory again = Ask($"{purpose} once more");
        if (first.Bytes.SequenceEqual(again.Bytes))
        {
            return first;
        }

        first.Dispose();
        throw new UsageException("the two passwords differ");
    }

    private static SecretMemory Line(Stream stream, string source, string purpose)
    {
        using SecretMemory room = new(Limit + 1);
        int length = 0;
        while (length <= Limit)
        {
            Span<byte> next = room.Bytes.Slice(length, 1);
            if (stream.Read(next) == 0)
            {
                return length > 0 ? room.Part(0, length) : throw SigningReasons.NoPassword.Refusal($"{purpose} is needed and {source} is at its end");
            }

            if (next[0] == (byte)'\n')
            {
                return room.Part(0, length > 0 && room.Bytes[length - 1] == (byte)'\r' ? length - 1 : length);
            }

            length++;
        }

        throw SigningReasons.NoPassword.Refusal($"{source}: a password longer than {Limit} bytes");
    }

    private static SecretMemory Typed(string purpose)
    {
        Terminal.Error.Write($"{purpose}: ");
        using SecretMemory room = new(Limit + 4);
        int length = 0;
        Span<byte> encoded = stackalloc byte[4];
        while (true)
        {
            ConsoleKeyInfo key = Console.ReadKey(intercept: true);
            if (key.Key == ConsoleKey.Enter)
            {
                Terminal.Error.WriteLine();
                return room.Part(0, length);
            }

            if (key.Key == ConsoleKey.Backspace)
            {
                // One whole UTF-8 character.
                while (length > 0 && (room.Bytes[--length] & 0xC0) == 0x80)
                {
                }
            }
            else if (key.KeyChar != '\0' && length < Limit)
            {
                int count = System.Text.Encoding.UTF8.GetBytes([key.KeyChar], encoded);
                encoded[..count].CopyTo(room.Bytes[length..]);
                length += count;
            }
        }
    }
}
