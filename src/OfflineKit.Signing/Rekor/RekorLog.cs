using System.Net;
using OfflineKit.Encoding;
using OfflineKit.Formats.Sigstore;
using OfflineKit.Signing.Services;

namespace OfflineKit.Signing.Rekor;

/// <summary>A transparency log that is asked to record a signature. What it answers is a claim: the core verifies it as part of the bundle.</summary>
internal abstract class RekorLog(Uri address) : IDisposable
{
    /// <summary>Rekor v2 answers when the entry is in the tree, which may take 20 seconds.</summary>
    protected static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    /// <summary>What it is called in messages.</summary>
    protected const string Service = "Rekor", Operation = "log entry";

    /// <summary>The log's base address.</summary>
    public Uri Address => address;

    /// <summary>A log that speaks version <paramref name="version"/> of the interface: 1 or 2.</summary>
    public static RekorLog At(Uri address, int version, KeyOpening opening) => version == 2 ? new RekorV2(address, opening) : new RekorV1(address, opening);

    /// <summary>Refuses signatures that this log would not take, before any key is asked.</summary>
    public abstract void Check(Crypto.PublicKey key, bool isEnvelope);

    /// <summary>Records <paramref name="signed"/>; the result is an element of a bundle's <c>tlogEntries</c>.</summary>
    /// <exception cref="SigningException">Reasons <c>rekor.*</c>, <c>service.*</c>.</exception>
    public async Task<byte[]> RecordAsync(SignedContent signed, CancellationToken cancellation)
    {
        byte[] entry = await AskAsync(signed, cancellation).ConfigureAwait(false);
        LogEntry read = RestAnswer.Read($"{Service} at {address.Authority}", () => LogEntry.FromJson(StrictJson.ParseObject(entry, "entry")));
        return read.Body.Signature.Span.SequenceEqual(signed.Signature.Span) && read.Body.Verifier.Span.SequenceEqual(signed.Verifier.Span)
            ? entry
            : throw RekorReasons.WrongEntry.Refusal($"{Service} at {address.Authority}: entry {read.LogIndex} records another signature or another signer");
    }

    public abstract void Dispose();

    /// <summary>Asks the log, in its own words.</summary>
    protected abstract Task<byte[]> AskAsync(SignedContent signed, CancellationToken cancellation);

    /// <summary>What a refusal of the log means.</summary>
    protected SigningException Refusal(RestAnswer answer) => answer.Status == HttpStatusCode.MethodNotAllowed
        ? RekorReasons.Frozen.Refusal($"{Service} at {address.Authority}: 405")
        : ServiceFault.Refusal(Service, Operation, address, answer);
}
