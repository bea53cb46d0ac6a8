using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Signing.Audit;

/// <summary>What checking an audit log found.</summary>
/// <param name="Lines">Lines that hold.</param>
/// <param name="Head">The hash of the last line: keep it elsewhere, since lines cut off at the end show only by it.</param>
/// <param name="Fault">The first fault, or null.</param>
internal sealed record AuditCheck(long Lines, string Head, string? Fault);

/// <summary>Checks that no line of an audit log was removed, altered or moved.</summary>
internal static class AuditChain
{
    /// <summary><c>previous</c> of the first line.</summary>
    public const string Start = "0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>Longest line, in bytes.</summary>
    public const int LineLimit = 64 * 1024;

    /// <summary>Checks <paramref name="log"/> from its first line; <paramref name="signer"/>, if given, must have signed every line.</summary>
    public static AuditCheck Check(Stream log, PublicKey? signer)
    {
        string head = Start;
        long count = 0;
        using BufferedStream buffered = new(log, 64 * 1024);
        byte[] line = new byte[LineLimit];
        while (true)
        {
            int length = ReadLine(buffered, line, out bool terminated);
            if (length == 0 && !terminated)
            {
                return new AuditCheck(count, head, Fault: null);
            }

            string? fault = length < 0 ? $"longer than {LineLimit} bytes" : !terminated ? "cut: no line feed" : Fault(line.AsMemory(0, length), count, head, signer);
            if (fault is not null)
            {
                return new AuditCheck(count, head, $"line {count + 1}: {fault}");
            }

            head = AuditLog.HashOf(line.AsSpan(0, length));
            count++;
        }
    }

    private static string? Fault(ReadOnlyMemory<byte> line, long sequence, string previous, PublicKey? signer)
    {
        Result<JsonValue> parsed = Result.Parse(SigningReasons.AuditBroken, () => Members(StrictJson.Parse(line, "line")));
        if (parsed.Value is not { } entry)
        {
            return parsed.Finding!.Detail;
        }

        if (entry["sequence"].Integer != sequence)
        {
            return $"sequence {entry["sequence"].Integer}, wanted {sequence}: a line is missing, repeated or moved";
        }

        if (entry.String("previous") != previous)
        {
            return $"previous is {entry.String("previous")}, the line before hashes to {previous}: it was altered";
        }

        return signer is null ? null : SignatureFault(line.Span, entry, signer);
    }

    /// <summary><paramref name="entry"/>, if it has the members that make a chain.</summary>
    /// <exception cref="MalformedException">It has not.</exception>
    internal static JsonValue Members(JsonValue entry)
    {
        _ = entry["sequence"].Integer;
        _ = entry.String("previous");
        _ = entry.OptionalString("signature");
        return entry;
    }

    // The signed text is the line without its last member, so the line must end with exactly that member.
    private static string? SignatureFault(ReadOnlySpan<byte> line, JsonValue entry, PublicKey signer)
    {
        if (entry.OptionalString("signature") is not { } text)
        {
            return "not signed";
        }

        byte[] member = Utf8Text.Encode($",\"signature\":{System.Text.Encoding.UTF8.GetString(entry["signature"].Raw.Span)}}}");
        if (!line.EndsWith(member))
        {
            return "the signature is not the last member";
        }

        byte[] signed = [.. line[..^member.Length], (byte)'}'];
        Result<byte[]> signature = Result.Parse(SigningReasons.AuditBroken, () => StrictBase64.Decode(text, "signature"));
        return signature.Value is { } value && signer.Verifies(signed, value) ? null : "the signature does not verify";
    }

    // −1: longer than the limit.
    private static int ReadLine(BufferedStream log, byte[] line, out bool terminated)
    {
        int length = 0;
        terminated = false;
        int next;
        while ((next = log.ReadByte()) >= 0)
        {
            if (next == '\n')
            {
                terminated = true;
                return length;
            }

            if (length == line.Length)
            {
                return -1;
            }

            line[length++] = (byte)next;
        }

        return length;
    }
}
