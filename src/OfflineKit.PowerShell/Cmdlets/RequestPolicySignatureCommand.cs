using System.Collections.Generic;
using System.IO;
using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>Has a signing service sign one statement about files.</summary>
[Cmdlet(VerbsLifecycle.Request, "PolicySignature", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class RequestPolicySignatureCommand : RemoteCmdlet
{
    private readonly List<string> _files = new List<string>();
    private bool _isIncomplete;

    /// <summary>The files that the statement is about; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = "Path", Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FilePath")]
    [SupportsWildcards]
    public string[]? Path { get; set; }

    /// <summary>The files by their exact path.</summary>
    [Parameter(ParameterSetName = "LiteralPath", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP", "FullName")]
    public string[]? LiteralPath { get; set; }

    /// <summary>What kind of statement.</summary>
    [Parameter(Mandatory = true)]
    public string PredicateType { get; set; } = "";

    /// <summary>What the statement says: a file with a JSON object.</summary>
    [Parameter(Mandatory = true)]
    public string Predicate { get; set; } = "";

    /// <summary>The image of the scanner that made it, sha256:HEX.</summary>
    [Parameter]
    public string? Scanner { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        PathSelection selection = new PathSelection(this, Wanted.File, _files.Add, (path, id, message) =>
        {
            _isIncomplete = true;
            WriteError(ErrorRecords.Of(id, message, path));
        });
        if (ParameterSetName == "LiteralPath")
        {
            selection.TakeLiterally(LiteralPath);
        }
        else
        {
            selection.Take(Path);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_isIncomplete || _files.Count == 0)
        {
            WriteError(ErrorRecords.Of("NothingVerified", "not every file was found, so nothing was asked for", target: null));
            return;
        }

        Request("remote-sign", string.Join(", ", _files), request => request
            .Add("paths", _files.ToArray()).Add("predicateType", PredicateType).Add("predicate", Resolved(Predicate)).Add("scanner", Scanner));
    }
}
