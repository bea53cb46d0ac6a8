using System.Globalization;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Formats.Sentinel;

namespace OfflineKit.Signing.Formats;

/// <summary>A secret for HMAC-SHA-256. Whoever verifies with it can forge with it: what it makes is never called a signature.</summary>
internal sealed class HmacSecret : IDisposable
{
    private HmacSecret(SharedSecret verifier) => Verifier = verifier;

    internal SharedSecret Verifier { get; }

    /// <summary>The secret in <paramref name="hex"/>, at least 32 bytes.</summary>
    /// <exception cref="MalformedException">No hex, or too short.</exception>
    public static HmacSecret FromHex(string hex, string what) => new(SharedSecret.FromHex(hex, what));

    /// <summary>The HMAC-SHA-256 of <paramref name="message"/>.</summary>
    public byte[] Mac(ReadOnlySpan<byte> message) => Verifier.Mac(message);

    /// <inheritdoc/>
    public void Dispose() => Verifier.Dispose();
}

/// <summary>Writes records that no private key signed: HMACs and bare digests. Each needs the user's explicit word.</summary>
internal static class SymmetricRecords
{
    /// <summary>A CodeSentinel event under an HMAC.</summary>
    public static byte[] EventUnderHmac(ReadOnlyMemory<byte> content, HmacSecret secret, string keyName, DateTimeOffset signedAt)
    {
        SignedEventRecord record = new(SignedEventRecord.Parse(content), "hmac-sha256", "HMAC-SHA256", keyName, "hex", signedAt);
        return record.Line(StrictHex.Encode(secret.Mac(record.SignedBytes())));
    }

    /// <summary>A CodeSentinel event with nothing but its SHA-256: anybody can make it.</summary>
    public static byte[] EventWithDigest(ReadOnlyMemory<byte> content, DateTimeOffset signedAt)
    {
        SignedEventRecord record = new(SignedEventRecord.Parse(content), "sha256", "SHA-256", "", "hex", signedAt);
        return record.Line(Digest.Sha256(record.SignedBytes()).Hex);
    }

    /// <summary>A line of Sentinel's audit log, with a line feed, as its signing logger writes it; checked by the core before it is returned.</summary>
    /// <remarks>Source: docs/spec/sentinel.md §6. The signed text has another member order than the stored line.</remarks>
    public static byte[] SentinelLogLine(ReadOnlyMemory<byte> entry, HmacSecret secret, string keyId, DateTimeOffset time)
    {
        Result<JsonValue> parsed = Result.Parse(SigningReasons.UnsuitableSubject, () => StrictJson.Parse(entry, "log entry"));
        if (parsed.Value is null)
        {
            throw new SigningException(parsed.Finding!);
        }

        byte[] compact = GoJson.Compact(entry.Span), id = GoJson.String(keyId);
        byte[] stamp = GoJson.String(UtcText.Seconds(time));
        byte[] mac = secret.Mac([.. "{\"entry\":"u8, .. compact, .. ",\"timestamp\":"u8, .. stamp, .. ",\"key_id\":"u8, .. id, (byte)'}']);
        byte[] line =
        [
            .. "{\"entry\":"u8, .. compact, .. ",\"signature\":\""u8, .. Utf8Text.Encode(StrictHex.Encode(mac)), .. "\",\"key_id\":"u8, .. id,
            .. ",\"timestamp\":"u8, .. stamp, .. "}\n"u8,
        ];
        using MemoryStream log = new(line);
        return OfflineKit.Formats.Sentinel.AuditLog.Verify(log, secret.Verifier).IsIntact
            ? line
            : throw SigningReasons.DoesNotVerify.Refusal("our own log line is refused by the verifier");
    }
}
