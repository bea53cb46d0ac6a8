using System.Management.Automation;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>What Enable- and Disable-PolicyTrustRoot share: a root that came with the module, was added or imported, and whether it is trusted without being named.</summary>
public abstract class TrustSwitchCmdlet : EngineCmdlet
{
    /// <summary>The roots' names; no wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(TrustRootCompleter))]
    public string[] Name { get; set; } = System.Array.Empty<string>();

    /// <summary>What becomes of the roots, in words.</summary>
    private protected abstract string Change { get; }

    /// <summary>Adds to a request what becomes of the root.</summary>
    private protected abstract JsonLine WithState(JsonLine request);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            if (ShouldProcess(name, Change))
            {
                _ = Succeeded(Ask(request => WithState(request.Add("verb", "trust-switch").Add("name", name))), "switched", name);
            }
        }
    }
}
