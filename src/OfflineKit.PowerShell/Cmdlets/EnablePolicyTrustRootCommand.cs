using System.Management.Automation;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>Trusts a root from now on, in every verification of this user that names no other.</summary>
[Cmdlet(VerbsLifecycle.Enable, "PolicyTrustRoot", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class EnablePolicyTrustRootCommand : TrustSwitchCmdlet
{
    private protected override string Change => "trust from now on";

    private protected override JsonLine WithState(JsonLine request) => request.AddTruth("on", value: true);
}
