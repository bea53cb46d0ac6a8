using System;
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
public sealed class TestPolicySignatureCommand : SignatureCmdlet
{
    private int _examined, _refused;

    /// <summary>One result object an artefact instead of the Boolean. Never use that in an <c>if</c>: test <c>.IsValid</c>.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    /// <summary>The Boolean only, no error records.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        bool ended = Drain();
        if (_examined == 0 && _refused == 0 && ended)
        {
            Complain("", "NothingVerified", "no artefact was examined", target: null);
        }

        if (!Detailed)
        {
            WriteObject(ended && _examined > 0 && _refused == 0);
        }
    }

    private protected override void Examined(PolicySignatureResult result)
    {
        _examined++;
        if (!result.IsValid)
        {
            _refused++;
        }

        if (Detailed)
        {
            WriteObject(result);
        }
        else if (!result.IsValid)
        {
            Complain(result.Path, result.Reason, $"{result.Path}: {result.Detail}", result);
        }
    }

    private protected override void Unusable(string path, string errorId, string message)
    {
        _refused++;
        Complain(path, errorId, message, path);
    }

    private protected override void EngineFailed(EngineException fault)
    {
        _refused++;
        Complain("", fault.ErrorId, fault.Message, target: null);
    }

    private void Complain(string path, string errorId, string message, object? target)
    {
        if (!Quiet)
        {
            WriteError(ErrorRecords.Of(errorId, message, target ?? path));
        }
    }
}
