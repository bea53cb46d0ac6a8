using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>How the test of one trust root ended. Never use it as a condition: test <see cref="IsValid"/>.</summary>
public sealed class PolicyTrustRootResult
{
    internal PolicyTrustRootResult(JsonNode answer)
    {
        Root = new PolicyTrustRoot(answer.Member("trustRoot") ?? JsonNode.OfTruth(null));
        IsValid = answer.Text("status") == "tested" && answer.Member("usable")?.Truth == true;
        JsonNode error = answer.Member("error") ?? JsonNode.OfTruth(null);
        ReasonCode = answer.Text("reason").Length > 0 ? answer.Text("reason") : error.Text("code");
        Reason = IsValid ? "" : ErrorIds.Of(ReasonCode);
        Detail = answer.Text("detail").Length > 0 ? answer.Text("detail") : error.Text("message");
    }

    /// <summary>Its name.</summary>
    public string Name => Root.Name;

    /// <summary>The root.</summary>
    public PolicyTrustRoot Root { get; }

    /// <summary>Its file is the pinned one, and it is in use at the given time.</summary>
    public bool IsValid { get; }

    /// <summary>The error id of this module; empty when valid.</summary>
    public string Reason { get; }

    /// <summary>The engine's reason code; empty when valid.</summary>
    public string ReasonCode { get; }

    /// <summary>What was seen and what was wanted.</summary>
    public string Detail { get; }

    /// <inheritdoc/>
    public override string ToString() => Name + ": " + (IsValid ? "valid" : "invalid");
}
