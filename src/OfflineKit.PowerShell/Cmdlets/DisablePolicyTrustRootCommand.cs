using System.Management.Automation;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>Trusts a root no longer, unless a call names it. What must never count again is revoked by the maintainers of a trust bundle.</summary>
[Cmdlet(VerbsLifecycle.Disable, "PolicyTrustRoot", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class DisablePolicyTrustRootCommand : TrustSwitchCmdlet
{
    private protected override string Change => "trust no longer unless it is named";

    private protected override JsonLine WithState(JsonLine request) => request.AddTruth("on", value: false);
}
