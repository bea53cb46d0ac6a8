using System.Globalization;
using System.Text.Json;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Signing.Output;

namespace OfflineKit.Signing.Audit;

/// <summary>A file of JSON lines in which every line holds the hash of the line before; a line is on the disk before the signature is released.</summary>
/// <remarks>
/// Line: <c>{"sequence","previous","time","who","key","fingerprint","algorithm","subject","digest","format","outcome","reason","request"[,"identity","issuer","certificate"][,"log"][,"signature"]}</c>.
/// <c>previous</c> is SHA-256 of the line before without its LF, 64 zeros in the first line. <c>signature</c>, if there is one, is Ed25519 over the
/// line as it would read without that member. Lines cut off at the end leave a whole chain: compare the head that <c>audit verify</c> shows.
/// Source: docs/spec/signing-audit-log.md.
/// </remarks>
public sealed class AuditLog(string path, string who, TimeProvider clock, SigningKey? signer)
{
    private const int LockAttempts = 200, LockPauseMilliseconds = 50;
    private readonly Lock _gate = new();

    /// <summary>Appends <paramref name="entry"/> and waits until it is on the disk.</summary>
    /// <exception cref="SigningException"><c>sign.audit-broken</c>: the last line cannot be continued, or the file cannot be written.</exception>
    public void Append(AuditEntry entry)
    {
        lock (_gate)
        {
            try
            {
                using FileStream log = OpenAlone();
                (long sequence, string previous) = Tail(log);
                byte[] line = Line(entry, sequence, previous);
                Extend(log, line);
                if (sequence == 0)
                {
                    AtomicFile.SyncDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
                }
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                throw new SigningException(SigningReasons.AuditBroken.Because($"{path}: {fault.Message}"), fault);
            }
        }
    }

    /// <summary>The hash that the next line carries, of a line without its LF.</summary>
    internal static string HashOf(ReadOnlySpan<byte> line) => Digest.Sha256(line).Hex;

    // Two processes may share a log: each waits until it has the file alone.
    private FileStream OpenAlone()
    {
        FileStreamOptions options = new() { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(path, options);
            }
            catch (IOException fault) when (attempt < LockAttempts && fault is not (DirectoryNotFoundException or PathTooLongException) && File.Exists(path))
            {
                Thread.Sleep(LockPauseMilliseconds);
            }
        }
    }

    // Half a line, as a full disk leaves it, could not be continued by anybody.
    private void Extend(FileStream log, byte[] line)
    {
        if (line.Length > AuditChain.LineLimit)
        {
            throw SigningReasons.AuditBroken.Refusal($"{path}: a line of {line.Length} bytes, limit {AuditChain.LineLimit}");
        }

        long end = log.Seek(0, SeekOrigin.End);
        try
        {
            log.Write(line);
            log.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            log.SetLength(end);
            throw;
        }
    }

    private (long Sequence, string Previous) Tail(FileStream log)
    {
        if (log.Length == 0)
        {
            return (0, AuditChain.Start);
        }

        int window = (int)Math.Min(log.Length, AuditChain.LineLimit + 1);
        byte[] tail = new byte[window];
        log.Seek(-window, SeekOrigin.End);
        log.ReadExactly(tail);
        int start = tail.AsSpan(0, tail.Length - 1).LastIndexOf((byte)'\n') + 1;
        if (tail[^1] != (byte)'\n' || (start == 0 && window < log.Length))
        {
            throw SigningReasons.AuditBroken.Refusal($"{path}: the last line is cut or too long");
        }

        ReadOnlyMemory<byte> last = tail.AsMemory(start, tail.Length - 1 - start);
        Result<JsonValue> parsed = Result.Parse(SigningReasons.AuditBroken, () => AuditChain.Members(StrictJson.Parse(last, "last line")));
        return parsed.Value is { } entry
            ? (entry["sequence"].Integer + 1, HashOf(last.Span))
            : throw SigningReasons.AuditBroken.Refusal($"{path}: the last line is no audit entry: {parsed.Finding!.Detail}");
    }

    private byte[] Line(AuditEntry entry, long sequence, string previous)
    {
        DateTimeOffset now = clock.GetUtcNow();
        byte[] unsigned = Written(entry, now, sequence, previous, signature: null);
        if (signer is null)
        {
            return [.. unsigned, (byte)'\n'];
        }

        // Local Ed25519 answers at once; a service key would make every signature cost two requests.
        VerifiedSignature signature = signer.SignMessageAsync(unsigned, CancellationToken.None).GetAwaiter().GetResult();
        return [.. Written(entry, now, sequence, previous, System.Text.Encoding.ASCII.GetString(StrictBase64.Encode(signature.Value.Span))), (byte)'\n'];
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
            json.WriteString("outcome", entry.Outcome switch { AuditOutcome.Signed => "signed", AuditOutcome.Refused => "refused", _ => "failed" });
            json.WriteString("reason", entry.Reason);
            json.WriteString("request", entry.RequestId);
            WriteWitnesses(json, entry);
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
