using System;
using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>Lists the trust roots that the engine knows.</summary>
[Cmdlet(VerbsCommon.Get, "PolicyTrustRoot")]
[OutputType(typeof(PolicyTrustRoot))]
public sealed class GetPolicyTrustRootCommand : TrustRootCmdlet
{
    /// <summary>Names, wildcards allowed.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(TrustRootCompleter))]
    public string[]? Name { get; set; }

    /// <summary>Only roots of this kind.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(TrustRootCompleter))]
    public string? Kind { get; set; }

    /// <summary>Only roots that came with the program, or only those that were imported.</summary>
    [Parameter]
    [ValidateSet("Bundled", "Imported")]
    public string? Source { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (PolicyTrustRoot root in Roots(Name))
        {
            if ((Kind == null || string.Equals(Kind, root.Kind, StringComparison.OrdinalIgnoreCase))
                && (Source == null || string.Equals(Source, root.Source, StringComparison.OrdinalIgnoreCase)))
            {
                WriteObject(root);
            }
        }
    }
}
