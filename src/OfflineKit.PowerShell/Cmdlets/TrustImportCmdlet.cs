using System.Management.Automation;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>What the cmdlets share that bring in a signed trust bundle: roots, revocations and their rotation in one file.</summary>
public abstract class TrustImportCmdlet : EngineCmdlet
{
    /// <summary>The parameters that speak of a bundle; beside another set they would have no effect.</summary>
    private protected const string BundleSet = "Bundle";

    /// <summary>Imports a bundle whose metadata has ended, as trust that is known to be old.</summary>
    [Parameter(ParameterSetName = BundleSet)]
    public SwitchParameter AcceptExpiredMetadata { get; set; }

    /// <summary>The time to judge the bundle at, in ISO 8601; default: now.</summary>
    [Parameter(ParameterSetName = BundleSet)]
    public string? At { get; set; }

    /// <summary>Brings in the bundle at <paramref name="path"/> under <paramref name="name"/> and shows what came of it.</summary>
    private protected void Bring(string path, string? name, string? rootFingerprint)
    {
        GivenValues given = new GivenValues(this);
        string? at = given.Time("-At", At);
        if (given.Fault is (string id, string message))
        {
            ThrowTerminatingError(ErrorRecords.Of(id, message, target: null));
        }

        JsonNode answer = Ask(request => request.Add("verb", "trust-import").Add("path", path).Add("name", name).Add("rootFingerprint", rootFingerprint)
            .Add("acceptExpiredMetadata", AcceptExpiredMetadata.IsPresent).Add("at", at));
        if (answer.Text("status") == "unchanged" || Succeeded(answer, "imported", path))
        {
            WriteObject(new PolicyTrustImport(answer));
        }
    }
}
