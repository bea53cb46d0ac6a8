using System.Management.Automation;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>Stops trusting a key that Import-PolicyTrustRoot added. Roots that come with the program refuse with TrustRootReadOnly.</summary>
[Cmdlet(VerbsCommon.Remove, "PolicyTrustRoot", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemovePolicyTrustRootCommand : TrustRootCmdlet
{
    /// <summary>The roots' names; no wildcards, so that nothing is removed by accident.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(TrustRootCompleter))]
    public string[] Name { get; set; } = System.Array.Empty<string>();

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            if (ShouldProcess(name, "stop trusting"))
            {
                JsonNode answer = Ask(request => request.Add("verb", "trust-remove").Add("name", name));
                _ = Succeeded(answer, "removed", name);
            }
        }
    }
}
