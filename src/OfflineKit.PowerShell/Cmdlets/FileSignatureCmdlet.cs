using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>What Test-, Get- and Assert-PolicySignature share: many files, folders with everything below them, or content that is in memory already.</summary>
public abstract class FileSignatureCmdlet : SignatureCmdlet
{
    /// <summary>Examines all files below the folders that are named, hidden ones too; signatures that were used are passed over.</summary>
    [Parameter]
    [AnySwitch]
    public SwitchParameter Recurse { get; set; }

    /// <summary>The artefact itself, already in memory: what is verified is what is used.</summary>
    [Parameter]
    [AnyBytes]
    public byte[]? Content { get; set; }

    /// <summary>A name for -Content in results and errors.</summary>
    [Parameter]
    [AnyText]
    public string? SourceName { get; set; } = "(content)";

    private protected sealed override Wanted Wanted => Recurse ? Wanted.FileOrTree : Wanted.File;

    /// <inheritdoc/>
    private protected sealed override bool IsSubject(string name) => name == nameof(Content) || base.IsSubject(name);

    /// <inheritdoc/>
    private protected override void BeginGuard()
    {
        base.BeginGuard();
        string name = SourceName ?? "";
        if (Content != null)
        {
            VerifyContent(name, Content);
        }
        else if (MyInvocation.BoundParameters.ContainsKey(nameof(Content)))
        {
            Unusable(name, "PathNullOrEmpty", "the content is null or no list of bytes");
        }
    }
}
