using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>Brings imported trust up to date with a newer bundle: new roots, rotated keys, revocations. Nothing can go back.</summary>
[Cmdlet(VerbsData.Update, "PolicyTrustRoot", DefaultParameterSetName = BundleSet, SupportsShouldProcess = true)]
[OutputType(typeof(PolicyTrustImport))]
public sealed class UpdatePolicyTrustRootCommand : TrustImportCmdlet
{
    /// <summary>The newer bundle: a folder, a .tar or a .tar.zst, by its exact path.</summary>
    [Parameter(ParameterSetName = BundleSet, Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP", "FullName", "Bundle")]
    public string LiteralPath { get; set; } = "";

    /// <summary>Under which name it was imported; default: default.</summary>
    [Parameter(ParameterSetName = BundleSet)]
    public string? Name { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        string path = Resolved(LiteralPath) ?? "";
        if (ShouldProcess(path, "bring imported trust up to date"))
        {
            Bring(path, Name, rootFingerprint: null);
        }
    }
}
