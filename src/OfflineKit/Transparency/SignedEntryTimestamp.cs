using System.Globalization;
using OfflineKit.Crypto;
using OfflineKit.Encoding;

namespace OfflineKit.Transparency;

/// <summary>Rekor's promise to log an entry: a signature over entry, time, log and position.</summary>
/// <param name="Body">The canonicalised entry.</param>
/// <param name="IntegratedTime">When the log took the entry, in seconds since 1970.</param>
/// <param name="LogId">The 32 bytes of the log's id.</param>
/// <param name="LogIndex">The index over all shards of the log, not the one of the inclusion proof.</param>
/// <param name="Signature">ECDSA in DER.</param>
/// <remarks>Source: docs/spec/sigstore.md F24–F27.</remarks>
internal sealed record SignedEntryTimestamp(
    ReadOnlyMemory<byte> Body, long IntegratedTime, ReadOnlyMemory<byte> LogId, long LogIndex, ReadOnlyMemory<byte> Signature)
{
    /// <summary>What is signed: RFC 8785 JSON with four members.</summary>
    public byte[] SignedBytes => Utf8Text.Encode(string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"body":"{{System.Text.Encoding.ASCII.GetString(StrictBase64.Encode(Body.Span))}}","integratedTime":{{IntegratedTime}},"logID":"{{StrictHex.Encode(LogId.Span)}}","logIndex":{{LogIndex}}}"""));

    /// <summary>The promise is by <paramref name="key"/>.</summary>
    public bool IsBy(PublicKey key) => LogSignature.IsBy(key, SignedBytes, Signature);
}
