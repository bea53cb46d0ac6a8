using System;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>A trust root that the engine knows.</summary>
public sealed class PolicyTrustRoot
{
    internal PolicyTrustRoot(JsonNode root)
    {
        Name = root.Text("name");
        Kind = root.Text("kind");
        Fingerprint = root.Text("fingerprint");
        Source = root.Text("source");
        Origin = root.Text("origin");
        RetrievedOn = root.Text("retrievedOn");
        NotAfter = UtcTime.Parse(root.Text("notAfter"));
        Status = root.Text("status");
        Enabled = root.Member("enabled")?.Truth == true;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>What it holds: public-key, sigstore-trusted-root …</summary>
    public string Kind { get; }

    /// <summary>SHA-256 of the SubjectPublicKeyInfo or of the root file.</summary>
    public string Fingerprint { get; }

    /// <summary>Bundled or Imported.</summary>
    public string Source { get; }

    /// <summary>Where the material came from, in words.</summary>
    public string Origin { get; }

    /// <summary>The day on which it was retrieved.</summary>
    public string RetrievedOn { get; }

    /// <summary>The end of its validity; null when it has none.</summary>
    public DateTime? NotAfter { get; }

    /// <summary>active, deprecated or revoked.</summary>
    public string Status { get; }

    /// <summary>It is trusted without being named.</summary>
    public bool Enabled { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
