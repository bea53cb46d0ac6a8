using System;
using System.Collections.Generic;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>One check that the engine made.</summary>
public sealed class PolicySignatureCheck
{
    private PolicySignatureCheck(JsonNode check)
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

    /// <summary>The checks of <paramref name="report"/>.</summary>
    internal static PolicySignatureCheck[] AllOf(JsonNode report)
    {
        List<PolicySignatureCheck> checks = new List<PolicySignatureCheck>();
        foreach (JsonNode check in report.Member("checks")?.Elements ?? Array.Empty<JsonNode>())
        {
            checks.Add(new PolicySignatureCheck(check));
        }

        return checks.ToArray();
    }
}
