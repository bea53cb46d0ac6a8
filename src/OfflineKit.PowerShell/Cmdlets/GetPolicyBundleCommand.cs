using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>Verifies exports and shows one result object for each path that was asked. Never use it in an <c>if</c>: Test-PolicyBundle answers with a Boolean.</summary>
[Cmdlet(VerbsCommon.Get, "PolicyBundle")]
[OutputType(typeof(PolicyBundleResult))]
public sealed class GetPolicyBundleCommand : BundleCmdlet
{
    private readonly EachResult _results;

    /// <summary>Nothing is examined yet.</summary>
    public GetPolicyBundleCommand() => _results = new EachResult(this);

    private protected override IConclusion Conclusion => _results;
}
