using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Files;
using OfflineKit.Signing.Audit;
using OfflineKit.Signing.Output;

namespace OfflineKit.Signing;

/// <summary>The way of records that no private key signs (HMACs and bare digests): make, log, write. Nothing is written unless everything before held.</summary>
/// <param name="key">What the record is made with, for the log: the name of a secret, never the secret.</param>
/// <param name="algorithm">How: <c>HMAC-SHA256</c> or <c>SHA-256</c>.</param>
/// <param name="format">The core's name of the form.</param>
/// <param name="audit">Where every request is noted; null when no log was asked for.</param>
internal sealed class SymmetricSession(string key, string algorithm, string format, AuditLog? audit)
{
    private static readonly OutputShape Shape = new(OutputKinds.Records);

    /// <summary>Writes what <paramref name="make"/> makes of <paramref name="content"/>.</summary>
    /// <exception cref="SigningException">Nothing was written.</exception>
    /// <exception cref="MalformedException">The content or the secret is malformed; nothing was written.</exception>
    public void Write(string subject, ReadOnlyMemory<byte> content, OutputTarget target, Func<ReadOnlyMemory<byte>, byte[]> make)
    {
        AuditEntry entry = new(key, "", algorithm, subject, Digest.Sha256(content.Span).ToString(), format, AuditOutcome.Signed, "", "");
        try
        {
            target.RefuseIfTaken(Shape);
            byte[] record = make(content);
            audit?.Append(entry);
            target.Write(Shape, new SignedOutput(record, RequestId: ""));
        }
        catch (OutputException fault)
        {
            SigningException refusal = SigningReasons.Refusal(fault);
            audit?.Append(entry with { Outcome = AuditOutcome.Refused, Reason = refusal.Finding.Reason.Code });
            throw refusal;
        }
        catch (SigningException fault)
        {
            audit?.Append(entry with { Outcome = AuditOutcome.Refused, Reason = fault.Finding.Reason.Code });
            throw;
        }
        catch (MalformedException fault)
        {
            audit?.Append(entry with { Outcome = AuditOutcome.Refused, Reason = (fault.Reason ?? SigningReasons.UnsuitableSubject).Code });
            throw;
        }
    }
}
