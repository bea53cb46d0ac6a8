using System;
using System.Collections.Generic;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>The result for one export. Never use it as a condition: test <see cref="IsValid"/>.</summary>
public sealed class PolicyBundleResult
{
    internal PolicyBundleResult(string path, JsonNode answer)
    {
        PolicySignatureResult result = PolicySignatureResult.FromAnswer(path, answer);
        (Path, Status, IsValid, Reason, ReasonCode, Detail, Checks) =
            (path, result.Status, result.IsValid, result.Reason, result.ReasonCode, result.Detail, result.Checks);
        JsonNode report = answer.Member("report") ?? JsonNode.OfTruth(null);
        JsonNode words = report.Member("words") ?? JsonNode.OfTruth(null);
        (Layout, Files, Version) = (words.Text("layout"), words.Text("files"), words.Text("version"));
        Missing = Findings(report, "export.entry-missing");
        Unexpected = Findings(report, "export.entry-extra");
        Results = Findings(report, code: null);
    }

    /// <summary>The export.</summary>
    public string Path { get; }

    /// <summary>How it ended.</summary>
    public PolicySignatureStatus Status { get; }

    /// <summary>Signed by somebody trusted, every listed file there and unchanged, nothing else there.</summary>
    public bool IsValid { get; }

    /// <summary>The error id of this module for the first refusal; empty when valid.</summary>
    public string Reason { get; }

    /// <summary>The engine's reason code; empty when valid.</summary>
    public string ReasonCode { get; }

    /// <summary>What was seen and what was wanted.</summary>
    public string Detail { get; }

    /// <summary>How the export is arranged.</summary>
    public string Layout { get; }

    /// <summary>How many files it holds, and how many bytes.</summary>
    public string Files { get; }

    /// <summary>The version that the export states; empty when it states none.</summary>
    public string Version { get; }

    /// <summary>Listed files that are not there.</summary>
    public string[] Missing { get; }

    /// <summary>Files that the signed list does not name.</summary>
    public string[] Unexpected { get; }

    /// <summary>Everything that was refused.</summary>
    public string[] Results { get; }

    /// <summary>Every check that was made.</summary>
    public PolicySignatureCheck[] Checks { get; }

    /// <inheritdoc/>
    public override string ToString() => Path + ": " + Status;

    private static string[] Findings(JsonNode report, string? code)
    {
        List<string> details = new List<string>();
        foreach (JsonNode finding in report.Member("findings")?.Elements ?? Array.Empty<JsonNode>())
        {
            if (code == null || finding.Text("reason") == code)
            {
                details.Add(code == null ? finding.Text("reason") + ": " + finding.Text("detail") : finding.Text("detail"));
            }
        }

        return details.ToArray();
    }
}
