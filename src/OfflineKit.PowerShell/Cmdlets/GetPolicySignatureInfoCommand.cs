using System.Management.Automation;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>Shows what files claim about their signatures, without checking anything.</summary>
[Cmdlet(VerbsCommon.Get, "PolicySignatureInfo")]
[OutputType(typeof(PolicySignatureInfo))]
public sealed class GetPolicySignatureInfoCommand : PathCmdlet
{
    /// <inheritdoc/>
    private protected override void BeginGuard()
    {
        if (Misuse() is string misuse)
        {
            ThrowTerminatingError(ErrorRecords.Of("InvalidUsage", misuse, target: null));
        }

        base.BeginGuard();
    }

    private protected override void Found(string path)
    {
        JsonNode answer = Ask(request => request.Add("verb", "inspect").Add("path", path));
        if (Succeeded(answer, "inspected", path))
        {
            WriteObject(new PolicySignatureInfo(path, answer));
        }
    }

    private protected override void Unusable(string path, string errorId, string message) =>
        WriteError(ErrorRecords.Of(errorId, message, path));
}
