using System;
using System.Collections.Generic;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>What came of bringing in a trust bundle.</summary>
public sealed class PolicyTrustImport
{
    internal PolicyTrustImport(JsonNode answer)
    {
        Name = answer.Text("name");
        Outcome = answer.Text("status") == "unchanged" ? "Unchanged" : answer.Member("aged")?.Truth == true ? "ImportedAsAged" : "Imported";
        RootVersion = answer.Text("rootVersion");
        PinnedRoot = answer.Text("pinnedRoot");
        Expires = UtcTime.Parse(answer.Text("expires"));
        List<string> changes = new List<string>();
        foreach (JsonNode change in answer.Member("changes")?.Elements ?? Array.Empty<JsonNode>())
        {
            changes.Add(change.Text());
        }

        Changes = changes.ToArray();
    }

    /// <summary>Under which name it is kept.</summary>
    public string Name { get; }

    /// <summary>Imported, Unchanged, or ImportedAsAged where its metadata had ended.</summary>
    public string Outcome { get; }

    /// <summary>The version of the root metadata.</summary>
    public string RootVersion { get; }

    /// <summary>The fingerprint of the root that was pinned.</summary>
    public string PinnedRoot { get; }

    /// <summary>When the first of its metadata ends.</summary>
    public DateTime? Expires { get; }

    /// <summary>What is other than before, in words; revocations among it.</summary>
    public string[] Changes { get; }

    /// <inheritdoc/>
    public override string ToString() => Name + ": " + Outcome;
}
