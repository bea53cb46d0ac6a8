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
        ["key.not-valid"] = "UntrustedKey",
        ["key.not-allowed"] = "UntrustedKey",
        ["path-not-found"] = "PathNotFound",
        ["malformed-request"] = "EngineProtocol",
    };

    private static readonly KeyValuePair<string, string>[] Endings =
    {
        new KeyValuePair<string, string>("digest-mismatch", "DigestMismatch"),
        new KeyValuePair<string, string>("hash-mismatch", "DigestMismatch"),
        new KeyValuePair<string, string>("content-mismatch", "DigestMismatch"),
        new KeyValuePair<string, string>("checksum-mismatch", "DigestMismatch"),
        new KeyValuePair<string, string>("subject-mismatch", "DigestMismatch"),
        new KeyValuePair<string, string>("malformed", "MalformedSignature"),
        new KeyValuePair<string, string>("unknown-format", "MalformedSignature"),
    };

    private static readonly KeyValuePair<string, string>[] Areas =
    {
        new KeyValuePair<string, string>("algorithm.", "UnsupportedAlgorithm"),
        new KeyValuePair<string, string>("cert.", "CertificateExpired"),
        new KeyValuePair<string, string>("identity.", "IdentityMismatch"),
        new KeyValuePair<string, string>("timestamp.", "TimestampMissing"),
        new KeyValuePair<string, string>("log.", "LogProofInvalid"),
        new KeyValuePair<string, string>("checkpoint.", "LogProofInvalid"),
        new KeyValuePair<string, string>("sct.", "LogProofInvalid"),
        new KeyValuePair<string, string>("key.", "UntrustedKey"),
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
