using System;
using System.Collections.Generic;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>Whether something was verified. A word for it would be true as a condition, as any text is; the value 0 is not.</summary>
public enum PolicyVerification
{
    /// <summary>It was not.</summary>
    NotChecked = 0,
}

/// <summary>What a file says about its signature. Nothing of it was checked.</summary>
public sealed class PolicySignatureInfo
{
    internal PolicySignatureInfo(string path, JsonNode answer)
    {
        FullName = path;
        Format = answer.Text("format");
        SignaturePath = answer.Text("signature");
        List<PolicySignatureClaim> claims = new List<PolicySignatureClaim>();
        foreach (JsonNode claim in answer.Member("claims")?.Elements ?? Array.Empty<JsonNode>())
        {
            claims.Add(new PolicySignatureClaim(claim.Text("name"), claim.Text("value")));
        }

        Claims = claims.ToArray();
    }

    /// <summary>Always <c>NotChecked</c>, which is not true as a condition: use Test-PolicySignature to verify.</summary>
    public PolicyVerification Verified { get; }

    /// <summary>The file, exactly.</summary>
    public string FullName { get; }

    /// <summary>The same as other cmdlets take it literally.</summary>
    public string PSPath => ExactName.PSPath(FullName);

    /// <summary>The format that it seems to have; empty when it is none.</summary>
    public string Format { get; }

    /// <summary>The file that was read, where it is another one; empty when the file carries its own signature.</summary>
    public string SignaturePath { get; }

    /// <summary>What it claims.</summary>
    public PolicySignatureClaim[] Claims { get; }

    /// <inheritdoc/>
    public override string ToString() => FullName + ": " + Verified;
}

/// <summary>One claim: a name and an untrusted value.</summary>
public sealed class PolicySignatureClaim
{
    internal PolicySignatureClaim(string name, string value) => (Name, Value) = (name, value);

    /// <summary>What is claimed.</summary>
    public string Name { get; }

    /// <summary>The claim; anybody can write anything here.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    public override string ToString() => Name + ": " + Value;
}
