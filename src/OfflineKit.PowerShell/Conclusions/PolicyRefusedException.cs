using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>Ends the script that asserted something which does not hold.</summary>
/// <remarks>
/// Any other exception of a cmdlet ends its own statement only, or nothing at all where the error preference is SilentlyContinue or Ignore. This kind is the one by
/// which the preference Stop itself works, so no preference swallows it; try and catch do.
/// </remarks>
internal sealed class PolicyRefusedException : ActionPreferenceStopException
{
    private readonly ErrorRecord _record;

    /// <summary>The end for the reason in <paramref name="record"/>.</summary>
    public PolicyRefusedException(ErrorRecord record) : base(record.Exception.Message, record.Exception) => _record = record;

    /// <inheritdoc/>
    public override ErrorRecord ErrorRecord => _record;

    /// <summary>The end of the script in which <paramref name="cmdlet"/> refused something.</summary>
    public static PolicyRefusedException Of(PSCmdlet cmdlet, ErrorRecord record) => new PolicyRefusedException(
        new ErrorRecord(record.Exception, record.FullyQualifiedErrorId + "," + cmdlet.GetType().FullName, record.CategoryInfo.Category, record.TargetObject));
}
