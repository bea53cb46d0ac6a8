using System;
using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>Selects files by -Path (wildcards), by -LiteralPath or as objects.</summary>
public abstract class PathCmdlet : GuardCmdlet
{
    /// <summary>The files; wildcards are allowed.</summary>
    [Parameter(Position = 0)]
    [Alias("FilePath")]
    [SupportsWildcards]
    public PSObject?[]? Path { get; set; }

    /// <summary>The files by their exact path: brackets and stars are taken as they are.</summary>
    [Parameter]
    [Alias("PSPath", "LP", "FullName")]
    public PSObject?[]? LiteralPath { get; set; }

    /// <summary>Files as objects: of Get-ChildItem and Get-Item, results of this module, paths as text.</summary>
    [Parameter(ValueFromPipeline = true)]
    public object? InputObject { get; set; }

    /// <summary>What a path may lead to.</summary>
    private protected virtual Wanted Wanted => Wanted.File;

    /// <summary>One file, by its exact full name, on the pipeline thread.</summary>
    private protected abstract void Found(string path);

    /// <summary>A path that names nothing of use.</summary>
    private protected abstract void Unusable(string path, string errorId, string message);

    /// <inheritdoc/>
    private protected override void BeginGuard()
    {
        Take(nameof(Path), Path, Selection.Take);
        Take(nameof(LiteralPath), LiteralPath, Selection.TakeLiterally);
    }

    /// <inheritdoc/>
    private protected override void ProcessGuard() => Take(nameof(InputObject), InputObject, Selection.Take);

    /// <inheritdoc/>
    private protected override bool IsSubject(string name) => name == nameof(Path) || name == nameof(LiteralPath) || name == nameof(InputObject);

    private PathSelection Selection => new PathSelection(this, Wanted, Found, Unusable);

    private void Take(string name, object? value, Action<object?> take)
    {
        if (MyInvocation.BoundParameters.ContainsKey(name))
        {
            take(value);
        }
    }
}
