using System;
using System.Collections.Generic;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>How the verification of one path ended. Error comes first, so that a status nobody set is never Valid.</summary>
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

    /// <summary>The file is the signature by which another file of the same call is valid; it was not examined for itself.</summary>
    Signature,
}

/// <summary>The result for one path that was asked. Never use it as a condition: test <see cref="IsValid"/>.</summary>
/// <remarks>It has no property called Path: cmdlets would take that for a pattern. PSPath binds to their -LiteralPath, so they use exactly the file that was verified.</remarks>
public abstract class PolicyResult
{
    private protected PolicyResult(string fullName) => FullName = fullName;

    /// <summary>The file or folder, exactly; or what the caller calls the content that was verified.</summary>
    public string FullName { get; }

    /// <summary>The same as other cmdlets take it literally. Content that was in memory lies in no file: its PSPath names a provider that is none, so nothing takes it for the file of that name.</summary>
    public string PSPath => IsContent ? ExactName.NoPlace(FullName) : ExactName.PSPath(FullName);

    /// <summary>How it ended.</summary>
    public PolicySignatureStatus Status { get; private protected set; }

    /// <summary>Status is Valid, and nothing else.</summary>
    public bool IsValid => Status == PolicySignatureStatus.Valid;

    /// <summary>The error id of this module for the refusal; empty when valid.</summary>
    public string Reason { get; private protected set; } = "";

    /// <summary>The engine's reason code; empty when valid.</summary>
    public string ReasonCode { get; private protected set; } = "";

    /// <summary>What was seen and what was wanted.</summary>
    public string Detail { get; private protected set; } = "";

    /// <summary>What to do next.</summary>
    public string NextStep { get; private protected set; } = "";

    /// <summary>Every check that was made.</summary>
    public PolicySignatureCheck[] Checks { get; private protected set; } = Array.Empty<PolicySignatureCheck>();

    /// <summary>Every policy whose demands counted, or the words that none was applied; empty where nothing was decided.</summary>
    public string[] Policies { get; private protected set; } = Array.Empty<string>();

    /// <summary>Refused, or undecided: what the caller must not go on with.</summary>
    internal bool IsRefused => !IsValid && Status != PolicySignatureStatus.Signature;

    /// <summary>What was verified is content that the caller holds; <see cref="FullName"/> is only what it is called.</summary>
    internal bool IsContent { get; set; }

    /// <summary>The very bytes that the result is about, where they were handed to the engine; otherwise null.</summary>
    internal byte[]? Content { get; set; }

    /// <summary>The file that holds the signature; empty where there is none of its own.</summary>
    internal virtual string Companion => "";

    /// <inheritdoc/>
    public override string ToString() => FullName + ": " + Status;

    /// <summary>Says detail and next step as <paramref name="inWords"/> says them; advice, which is the engine's own, as <paramref name="advised"/> does.</summary>
    internal void Say(Func<string, string> inWords, Func<string, string> advised) => (Detail, NextStep) = (inWords(Detail), inWords(advised(NextStep)));

    /// <summary>Turns a refusal into the remark that the file is the signature of another one.</summary>
    internal void BecomeSignature() =>
        (Status, Reason, ReasonCode, Detail, NextStep) = (PolicySignatureStatus.Signature, "", "", "a signature that was used", "");

    /// <summary>Nothing was decided, for the reason called <paramref name="reason"/>.</summary>
    private protected void Fail(string reason, string detail) => (Status, Reason, Detail) = (PolicySignatureStatus.Error, reason, detail);

    /// <summary>Reads an answer of the engine; anything but the exact word "valid" with this path and a trusted report is not valid. The result is the report.</summary>
    private protected JsonNode Read(JsonNode answer)
    {
        JsonNode report = answer.Member("report") ?? JsonNode.OfTruth(null);
        Status = StatusOf(answer, report);
        Checks = PolicySignatureCheck.AllOf(report);
        Policies = PoliciesOf(report);
        if (!IsValid)
        {
            ReadRefusal(answer, report);
        }

        return report;
    }

    private static string[] PoliciesOf(JsonNode report)
    {
        if (!(report.Member("policies") is JsonNode policies))
        {
            return Array.Empty<string>();
        }

        List<string> words = new List<string>();
        foreach (JsonNode policy in policies.Elements)
        {
            string name = policy.Text("name").Length > 0 ? policy.Text("name") : "not readable";
            string digest = policy.Text("digest").Length > 0 ? $" ({policy.Text("digest")})" : "";
            words.Add($"{name}{digest}, {policy.Text("source")}{(policy.Text("reach") == "machine" ? ", binds this machine" : "")}");
        }

        return words.Count > 0 ? words.ToArray() : new[] { "none was applied" };
    }

    private PolicySignatureStatus StatusOf(JsonNode answer, JsonNode report)
    {
        switch (answer.Text("status"))
        {
            case "valid":
                bool isWhole = answer.Text("path") == FullName && report.Member("trusted")?.Truth == true && report.Text("version") == "1";
                return isWhole ? PolicySignatureStatus.Valid : PolicySignatureStatus.Error;
            case "invalid": return PolicySignatureStatus.Invalid;
            case "not-signed": return PolicySignatureStatus.NotSigned;
            default: return PolicySignatureStatus.Error;
        }
    }

    private void ReadRefusal(JsonNode answer, JsonNode report)
    {
        IReadOnlyList<JsonNode> findings = report.Member("findings")?.Elements ?? Array.Empty<JsonNode>();
        JsonNode first = findings.Count > 0 ? findings[0] : answer.Member("error") ?? JsonNode.OfTruth(null);
        ReasonCode = first.Text("reason").Length > 0 ? first.Text("reason") : first.Text("code");
        Detail = first.Text("detail").Length > 0 ? first.Text("detail") : first.Text("message");
        NextStep = first.Text("advice").Length > 0 ? first.Text("advice") : first.Text("nextStep");
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
}
