using System;
using System.Collections.Generic;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>The result for one artefact. Never use it as a condition: test <see cref="PolicyResult.IsValid"/>.</summary>
public sealed class PolicySignatureResult : PolicyResult
{
    private PolicySignatureResult(string fullName) : base(fullName)
    {
    }

    /// <summary>The signature format.</summary>
    public string Format { get; private set; } = "";

    /// <summary>Who signed: the trusted key's name or the certificate identity; empty unless valid.</summary>
    public string Signer { get; private set; } = "";

    /// <summary>Fingerprint of the signing key, or the issuer of the identity; empty unless valid.</summary>
    public string KeyId { get; private set; } = "";

    /// <summary>All who signed, where several were demanded; empty unless valid.</summary>
    public string[] Signers { get; private set; } = Array.Empty<string>();

    /// <summary>The verified time of signing; null where nothing proves one.</summary>
    public DateTime? SignedAt { get; private set; }

    /// <summary>Digest of what was verified, so that a later reader can compare.</summary>
    public string Digest { get; private set; } = "";

    /// <summary>The signature file.</summary>
    public string SignaturePath { get; private set; } = "";

    /// <summary>Signed is what was verified as it stands, every byte of it; false where a document was valid for a part of it, such as the payload of an envelope.</summary>
    internal bool IsSignedWhole { get; private set; }

    internal override string Companion => SignaturePath;

    internal static PolicySignatureResult Failed(string fullName, string reason, string detail)
    {
        PolicySignatureResult result = new PolicySignatureResult(fullName);
        result.Fail(reason, detail);
        return result;
    }

    /// <summary>Reads an answer of the engine.</summary>
    internal static PolicySignatureResult FromAnswer(string fullName, JsonNode answer)
    {
        PolicySignatureResult result = new PolicySignatureResult(fullName);
        JsonNode report = result.Read(answer);
        result.Format = report.Text("format");
        result.SignaturePath = report.Text("signature");
        result.Digest = FirstDigest(report);
        if (result.IsValid)
        {
            result.ReadEvidence(report);
        }

        return result;
    }

    private static string FirstDigest(JsonNode report)
    {
        IReadOnlyList<JsonNode> digests = report.Member("artifact")?.Member("digests")?.Elements ?? Array.Empty<JsonNode>();
        return digests.Count > 0 ? digests[0].Text() : "";
    }

    private void ReadEvidence(JsonNode report)
    {
        string name = report.Member("artifact")?.Text("name") ?? "";
        List<string> signers = new List<string>();
        foreach (JsonNode evidence in report.Member("evidence")?.Elements ?? Array.Empty<JsonNode>())
        {
            switch (evidence.Text("kind"))
            {
                case "signed-by-key":
                    Add(signers, evidence.Text("signer"), evidence.Text("fingerprint"));
                    break;
                case "signed-by-identity":
                    Add(signers, evidence.Text("identity"), evidence.Text("issuer"));
                    break;
                // Of a document's part the evidence says so: "payload of NAME".
                case "covers-artifact":
                    IsSignedWhole |= evidence.Text("name") == name;
                    break;
                case "signed-at" when SignedAt == null:
                    SignedAt = UtcTime.Parse(evidence.Text("time"));
                    break;
            }
        }

        Signers = signers.ToArray();
    }

    private void Add(List<string> signers, string name, string key)
    {
        if (signers.Count == 0)
        {
            (Signer, KeyId) = (name, key);
        }

        if (!signers.Contains(name))
        {
            signers.Add(name);
        }
    }
}
