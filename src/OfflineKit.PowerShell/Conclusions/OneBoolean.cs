using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>Exactly one Boolean for everything that was asked: true only if that is at least one thing and nothing was refused. Each refusal is an error that is not terminating.</summary>
internal sealed class OneBoolean : IConclusion
{
    private readonly GuardCmdlet _cmdlet;
    private int _valid, _refused;

    /// <summary>The answer of <paramref name="cmdlet"/>.</summary>
    public OneBoolean(GuardCmdlet cmdlet) => _cmdlet = cmdlet;

    /// <summary>Errors are not shown.</summary>
    public bool IsQuiet { get; set; }

    /// <inheritdoc/>
    public void Take(PolicyResult result)
    {
        if (result.IsRefused)
        {
            Refuse(Refusals.Of(result));
        }
        else if (result.IsValid)
        {
            _valid++;
        }
    }

    /// <summary>Counts something that is valid.</summary>
    public void Accept() => _valid++;

    /// <inheritdoc/>
    public void Refuse(string errorId, string message) => Refuse(ErrorRecords.Of(errorId, message, target: null));

    /// <summary>Counts a refusal.</summary>
    public void Refuse(ErrorRecord record)
    {
        _refused++;
        if (IsQuiet || PipelineFacts.MergesErrors(_cmdlet))
        {
            QuietError.Write(_cmdlet, record);
        }
        else
        {
            _cmdlet.WriteError(record);
        }
    }

    /// <inheritdoc/>
    public void End(string what)
    {
        if (_valid == 0 && _refused == 0)
        {
            Refuse("NothingVerified", $"no {what} was examined");
        }

        if (_refused > 0)
        {
            _cmdlet.PassRefusal(false);
        }
        else
        {
            _cmdlet.Pass(true);
        }
    }
}
