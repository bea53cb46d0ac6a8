using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.X509;

namespace OfflineKit.Transparency;

/// <summary>One promise that was verified.</summary>
/// <param name="Log">The log that gave it.</param>
/// <param name="Time">When, to the millisecond.</param>
internal sealed record VerifiedPromise(TransparencyLog Log, DateTimeOffset Time);

/// <summary>Proof that trusted logs promised to log a certificate; only <see cref="SctList"/> makes one.</summary>
internal sealed class VerifiedPromises
{
    internal VerifiedPromises(ImmutableArray<VerifiedPromise> promises, int unknownLogs) => (Promises, UnknownLogs) = (promises, unknownLogs);

    /// <summary>What was verified; at least one.</summary>
    public ImmutableArray<VerifiedPromise> Promises { get; }

    /// <summary>Timestamps of logs that the trust root does not hold: they count for nothing.</summary>
    public int UnknownLogs { get; }
}

/// <summary>The signed certificate timestamps that are embedded in a certificate.</summary>
/// <remarks>Source: RFC 6962 §3.3, docs/spec/sct.md.</remarks>
internal static class SctList
{
    private const int CountLimit = 16;

    /// <summary>The promises in <paramref name="certificate"/> by <paramref name="logs"/>, or why they do not suffice.</summary>
    /// <param name="certificate">The certificate with the embedded list.</param>
    /// <param name="issuerSpki">SubjectPublicKeyInfo of the certificate above it in the verified path, as it stands there.</param>
    /// <param name="logs">The trust root's certificate transparency logs.</param>
    /// <remarks>Every timestamp of a known log must verify, and at least one must be there; those of unknown logs are counted and passed over.</remarks>
    public static Result<VerifiedPromises> Verify(Certificate certificate, ReadOnlyMemory<byte> issuerSpki, ImmutableArray<TransparencyLog> logs)
    {
        if (logs.IsEmpty)
        {
            return Refused(SignedCertificateTimestampReasons.NoLogs.Because("the trust root holds 0 certificate transparency logs"));
        }

        if (certificate.Extensions.Find(CertificateExtension.SignedCertificateTimestamps) is not { } extension)
        {
            return Refused(SignedCertificateTimestampReasons.Missing.Because($"\"{certificate.Subject}\" has no extension {CertificateExtension.SignedCertificateTimestamps}"));
        }

        Result<List<SignedCertificateTimestamp>> list = Result.Parse(SignedCertificateTimestampReasons.Malformed, () => Parse(extension.Value.Span));
        return list.Value is { } timestamps
            ? Verify(timestamps, LoggedCertificate.Precertificate(certificate, issuerSpki.Span), logs)
            : Refused(list.Finding!);
    }

    private static Result<VerifiedPromises> Verify(List<SignedCertificateTimestamp> timestamps, LoggedCertificate logged, ImmutableArray<TransparencyLog> logs)
    {
        ImmutableArray<VerifiedPromise>.Builder promises = ImmutableArray.CreateBuilder<VerifiedPromise>();
        Finding? unknown = null;
        foreach (SignedCertificateTimestamp timestamp in timestamps)
        {
            Result<TransparencyLog> log = timestamp.Verify(logged, logs);
            if (log.Value is { } known)
            {
                promises.Add(new VerifiedPromise(known, timestamp.Time));
            }
            else if (log.Finding!.Reason == SignedCertificateTimestampReasons.UnknownLog)
            {
                unknown ??= log.Finding;
            }
            else
            {
                return Refused(log.Finding);
            }
        }

        return promises.Count > 0
            ? new Result<VerifiedPromises>(new VerifiedPromises(promises.ToImmutable(), timestamps.Count - promises.Count), Finding: null)
            : Refused(unknown!);
    }

    /// <summary>The timestamps in the value of the extension: an OCTET STRING around a list that is not empty.</summary>
    internal static List<SignedCertificateTimestamp> Parse(ReadOnlySpan<byte> extensionValue)
    {
        DerCursor outer = new(extensionValue, "list of signed certificate timestamps");
        ReadOnlySpan<byte> octets = outer.Content(DerCursor.OctetStringTag);
        outer.End();
        TlsCursor whole = new(octets, "list of signed certificate timestamps");
        TlsCursor items = new(whole.Vector16(), "list of signed certificate timestamps");
        whole.End();
        List<SignedCertificateTimestamp> timestamps = [];
        while (!items.AtEnd)
        {
            timestamps.Add(SignedCertificateTimestamp.Parse(items.Vector16().ToArray()));
            if (timestamps.Count > CountLimit)
            {
                throw new MalformedException($"list of signed certificate timestamps: more than {CountLimit}");
            }
        }

        return timestamps.Count > 0 ? timestamps : throw new MalformedException("list of signed certificate timestamps: empty");
    }

    private static Result<VerifiedPromises> Refused(Finding finding) => new(Value: null, finding);
}
