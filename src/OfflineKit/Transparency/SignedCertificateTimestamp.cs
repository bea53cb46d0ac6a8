using System.Buffers.Binary;
using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.X509;

namespace OfflineKit.Transparency;

/// <summary>A log's promise to log a certificate (SCT version 1): what it says.</summary>
/// <remarks>Source: RFC 6962 §3.2, docs/spec/sct.md.</remarks>
internal sealed class SignedCertificateTimestamp
{
    private const byte Version1 = 0, CertificateTimestamp = 0, Sha256 = 4, Sha384 = 5, Sha512 = 6, Rsa = 1, Ecdsa = 3;
    private const ulong LastMillisecond = 253_402_300_799_999; // the year 9999 ends

    private readonly byte _hashAlgorithm, _signatureAlgorithm;
    private readonly byte[] _extensions, _signature;
    private readonly ulong _milliseconds;

    private SignedCertificateTimestamp(ref TlsCursor fields)
    {
        byte version = fields.Byte();
        if (version != Version1)
        {
            throw new MalformedException($"signed certificate timestamp: version {version + 1}, wanted 1");
        }

        LogId = fields.Bytes(32).ToArray();
        _milliseconds = fields.UInt64();
        _extensions = fields.Vector16().ToArray();
        _hashAlgorithm = fields.Byte();
        _signatureAlgorithm = fields.Byte();
        _signature = fields.Vector16().ToArray();
        Time = _milliseconds <= LastMillisecond
            ? DateTimeOffset.FromUnixTimeMilliseconds((long)_milliseconds)
            : throw new MalformedException($"signed certificate timestamp: time {_milliseconds} ms lies after the year 9999");
    }

    /// <summary>The 32 bytes that name the log: a hint.</summary>
    public ReadOnlyMemory<byte> LogId { get; }

    /// <summary>The time that the log claims, to the millisecond.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>The timestamp in <paramref name="bytes"/>, all of them consumed.</summary>
    /// <exception cref="MalformedException">With the reason <c>sct.malformed</c>.</exception>
    public static SignedCertificateTimestamp Parse(ReadOnlyMemory<byte> bytes)
    {
        Result<SignedCertificateTimestamp> parsed = Result.Parse(SignedCertificateTimestampReasons.Malformed, () => ParseFields(bytes.Span));
        return parsed.Value ?? throw new MalformedException(parsed.Finding!.Reason, parsed.Finding.Detail);
    }

    /// <summary>Which of <paramref name="logs"/> promised to log <paramref name="certificate"/>, or why none did.</summary>
    /// <remarks>The refusal is <c>sct.unknown-log</c> exactly when no log has this id.</remarks>
    public Result<TransparencyLog> Verify(LoggedCertificate certificate, ImmutableArray<TransparencyLog> logs)
    {
        // A trust root may list one log twice, with windows that follow each other.
        Finding closest = SignedCertificateTimestampReasons.UnknownLog.Because($"log {StrictHex.Encode(LogId.Span)} (hex) is none of the {logs.Length} in the trust root");
        foreach (TransparencyLog log in logs)
        {
            if (!log.IsCalled(LogId.Span))
            {
                continue;
            }

            if (Judge(certificate, log) is not { } finding)
            {
                return new Result<TransparencyLog>(log, Finding: null);
            }

            closest = finding;
        }

        return new Result<TransparencyLog>(Value: null, closest);
    }

    private Finding? Judge(LoggedCertificate logged, TransparencyLog log)
    {
        // 1 The algorithm bytes say what the log's key is.
        byte wanted = log.Key.Material.Kind == KeyKind.Rsa ? Rsa : Ecdsa;
        if (KeyUnderHash(log) is not { } key || _signatureAlgorithm != wanted)
        {
            return SignedCertificateTimestampReasons.AlgorithmMismatch.Because(
                $"hash {_hashAlgorithm}, signature {_signatureAlgorithm}; {log.Name} has {log.Key.Scheme} (hash {Sha256}, signature {wanted})");
        }

        // 2 The signature.
        if (SignatureObjection(logged, log, key) is { } forged)
        {
            return forged;
        }

        // 3 The windows of the log and of the certificate.
        if (!log.Validity.Contains(Time))
        {
            return SignedCertificateTimestampReasons.OutsideLogWindow.Because($"{log.Name} is trusted {log.Validity}, not at {Shown}");
        }

        return logged.Certificate.IsValidAt(Time)
            ? null
            : SignedCertificateTimestampReasons.OutsideCertificateValidity.Because($"logged at {Shown}, the certificate is valid {logged.Certificate.Validity}");
    }

    // RFC 6962 §2.1.4 knows SHA-256 alone, on whatever curve; what a later log states is the hash of its curve.
    private PublicKey? KeyUnderHash(TransparencyLog log)
    {
        bool isElliptic = log.Key.Material.Kind is KeyKind.P256 or KeyKind.P384 or KeyKind.P521;
        return (_hashAlgorithm, isElliptic) switch
        {
            (Sha256, true) => PublicKey.Bind(log.Key.Material, SignatureScheme.EcdsaOnAnyCurve(DigestAlgorithm.Sha256)),
            (Sha256, false) when log.Key.Scheme == SignatureScheme.RsaPkcs1Sha256 => log.Key,
            (Sha384, true) when log.Key.Scheme.Digest == DigestAlgorithm.Sha384 => log.Key,
            (Sha512, true) when log.Key.Scheme.Digest == DigestAlgorithm.Sha512 => log.Key,
            _ => null,
        };
    }

    private Finding? SignatureObjection(LoggedCertificate logged, TransparencyLog log, PublicKey key) => Result.Parse(
        SignedCertificateTimestampReasons.SignatureMismatch,
        () => SignatureAlgorithm.Verifies(key, SignedBytes(logged), _signature)
            ? log
            : throw new MalformedException($"the signature of {log.Name} does not fit the certificate \"{logged.Certificate.Subject}\"")).Finding;

    private string Shown => UtcText.Milliseconds(Time);

    private byte[] SignedBytes(LoggedCertificate logged)
    {
        byte[] head = new byte[10];
        (head[0], head[1]) = (Version1, CertificateTimestamp);
        BinaryPrimitives.WriteUInt64BigEndian(head.AsSpan(2), _milliseconds);
        return [.. head, .. logged.Entry.Span, (byte)(_extensions.Length >> 8), (byte)(_extensions.Length & 0xFF), .. _extensions];
    }

    private static SignedCertificateTimestamp ParseFields(ReadOnlySpan<byte> bytes)
    {
        TlsCursor fields = new(bytes, "signed certificate timestamp");
        SignedCertificateTimestamp timestamp = new(ref fields);
        fields.End();
        return timestamp;
    }
}
