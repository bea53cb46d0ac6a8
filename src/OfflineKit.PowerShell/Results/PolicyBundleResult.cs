using System;
using System.Collections.Generic;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>The result for one export. Never use it as a condition: test <see cref="PolicyResult.IsValid"/>.</summary>
public sealed class PolicyBundleResult : PolicyResult
{
    private PolicyBundleResult(string fullName) : base(fullName)
    {
    }

    /// <summary>How the export is arranged.</summary>
    public string Layout { get; private set; } = "";

    /// <summary>How many files it holds, and how many bytes.</summary>
    public string Files { get; private set; } = "";

    /// <summary>The version that the export states; empty when it states none.</summary>
    public string Version { get; private set; } = "";

    /// <summary>Listed files that are not there.</summary>
    public string[] Missing { get; private set; } = Array.Empty<string>();

    /// <summary>Files that the signed list does not name.</summary>
    public string[] Unexpected { get; private set; } = Array.Empty<string>();

    /// <summary>Everything that was refused.</summary>
    public string[] Findings { get; private set; } = Array.Empty<string>();

    internal static PolicyBundleResult Failed(string fullName, string reason, string detail)
    {
        PolicyBundleResult result = new PolicyBundleResult(fullName);
        result.Fail(reason, detail);
        return result;
    }

    /// <summary>Reads an answer of the engine.</summary>
    internal static PolicyBundleResult FromAnswer(string fullName, JsonNode answer)
    {
        PolicyBundleResult result = new PolicyBundleResult(fullName);
        JsonNode report = result.Read(answer), words = report.Member("words") ?? JsonNode.OfTruth(null);
        (result.Layout, result.Files, result.Version) = (words.Text("layout"), words.Text("files"), words.Text("version"));
        result.Missing = Details(report, "export.entry-missing");
        result.Unexpected = Details(report, "export.entry-extra");
        result.Findings = Details(report, code: null);
        return result;
    }

    private static string[] Details(JsonNode report, string? code)
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
