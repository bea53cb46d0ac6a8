using System;
using System.Collections.Generic;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>How the verification of one artefact ended. Error comes first, so that a status nobody set is never Valid.</summary>
public enum PolicySignatureStatus
{
    /// <summary>Nothing could be decided.</summary>
    Error = 0,

    /// <summary>Signed by somebody trusted, every check passed.</summary>
    Valid,

    /// <summary>Refused.</summary>
    Invalid,

    /// <summary>There is no signature.</summary>
    NotSigned,
}

/// <summary>One check that the engine made.</summary>
public sealed class PolicySignatureCheck
{
    internal PolicySignatureCheck(JsonNode check)
    {
        Name = check.Text("code");
        Outcome = check.Text("outcome");
        Detail = check.Text("detail");
        TrustRoot = check.Text("root");
    }

    /// <summary>Stable name of the check.</summary>
    public string Name { get; }

    /// <summary>passed, failed or not-evaluated.</summary>
    public string Outcome { get; }

    /// <summary>What it proved, or why not.</summary>
    public string Detail { get; }

    /// <summary>The trust root that it rests on.</summary>
    public string TrustRoot { get; }

    /// <inheritdoc/>
    public override string ToString() => Name + ": " + Outcome;
}

/// <summary>The result for one artefact. Never use it as a condition: test <see cref="IsValid"/>.</summary>
public sealed class PolicySignatureResult
{
    private PolicySignatureResult(string path) => Path = path;

    /// <summary>The artefact.</summary>
    public string Path { get; }

    /// <summary>How it ended.</summary>
    public PolicySignatureStatus Status { get; private set; }

    /// <summary>Status is Valid, and nothing else.</summary>
    public bool IsValid => Status == PolicySignatureStatus.Valid;

    /// <summary>The error id of this module for the refusal; empty when valid.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>The engine's reason code; empty when valid.</summary>
    public string ReasonCode { get; private set; } = "";

    /// <summary>What was seen and what was wanted.</summary>
    public string Detail { get; private set; } = "";

    /// <summary>What to do next.</summary>
    public string NextStep { get; private set; } = "";

    /// <summary>The signature format.</summary>
    public string Format { get; private set; } = "";

    /// <summary>Who signed: the trusted key's name or the certificate identity; empty unless valid.</summary>
    public string Signer { get; private set; } = "";

    /// <summary>Fingerprint of the signing key, or the issuer of the identity; empty unless valid.</summary>
    public string KeyId { get; private set; } = "";

    /// <summary>The verified time of signing; null where nothing proves one.</summary>
    public DateTime? SignedAt { get; private set; }

    /// <summary>Digest of what was verified, so that a later reader can compare.</summary>
    public string Digest { get; private set; } = "";

    /// <summary>The signature file.</summary>
    public string SignaturePath { get; private set; } = "";

    /// <summary>Every check that was made.</summary>
    public PolicySignatureCheck[] Checks { get; private set; } = Array.Empty<PolicySignatureCheck>();

    /// <inheritdoc/>
    public override string ToString() => Path + ": " + Status;

    internal static PolicySignatureResult Failed(string path, string reason, string detail) =>
        new PolicySignatureResult(path) { Status = PolicySignatureStatus.Error, Reason = reason, Detail = detail };

    /// <summary>Reads an answer of the engine; anything but the exact word "valid" with this path and a trusted report is not valid.</summary>
    internal static PolicySignatureResult FromAnswer(string path, JsonNode answer)
    {
        JsonNode report = answer.Member("report") ?? JsonNode.OfTruth(null);
        PolicySignatureResult result = new PolicySignatureResult(path)
        {
            Status = StatusOf(path, answer, report),
            Format = report.Text("format"),
            SignaturePath = report.Text("signature"),
            Checks = ChecksOf(report),
            Digest = FirstDigest(report),
        };
        result.ReadRefusal(answer, report);
        if (result.IsValid)
        {
            result.ReadEvidence(report);
        }

        return result;
    }

    private static PolicySignatureStatus StatusOf(string path, JsonNode answer, JsonNode report)
    {
        switch (answer.Text("status"))
        {
            case "valid":
                bool isWhole = answer.Text("path") == path && report.Member("trusted")?.Truth == true && report.Text("version") == "1";
                return isWhole ? PolicySignatureStatus.Valid : PolicySignatureStatus.Error;
            case "invalid": return PolicySignatureStatus.Invalid;
            case "not-signed": return PolicySignatureStatus.NotSigned;
            default: return PolicySignatureStatus.Error;
        }
    }

    private static PolicySignatureCheck[] ChecksOf(JsonNode report)
    {
        List<PolicySignatureCheck> checks = new List<PolicySignatureCheck>();
        foreach (JsonNode check in report.Member("checks")?.Elements ?? Array.Empty<JsonNode>())
        {
            checks.Add(new PolicySignatureCheck(check));
        }

        return checks.ToArray();
    }

    private static string FirstDigest(JsonNode report)
    {
        IReadOnlyList<JsonNode> digests = report.Member("artifact")?.Member("digests")?.Elements ?? Array.Empty<JsonNode>();
        return digests.Count > 0 ? digests[0].Text() : "";
    }

    private void ReadRefusal(JsonNode answer, JsonNode report)
    {
        if (IsValid)
        {
            return;
        }

        IReadOnlyList<JsonNode> findings = report.Member("findings")?.Elements ?? Array.Empty<JsonNode>();
        JsonNode first = findings.Count > 0 ? findings[0] : answer.Member("error") ?? JsonNode.OfTruth(null);
        ReasonCode = first.Text("reason").Length > 0 ? first.Text("reason") : first.Text("code");
        Detail = first.Text("detail").Length > 0 ? first.Text("detail") : first.Text("message");
        NextStep = first.Text("nextStep");
        Reason = Status == PolicySignatureStatus.NotSigned ? "NotSigned" : ErrorIds.Of(ReasonCode);
        if (answer.Text("status") == "valid")
        {
            (Reason, Detail) = ("EngineProtocol", "the engine says valid without a trusted report on this very path");
        }
        else if (Detail.Length == 0)
        {
            Detail = "the engine gave no reason";
        }
    }

    private void ReadEvidence(JsonNode report)
    {
        foreach (JsonNode evidence in report.Member("evidence")?.Elements ?? Array.Empty<JsonNode>())
        {
            switch (evidence.Text("kind"))
            {
                case "signed-by-key" when Signer.Length == 0:
                    (Signer, KeyId) = (evidence.Text("signer"), evidence.Text("fingerprint"));
                    break;
                case "signed-by-identity" when Signer.Length == 0:
                    (Signer, KeyId) = (evidence.Text("identity"), evidence.Text("issuer"));
                    break;
                case "signed-at" when SignedAt == null:
                    SignedAt = UtcTime.Parse(evidence.Text("time"));
                    break;
            }
        }
    }
}
