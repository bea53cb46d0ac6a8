using System;
using System.Collections.Generic;

namespace OfflineKit.PowerShell;

/// <summary>Maps the engine's reason codes to the module's error ids: one id a condition, never reused.</summary>
internal static class ErrorIds
{
    private static readonly Dictionary<string, string> Exact = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["verdict.nothing-proved"] = "NotSigned",
        ["signature.mismatch"] = "SignatureMismatch",
        ["minisign.comment-mismatch"] = "SignatureMismatch",
        ["signature.missing"] = "NotSigned",
        ["key.unknown"] = "UntrustedKey",
        ["key.revoked"] = "UntrustedKey",
        ["key.revoked-undated"] = "UntrustedKey",
        ["key.not-valid"] = "UntrustedKey",
        ["key.not-allowed"] = "UntrustedKey",
        ["path-not-found"] = "PathNotFound",
        ["malformed-request"] = "EngineProtocol",
        ["internal-error"] = "EngineFailure",
        ["cancelled"] = "EngineFailure",
        ["usage"] = "InvalidUsage",
        ["nobody-trusted"] = "UntrustedKey",
        ["trust-root-read-only"] = "TrustRootReadOnly",
        ["artifact.digest-only"] = "DigestMismatch",
        ["checksum.mismatch"] = "DigestMismatch",
        ["dsse.payload-mismatch"] = "DigestMismatch",
        ["dsse.threshold"] = "UntrustedKey",
        ["statement.artifact-not-subject"] = "DigestMismatch",
        ["sentinel.not-signed"] = "NotSigned",
        ["sentinel.log-entry-unsigned"] = "NotSigned",
        ["dossier.unsigned"] = "NotSigned",
        ["dossier.checksum-missing"] = "NotSigned",
        ["export.signature-missing"] = "NotSigned",
        ["export.ambiguous-layout"] = "MalformedSignature",
        ["export.manifest-missing"] = "NotSigned",
        ["export.unknown-layout"] = "NotSigned",
        ["export.unsafe-entry"] = "MalformedSignature",
        ["export.entry-extra"] = "NotSigned",
        ["export.payload-not-bound"] = "NotSigned",
        ["export.mirror-signature"] = "SignatureMismatch",
        ["export.not-canonical"] = "MalformedSignature",
        ["export.unsupported-schema"] = "MalformedSignature",
        ["export.unversioned"] = "MalformedSignature",
        ["export.wrong-predicate"] = "MalformedSignature",
        ["export.rollback"] = "VerificationFailed",
        ["export.base-mismatch"] = "VerificationFailed",
        ["kit.predicate-mismatch"] = "MalformedSignature",
        ["checksum.not-listed"] = "NotSigned",
        ["image.payload-type"] = "MalformedSignature",
        ["image.reference-mismatch"] = "IdentityMismatch",
        ["oci.no-signature"] = "NotSigned",
        ["minisign.legacy-denied"] = "UnsupportedAlgorithm",
        ["codesentinel.simulated"] = "UnsupportedAlgorithm",
        ["codesentinel.unsupported-provider"] = "UnsupportedAlgorithm",
        ["kms.digest-length"] = "DigestMismatch",
        ["kms.double-hash"] = "DigestMismatch",
        ["cert.untrusted-issuer"] = "UntrustedKey",
        ["cert.signature-mismatch"] = "SignatureMismatch",
        ["cert.malformed"] = "MalformedSignature",
        ["cert.expired"] = "CertificateExpired",
        ["cert.not-yet-valid"] = "CertificateExpired",
        ["tuf.expired"] = "CertificateExpired",
        ["ssh.identity-mismatch"] = "IdentityMismatch",
        ["ssh.identity-not-named"] = "IdentityMismatch",
        ["ssh.namespace-mismatch"] = "IdentityMismatch",
        ["policy.algorithm"] = "UnsupportedAlgorithm",
        ["policy.predicate-type"] = "MalformedSignature",
        ["policy.signers"] = "UntrustedKey",
        ["policy.no-identity-demanded"] = "IdentityMismatch",
        ["policy.identity"] = "IdentityMismatch",
        ["policy.issuer"] = "IdentityMismatch",
        ["policy.extension"] = "IdentityMismatch",
        ["sign.output-exists"] = "FileExists",
    };

    private static readonly KeyValuePair<string, string>[] Endings =
    {
        new KeyValuePair<string, string>("digest-mismatch", "DigestMismatch"),
        new KeyValuePair<string, string>("hash-mismatch", "DigestMismatch"),
        new KeyValuePair<string, string>("content-mismatch", "DigestMismatch"),
        new KeyValuePair<string, string>("checksum-mismatch", "DigestMismatch"),
        new KeyValuePair<string, string>("subject-mismatch", "DigestMismatch"),
        new KeyValuePair<string, string>("denied", "KmsDenied"),
        new KeyValuePair<string, string>("unauthenticated", "KmsDenied"),
        new KeyValuePair<string, string>("unreachable", "KmsUnreachable"),
        new KeyValuePair<string, string>("timeout", "KmsUnreachable"),
        new KeyValuePair<string, string>("malformed", "MalformedSignature"),
        new KeyValuePair<string, string>("unknown-format", "MalformedSignature"),
    };

    private static readonly KeyValuePair<string, string>[] Areas =
    {
        new KeyValuePair<string, string>("algorithm.", "UnsupportedAlgorithm"),
        new KeyValuePair<string, string>("cert.", "UntrustedKey"),
        new KeyValuePair<string, string>("identity.", "IdentityMismatch"),
        new KeyValuePair<string, string>("timestamp.", "TimestampMissing"),
        new KeyValuePair<string, string>("log.", "LogProofInvalid"),
        new KeyValuePair<string, string>("checkpoint.", "LogProofInvalid"),
        new KeyValuePair<string, string>("sct.", "LogProofInvalid"),
        new KeyValuePair<string, string>("key.", "UntrustedKey"),
        new KeyValuePair<string, string>("trust.", "UntrustedKey"),
        new KeyValuePair<string, string>("tuf.", "UntrustedKey"),
        new KeyValuePair<string, string>("ssh.", "UntrustedKey"),
        new KeyValuePair<string, string>("statement.", "MalformedSignature"),
        new KeyValuePair<string, string>("archive.", "MalformedSignature"),
        new KeyValuePair<string, string>("export.", "DigestMismatch"),
        new KeyValuePair<string, string>("image.", "DigestMismatch"),
        new KeyValuePair<string, string>("oci.", "DigestMismatch"),
        new KeyValuePair<string, string>("sign.", "SigningRefused"),
    };

    /// <summary>The error id for <paramref name="reasonCode"/>.</summary>
    public static string Of(string reasonCode)
    {
        if (Exact.TryGetValue(reasonCode, out string? id))
        {
            return id;
        }

        foreach (KeyValuePair<string, string> ending in Endings)
        {
            if (reasonCode.EndsWith(ending.Key, StringComparison.Ordinal))
            {
                return ending.Value;
            }
        }

        foreach (KeyValuePair<string, string> area in Areas)
        {
            if (reasonCode.StartsWith(area.Key, StringComparison.Ordinal))
            {
                return area.Value;
            }
        }

        return "VerificationFailed";
    }
}
