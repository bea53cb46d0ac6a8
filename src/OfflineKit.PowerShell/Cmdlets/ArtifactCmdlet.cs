using System;
using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>Selects artefacts by -Path (wildcards), -LiteralPath or -Content, without ever raising a binding error for a missing value.</summary>
/// <remarks>A binding error would skip a guard like <c>if (-not (Test-PolicySignature $f)) { throw }</c>; so null and empty are taken and refused here.</remarks>
public abstract class ArtifactCmdlet : PSCmdlet, IDisposable
{
    /// <summary>The artefacts; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = "Path", Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FilePath")]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [SupportsWildcards]
    public string?[]? Path { get; set; }

    /// <summary>The artefacts by their exact path: brackets and stars are taken as they are. Files from Get-ChildItem bind here.</summary>
    [Parameter(ParameterSetName = "LiteralPath", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public string?[]? LiteralPath { get; set; }

    /// <summary>The artefact itself, already in memory: what is verified is what is used.</summary>
    [Parameter(ParameterSetName = "Content", Mandatory = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public byte[]? Content { get; set; }

    /// <summary>A name for -Content in results and errors.</summary>
    [Parameter(ParameterSetName = "Content")]
    public string SourceName { get; set; } = "(content)";

    /// <summary>One artefact, on the pipeline thread.</summary>
    private protected abstract void Artifact(string path, byte[]? content);

    /// <summary>One path that names no artefact.</summary>
    private protected abstract void Unusable(string path, string errorId, string message);

    /// <inheritdoc/>
    public void Dispose()
    {
        Close();
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the cmdlet holds.</summary>
    private protected virtual void Close()
    {
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        PathSelection selection = new PathSelection(this, Wanted.File, path => Artifact(path, content: null), Unusable);
        switch (ParameterSetName)
        {
            case "Content" when Content == null:
                Unusable(SourceName, "PathNullOrEmpty", "the content is null");
                break;
            case "Content":
                Artifact(SourceName, Content);
                break;
            case "LiteralPath":
                selection.Literals(LiteralPath);
                break;
            default:
                // An empty pipeline never comes here; a call without any path does, with null.
                selection.Wildcards(Path);
                break;
        }
    }

    /// <summary>The file system path behind <paramref name="path"/>, relative to the current location.</summary>
    private protected string Resolved(string path) => GetUnresolvedProviderPathFromPSPath(path);
}
