using System.Collections.Immutable;

namespace OfflineKit.Transparency;

/// <summary>Reasons that signed certificate timestamps give.</summary>
internal static class SignedCertificateTimestampReasons
{
    public static readonly Reason Malformed = new(
        "sct.malformed",
        "the signed certificate timestamps in a certificate are not well-formed",
        "treat the certificate as damaged or forged");

    public static readonly Reason Missing = new(
        "sct.missing",
        "the certificate carries no signed certificate timestamp",
        "use a trust root whose instance does not log its certificates, if that is the one that you mean");

    public static readonly Reason NoLogs = new(
        "sct.no-logs",
        "the trust root lists no certificate transparency log",
        "use the complete trust root of the instance; without its logs no certificate can be shown to be logged");

    public static readonly Reason UnknownLog = new(
        "sct.unknown-log",
        "no trusted certificate transparency log promised to log the certificate",
        "check that the trust root is the one of the instance that issued the certificate");

    public static readonly Reason AlgorithmMismatch = new(
        "sct.algorithm-mismatch",
        "a signed certificate timestamp names another algorithm than its log's key has",
        "treat the certificate as forged");

    public static readonly Reason OutsideLogWindow = new(
        "sct.outside-log-window",
        "a certificate transparency log signed outside the window in which it is trusted",
        "check the trust root's validity for this log");

    public static readonly Reason OutsideCertificateValidity = new(
        "sct.outside-certificate-validity",
        "a certificate was logged before or after its own validity",
        "treat the certificate as mis-issued");

    public static readonly Reason SignatureMismatch = new(
        "sct.signature-mismatch",
        "the log's signature does not fit the certificate",
        "treat the certificate as forged: it was changed or never logged");

    /// <summary>Every reason of this class.</summary>
    public static ImmutableArray<Reason> All { get; } =
        [Malformed, Missing, NoLogs, UnknownLog, AlgorithmMismatch, OutsideLogWindow, OutsideCertificateValidity, SignatureMismatch];
}
