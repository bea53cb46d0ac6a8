using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>Selects files by -Path (wildcards) or -LiteralPath, without ever raising a binding error for a missing value.</summary>
/// <remarks>A binding error would skip a guard like <c>if (-not (Test-PolicySignature $f)) { throw }</c>; so null and empty are taken and refused here.</remarks>
public abstract class PathCmdlet : EngineCmdlet
{
    /// <summary>The files; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = "Path", Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FilePath")]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [SupportsWildcards]
    [PathPatterns]
    public string?[]? Path { get; set; }

    /// <summary>The files by their exact path: brackets and stars are taken as they are. Files from Get-ChildItem bind here.</summary>
    [Parameter(ParameterSetName = "LiteralPath", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP", "FullName")]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [LiteralPaths]
    public string?[]? LiteralPath { get; set; }

    /// <summary>What a path may lead to.</summary>
    private protected virtual Wanted Wanted => Wanted.File;

    /// <summary>One file, on the pipeline thread.</summary>
    private protected abstract void Found(string path);

    /// <summary>One path that names nothing of use.</summary>
    private protected abstract void Unusable(string path, string errorId, string message);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        // Every cmdlet of this family says itself what an empty parameter means to it.
        if (Computed("Path", "LiteralPath") is string name)
        {
            Unusable(name, "InvalidUsage", name + SkippedObjects);
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        PathSelection selection = new PathSelection(this, Wanted, Found, Unusable);
        if (ParameterSetName == "LiteralPath")
        {
            selection.Literals(LiteralPath);
        }
        else
        {
            // An empty pipeline never comes here; a call without any path does, with null.
            selection.Wildcards(Path);
        }
    }
}
