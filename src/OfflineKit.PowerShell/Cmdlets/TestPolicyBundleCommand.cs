using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>Answers one question with one Boolean: are these exports (folders or archives with a signed list) complete, unchanged and signed by somebody trusted?</summary>
/// <remarks>
/// Exactly one Boolean is written, at the end, and it is true only if at least one export was examined, every one is valid, and the engine ended well. Whatever
/// goes wrong ends as false with an error that is not terminating.
/// </remarks>
[Cmdlet(VerbsDiagnostic.Test, "PolicyBundle")]
[OutputType(typeof(bool))]
public sealed class TestPolicyBundleCommand : BundleCmdlet
{
    private readonly OneBoolean _answer;

    /// <summary>Nothing is examined yet.</summary>
    public TestPolicyBundleCommand() => _answer = new OneBoolean(this);

    /// <summary>The Boolean only: no error is shown.</summary>
    [Parameter]
    [AnyRestriction]
    public SwitchParameter Quiet { get; set; }

    private protected override IConclusion Conclusion => _answer;

    /// <inheritdoc/>
    private protected override void BeginGuard()
    {
        _answer.IsQuiet = Quiet;
        base.BeginGuard();
    }
}
