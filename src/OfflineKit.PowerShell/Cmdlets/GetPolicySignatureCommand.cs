using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>Verifies files and shows one result object for each path that was asked. Never use it in an <c>if</c>: Test-PolicySignature answers with a Boolean.</summary>
[Cmdlet(VerbsCommon.Get, "PolicySignature")]
[OutputType(typeof(PolicySignatureResult))]
public sealed class GetPolicySignatureCommand : FileSignatureCmdlet
{
    private readonly EachResult _results;

    /// <summary>Nothing is examined yet.</summary>
    public GetPolicySignatureCommand() => _results = new EachResult(this);

    private protected override IConclusion Conclusion => _results;
}
