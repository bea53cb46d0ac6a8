using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.Sentinel;

/// <summary>A line of an audit log that is not what the logger signed.</summary>
/// <param name="Line">Its number, counted from 1.</param>
/// <param name="Finding">Why.</param>
internal sealed record LogFailure(long Line, Finding Finding);

/// <summary>What the check of an audit log found.</summary>
/// <param name="Lines">Lines that are not empty.</param>
/// <param name="Valid">Lines whose HMAC fits.</param>
/// <param name="InvalidSignatures">Signed lines whose HMAC does not fit.</param>
/// <param name="ParseErrors">Lines that are no signed entries.</param>
/// <param name="Failures">The first failures, at most <see cref="Limits.LogFailures"/>.</param>
internal sealed record AuditLogResult(long Lines, long Valid, long InvalidSignatures, long ParseErrors, ImmutableArray<LogFailure> Failures)
{
    /// <summary>Every line, and at least one, carries a fitting HMAC. Says nothing about lines that were removed, repeated or moved.</summary>
    public bool IsIntact => Lines > 0 && Valid == Lines;

    /// <summary>Lines with integrity issues.</summary>
    public long Failed => InvalidSignatures + ParseErrors;
}

/// <summary>Sentinel's signed audit log: JSON Lines, an HMAC-SHA-256 a line.</summary>
/// <remarks>Symmetric: whoever can verify can forge. There is no chain and no counter. Source: docs/spec/sentinel.md §6.</remarks>
internal static class AuditLog
{
    private const int MacDigits = 64;

    /// <summary>Checks every line of <paramref name="log"/> in one pass and bounded memory.</summary>
    /// <exception cref="IOException">The log cannot be read.</exception>
    public static AuditLogResult Verify(Stream log, SharedSecret secret)
    {
        using LineStream lines = new(log, Limits.LogLine);
        long count = 0, valid = 0, invalid = 0, unsigned = 0;
        var failures = ImmutableArray.CreateBuilder<LogFailure>();
        while (lines.Next() is { } line)
        {
            if (line.Length == 0)
            {
                continue;
            }

            count++;
            Finding? finding = lines.IsCut
                ? SentinelReasons.LogEntryUnsigned.Because($"invalid JSON: the line is longer than {Limits.LogLine} bytes")
                : Judge(line, secret);
            valid += finding is null ? 1 : 0;
            invalid += finding?.Reason == SentinelReasons.LogEntryInvalid ? 1 : 0;
            unsigned += finding?.Reason == SentinelReasons.LogEntryUnsigned ? 1 : 0;
            if (finding is not null && failures.Count < Limits.LogFailures)
            {
                failures.Add(new LogFailure(lines.Number, finding));
            }
        }

        return new AuditLogResult(count, valid, invalid, unsigned, failures.ToImmutable());
    }

    private static Finding? Judge(byte[] line, SharedSecret secret)
    {
        Result<SignedEntry> parsed = Result.Parse(SentinelReasons.LogEntryUnsigned, () => SignedEntry.Parse(line));
        if (parsed.Value is not { } entry)
        {
            return parsed.Finding;
        }

        return entry.Mac is { } mac && secret.Authenticates(entry.SignedBytes, mac)
            ? null
            : SentinelReasons.LogEntryInvalid.Because("invalid signature (possible tampering)");
    }

    /// <summary>One line: what was signed, and the MAC; null when the text of the MAC is none.</summary>
    private sealed record SignedEntry(byte[] SignedBytes, byte[]? Mac)
    {
        public static SignedEntry Parse(byte[] line)
        {
            JsonValue stored = StrictJson.ParseObject(line, "invalid JSON");
            if (stored.Optional("signature") is null)
            {
                throw new MalformedException("missing signature field");
            }

            stored.RefuseOtherMembers("entry", "signature", "key_id", "timestamp");
            byte[] signed =
            [
                .. "{\"entry\":"u8, .. GoJson.Compact(stored["entry"].Raw.Span),
                .. ",\"timestamp\":"u8, .. GoJson.String(stored.String("timestamp")),
                .. ",\"key_id\":"u8, .. GoJson.String(stored.String("key_id")), (byte)'}',
            ];
            string mac = stored.String("signature");
            bool isMac = mac.Length == MacDigits && mac.All(char.IsAsciiHexDigit);
            return new SignedEntry(signed, isMac ? StrictHex.Decode(mac.ToLowerInvariant(), "signature") : null);
        }
    }
}
