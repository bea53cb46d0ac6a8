using System.Globalization;
using System.Management.Automation;
using OfflineKit.PowerShell.Engine;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>Shows what files claim about their signatures, without checking anything.</summary>
[Cmdlet(VerbsCommon.Get, "PolicySignatureInfo", DefaultParameterSetName = "Path")]
[OutputType(typeof(PolicySignatureInfo))]
public sealed class GetPolicySignatureInfoCommand : ArtifactCmdlet
{
    private EngineSession? _engine;
    private int _lastId;

    /// <inheritdoc/>
    protected override void StopProcessing() => _engine?.Dispose();

    private protected override void Close() => _engine?.Dispose();

    private protected override void Artifact(string path, byte[]? content)
    {
        try
        {
            EngineSession engine = _engine ??= EngineSource.Open("offlinekit", inheritEnvironment: false);
            string id = (++_lastId).ToString(CultureInfo.InvariantCulture);
            engine.Send(id, new JsonLine().Add("id", id).Add("verb", "inspect").Add("path", path)
                .Add("content", content == null ? null : System.Convert.ToBase64String(content)));
            Show(path, engine.Receive());
        }
        catch (EngineException fault)
        {
            ThrowTerminatingError(ErrorRecords.Of(fault.ErrorId, fault.Message, path));
        }
    }

    private protected override void Unusable(string path, string errorId, string message) =>
        WriteError(ErrorRecords.Of(errorId, message, path));

    private void Show(string path, JsonNode answer)
    {
        if (answer.Text("status") == "inspected")
        {
            WriteObject(new PolicySignatureInfo(path, answer));
        }
        else
        {
            JsonNode error = answer.Member("error") ?? JsonNode.OfTruth(null);
            WriteError(ErrorRecords.Of(ErrorIds.Of(error.Text("code")), $"{path}: {error.Text("message")}", path));
        }
    }
}
