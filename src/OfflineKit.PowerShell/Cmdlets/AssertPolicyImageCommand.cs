using System.IO;
using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>Lets the script go on only if the container image is signed by somebody trusted in every layout; otherwise ends it, whatever the error preference is.</summary>
/// <remarks>With -PassThru they come out only after all of them passed.</remarks>
[Cmdlet(VerbsLifecycle.Assert, "PolicyImage")]
[OutputType(typeof(FileInfo), typeof(DirectoryInfo))]
public sealed class AssertPolicyImageCommand : ImageCmdlet
{
    private readonly AllOrStop _assertion;

    /// <summary>Nothing is examined yet.</summary>
    public AssertPolicyImageCommand() => _assertion = new AllOrStop(this);

    /// <summary>Hands on the files and folders, exactly those that were verified, once all of them passed.</summary>
    [Parameter]
    [AnySwitch]
    public SwitchParameter PassThru { get; set; }

    private protected override IConclusion Conclusion => _assertion;

    /// <inheritdoc/>
    private protected override void EndGuard()
    {
        base.EndGuard();
        if (PassThru)
        {
            _assertion.HandOn();
        }
    }
}
