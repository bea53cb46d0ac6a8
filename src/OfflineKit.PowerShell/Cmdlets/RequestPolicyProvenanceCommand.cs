using System.IO;
using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>Has a signing service sign the provenance of an export.</summary>
[Cmdlet(VerbsLifecycle.Request, "PolicyProvenance", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class RequestPolicyProvenanceCommand : RemoteCmdlet
{
    /// <summary>The export's manifests/export.json, by its exact path.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public string Manifest { get; set; } = "";

    /// <summary>The export's archive.</summary>
    [Parameter(Mandatory = true)]
    public string Archive { get; set; } = "";

    /// <summary>The export's id.</summary>
    [Parameter(Mandatory = true)]
    public string ExportId { get; set; } = "";

    /// <summary>What made the export: NAME=VERSION.</summary>
    [Parameter(Mandatory = true)]
    public string Tool { get; set; } = "";

    /// <summary>What it was made of, each URI=sha256:HEX.</summary>
    [Parameter]
    public string[]? Material { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        string manifest = Resolved(Manifest) ?? "";
        Request("remote-export", manifest, request => request
            .Add("manifest", manifest).Add("archive", Resolved(Archive)).Add("exportId", ExportId).Add("tool", Tool).Add("materials", Material));
    }
}
