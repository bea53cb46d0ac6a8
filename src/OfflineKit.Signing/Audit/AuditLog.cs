using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Files;
using OfflineKit.Signing.Keys;

namespace OfflineKit.Signing.Audit;

/// <summary>A file of JSON lines in which every line holds the hash of the line before; a line is on the disk before the signature is released.</summary>
/// <remarks>
/// Line: <c>{"sequence","previous","time","who","key","fingerprint","algorithm","subject","digest","format","outcome","reason","request"[,"identity","issuer","certificate"][,"log"][, further members][,"signature"]}</c>.
/// <c>previous</c> is SHA-256 of the line before without its LF, 64 zeros in the first line. <c>signature</c>, if there is one, is Ed25519 over the
/// line as it would read without that member. Lines cut off at the end leave a whole chain: compare the head that <c>audit verify</c> shows.
/// Source: docs/spec/signing-audit-log.md.
/// </remarks>
internal sealed class AuditLog(string path, string who, TimeProvider clock, SigningKey? signer)
{
    /// <summary>What is done with a last line that was cut: a line is written with its LF, so nobody was told of one without.</summary>
    internal CutLine CutLine { get; init; }

    /// <summary>What no line shows, whatever a service calls its request.</summary>
    public HeldSecrets Secrets { get; init; } = new();

    private readonly LineFile _file = new(path, AuditChain.LineLimit);
    private readonly Lock _gate = new();

    /// <summary>Appends <paramref name="entry"/> and waits until it is on the disk. Two processes may share a log: each waits until it has the file alone.</summary>
    /// <exception cref="SigningException"><c>sign.audit-broken</c>: the last line cannot be continued, or the file cannot be written.</exception>
    public void Append(AuditEntry entry) => AppendAll([entry]);

    /// <summary>Appends all of <paramref name="entries"/>, by one flush to the disk, or none.</summary>
    /// <returns>Where each stands.</returns>
    /// <exception cref="SigningException"><c>sign.audit-broken</c>: the last line cannot be continued, or the file cannot be written.</exception>
    internal ImmutableArray<AuditReceipt> AppendAll(IReadOnlyList<AuditEntry> entries)
    {
        lock (_gate)
        {
            try
            {
                ImmutableArray<AuditReceipt> receipts = [];
                _file.AppendAll(
                    last =>
                    {
                        receipts = Chained(entries, Following(last));
                        return [.. receipts.Select(receipt => receipt.Line.ToArray())];
                    },
                    isWhole: CutLine == CutLine.TakenBack ? static _ => false : null,
                    UnixFileMode.UserRead | UnixFileMode.UserWrite);
                return receipts;
            }
            catch (OutputException fault)
            {
                throw new SigningException(SigningReasons.AuditBroken.Because(fault.Message), fault);
            }
        }
    }

    /// <summary>The hash that the next line carries, of a line without its LF.</summary>
    internal static string HashOf(ReadOnlySpan<byte> line) => Digest.Sha256(line).Hex;

    private (long Sequence, string Previous) Following(LastLine last)
    {
        if (last.IsFirst)
        {
            return (0, AuditChain.Start);
        }

        Result<JsonValue> parsed = Result.Parse(SigningReasons.AuditBroken, () => AuditChain.Members(StrictJson.Parse(last.Content, "last line")));
        return parsed.Value is { } entry
            ? (entry["sequence"].Integer + 1, HashOf(last.Content.Span))
            : throw SigningReasons.AuditBroken.Refusal($"{path}: the last line is no audit entry: {parsed.Finding!.Detail}");
    }

    private ImmutableArray<AuditReceipt> Chained(IReadOnlyList<AuditEntry> entries, (long Sequence, string Previous) place)
    {
        var receipts = ImmutableArray.CreateBuilder<AuditReceipt>(entries.Count);
        foreach (AuditEntry entry in entries)
        {
            byte[] line = Line(entry, place.Sequence, place.Previous);
            receipts.Add(new AuditReceipt(place.Sequence, HashOf(line), line));
            place = (place.Sequence + 1, receipts[^1].Hash);
        }

        return receipts.MoveToImmutable();
    }

    private byte[] Line(AuditEntry entry, long sequence, string previous)
    {
        DateTimeOffset now = clock.GetUtcNow();
        byte[] unsigned = Written(entry, now, sequence, previous, signature: null);
        if (signer is null)
        {
            return unsigned;
        }

        // Local Ed25519 answers at once; a service key would make every signature cost two requests.
        VerifiedSignature signature = signer.SignMessageAsync(unsigned, CancellationToken.None).GetAwaiter().GetResult();
        return Written(entry, now, sequence, previous, System.Text.Encoding.ASCII.GetString(StrictBase64.Encode(signature.Value.Span)));
    }

    private byte[] Written(AuditEntry entry, DateTimeOffset now, long sequence, string previous, string? signature)
    {
        using MemoryStream line = new();
        using (Utf8JsonWriter json = new(line))
        {
            json.WriteStartObject();
            json.WriteNumber("sequence", sequence);
            json.WriteString("previous", previous);
            json.WriteString("time", UtcText.Milliseconds(now));
            json.WriteString("who", who);
            json.WriteString("key", entry.Key);
            json.WriteString("fingerprint", entry.Fingerprint);
            json.WriteString("algorithm", entry.Algorithm);
            json.WriteString("subject", entry.Subject);
            json.WriteString("digest", entry.Digest);
            json.WriteString("format", entry.Format);
            json.WriteString("outcome", entry.Outcome switch { AuditOutcome.Signed => "signed", AuditOutcome.Refused => "refused", AuditOutcome.Answered => "answered", _ => "failed" });
            json.WriteString("reason", entry.Reason);
            json.WriteString("request", Secrets.Without(entry.RequestId));
            WriteWitnesses(json, entry);
            entry.FurtherMembers?.Invoke(json);
            if (signature is not null)
            {
                json.WriteString("signature", signature);
            }

            json.WriteEndObject();
        }

        return line.ToArray();
    }

    private static void WriteWitnesses(Utf8JsonWriter json, AuditEntry entry)
    {
        if (entry.Signer is { } signer)
        {
            json.WriteString("identity", signer.Name);
            json.WriteString("issuer", signer.Issuer);
            json.WriteString("certificate", signer.Certificate);
        }

        if (!entry.LogEntries.IsEmpty)
        {
            json.WriteStartArray("log");
            foreach (LoggedIn place in entry.LogEntries)
            {
                json.WriteStartObject();
                json.WriteString("url", place.Log);
                json.WriteNumber("index", place.Index);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }
}
