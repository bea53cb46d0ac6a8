using System.Management.Automation;
using OfflineKit.PowerShell.Engine;

namespace OfflineKit.PowerShell;

/// <summary>Answers one question with one Boolean: are all these artefacts signed by somebody trusted?</summary>
/// <remarks>
/// Without -Detailed exactly one Boolean is written, at the end, and it is true only if at least one artefact was examined, every one is valid, and the engine
/// ended well. Whatever goes wrong ends as false with a non-terminating error.
/// </remarks>
[Cmdlet(VerbsDiagnostic.Test, "PolicySignature", DefaultParameterSetName = "Path")]
[OutputType(typeof(bool), typeof(PolicySignatureResult))]
public sealed class TestPolicySignatureCommand : SignatureCmdlet, IAnswersOnce
{
    private readonly OneAnswer _answer;

    /// <summary>Nothing is examined yet.</summary>
    public TestPolicySignatureCommand() => _answer = new OneAnswer(this, this);

    /// <summary>One result object an artefact instead of the Boolean. Never use that in an <c>if</c>: test <c>.IsValid</c>.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    /// <summary>The Boolean only, no error records.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        Drain();
        _answer.Write("artefact");
    }

    private protected override void Examined(PolicySignatureResult result) =>
        _answer.Examined(result, result.IsValid, result.Reason, $"{result.Path}: {result.Detail}");

    private protected override void Unusable(string path, string errorId, string message) => _answer.Refuse(errorId, message, path);

    private protected override void EngineFailed(EngineException fault) => _answer.Refuse(fault.ErrorId, fault.Message, target: null);

    // One result an artefact, so that nobody who looks for what is not Valid takes silence for success.
    private protected override void Unanswered(string path, EngineException fault)
    {
        if (Detailed)
        {
            WriteObject(PolicySignatureResult.Failed(path, fault.ErrorId, fault.Message));
        }
    }
}
