using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>Verifies container images and shows one result object for each path that was asked. Never use it in an <c>if</c>: Test-PolicyImage answers with a Boolean.</summary>
[Cmdlet(VerbsCommon.Get, "PolicyImage")]
[OutputType(typeof(PolicySignatureResult))]
public sealed class GetPolicyImageCommand : ImageCmdlet
{
    private readonly EachResult _results;

    /// <summary>Nothing is examined yet.</summary>
    public GetPolicyImageCommand() => _results = new EachResult(this);

    private protected override IConclusion Conclusion => _results;
}
