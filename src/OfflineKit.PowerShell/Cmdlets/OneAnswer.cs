using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>A cmdlet that answers with one Boolean, unless it is asked for details.</summary>
internal interface IAnswersOnce
{
    /// <summary>One result object each instead of the Boolean.</summary>
    SwitchParameter Detailed { get; }

    /// <summary>The Boolean only, no error records.</summary>
    SwitchParameter Quiet { get; }
}

/// <summary>Exactly one Boolean for everything that was examined: true only if that is at least one thing and nothing was refused.</summary>
internal sealed class OneAnswer
{
    private readonly Cmdlet _cmdlet;
    private readonly IAnswersOnce _wish;
    private int _examined, _refused;

    /// <summary>The answer of <paramref name="cmdlet"/>, which is <paramref name="wish"/> too.</summary>
    public OneAnswer(Cmdlet cmdlet, IAnswersOnce wish) => (_cmdlet, _wish) = (cmdlet, wish);

    /// <summary>Counts the verification that ended as <paramref name="result"/>; a refusal has the error id <paramref name="reason"/>.</summary>
    public void Examined(object result, bool isValid, string reason, string message)
    {
        _examined++;
        if (!isValid)
        {
            _refused++;
        }

        if (_wish.Detailed)
        {
            _cmdlet.WriteObject(result);
        }
        else if (!isValid)
        {
            Complain(reason, message, result);
        }
    }

    /// <summary>Counts something that could not be examined, which is a refusal.</summary>
    public void Refuse(string errorId, string message, object? target)
    {
        _refused++;
        Complain(errorId, message, target);
    }

    /// <summary>Writes the Boolean; <paramref name="what"/> names what should have been examined.</summary>
    public void Write(string what)
    {
        if (_examined == 0 && _refused == 0)
        {
            Refuse("NothingVerified", $"no {what} was examined", target: null);
        }

        if (!_wish.Detailed)
        {
            _cmdlet.WriteObject(_examined > 0 && _refused == 0);
        }
    }

    private void Complain(string errorId, string message, object? target)
    {
        if (!_wish.Quiet)
        {
            _cmdlet.WriteError(ErrorRecords.Of(errorId, message, target));
        }
    }
}
