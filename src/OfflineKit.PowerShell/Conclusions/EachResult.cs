using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>One object for each path that was asked; refusals make <c>$?</c> false and are shown by the objects alone.</summary>
internal sealed class EachResult : IConclusion
{
    private readonly GuardCmdlet _cmdlet;
    private bool _isAnything;

    /// <summary>The results of <paramref name="cmdlet"/>.</summary>
    public EachResult(GuardCmdlet cmdlet) => _cmdlet = cmdlet;

    /// <inheritdoc/>
    public void Take(PolicyResult result)
    {
        _isAnything = true;
        if (!result.IsRefused)
        {
            _cmdlet.Pass(result);
        }
        else
        {
            _cmdlet.PassRefusal(result);
            QuietError.Write(_cmdlet, Refusals.Of(result));
        }
    }

    /// <inheritdoc/>
    public void Refuse(string errorId, string message)
    {
        _isAnything = true;
        _cmdlet.WriteError(ErrorRecords.Of(errorId, message, target: null));
    }

    /// <inheritdoc/>
    public void End(string what)
    {
        if (!_isAnything)
        {
            Refuse("NothingVerified", $"no {what} was examined");
        }
    }
}
