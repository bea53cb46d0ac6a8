using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using OfflineKit.PowerShell.Engine;

namespace OfflineKit.PowerShell;

/// <summary>Lets the pipeline go on only if every artefact is signed by somebody trusted; otherwise ends it with an error.</summary>
/// <remarks>With -PassThru the files come out only after all of them passed.</remarks>
[Cmdlet(VerbsLifecycle.Assert, "PolicySignature", DefaultParameterSetName = "Path")]
[OutputType(typeof(FileInfo))]
public sealed class AssertPolicySignatureCommand : SignatureCmdlet
{
    private readonly List<string> _passed = new List<string>();

    /// <summary>Writes the files once all of them passed.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        Drain();
        if (_passed.Count == 0)
        {
            throw Stopped("NothingVerified", "no artefact was examined", target: null);
        }

        if (PassThru && ParameterSetName != "Content")
        {
            foreach (string path in _passed)
            {
                WriteObject(new FileInfo(path));
            }
        }
    }

    private protected override void Examined(PolicySignatureResult result)
    {
        if (!result.IsValid)
        {
            throw Stopped(result.Reason, $"{result.Path}: {result.Detail}", result);
        }

        _passed.Add(result.Path);
    }

    private protected override void Unusable(string path, string errorId, string message) =>
        throw Stopped(errorId, message, path);

    private protected override void EngineFailed(EngineException fault) =>
        throw Stopped(fault.ErrorId, fault.Message, target: null);

    // As the statement "throw" does it: a terminating error of a cmdlet would end its own statement only, and a script would go on to the next one.
    private static RuntimeException Stopped(string errorId, string message, object? target)
    {
        ErrorRecord record = ErrorRecords.Of(errorId + "," + typeof(AssertPolicySignatureCommand).FullName, message, target, ErrorRecords.Category(errorId));
        return new RuntimeException(message, record.Exception, record) { WasThrownFromThrowStatement = true };
    }
}
