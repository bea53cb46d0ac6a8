using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>Ends the script at the first refusal. Only when everything was accepted, what was accepted can be handed on.</summary>
internal sealed class AllOrStop : IConclusion
{
    private readonly GuardCmdlet _cmdlet;
    private readonly List<PolicyResult> _passed = new List<PolicyResult>();

    /// <summary>The assertion of <paramref name="cmdlet"/>.</summary>
    public AllOrStop(GuardCmdlet cmdlet) => _cmdlet = cmdlet;

    /// <inheritdoc/>
    public void Take(PolicyResult result)
    {
        if (result.IsRefused)
        {
            throw PolicyRefusedException.Of(_cmdlet, Refusals.Of(result));
        }

        if (result.IsValid)
        {
            _passed.Add(result);
        }
    }

    /// <inheritdoc/>
    public void Refuse(string errorId, string message) => throw PolicyRefusedException.Of(_cmdlet, ErrorRecords.Of(errorId, message, target: null));

    /// <inheritdoc/>
    public void End(string what)
    {
        if (_passed.Count == 0)
        {
            Refuse("NothingVerified", $"no {what} was examined");
        }
    }

    /// <summary>What was accepted, in the order of asking; a signature that was used is not among it.</summary>
    public IReadOnlyList<PolicyResult> Passed => _passed;

    /// <summary>Writes the files and folders as Get-Item does, so that whatever stands behind takes exactly them.</summary>
    public void HandOn()
    {
        List<PSObject> items = new List<PSObject>();
        foreach (PolicyResult result in _passed)
        {
            if (result.IsContent)
            {
                Refuse("InvalidUsage", $"-PassThru hands on files, and {result.FullName} was verified as -Content: what is there under that name was not; go on with the bytes that you hold");
            }

            items.AddRange(Items(result.FullName));
        }

        // Nothing is handed on before everything can be.
        items.ForEach(_cmdlet.Pass);
    }

    // A file may have gone since: PowerShell's own exception would end the statement alone, and the script would go on behind it.
    private Collection<PSObject> Items(string fullName)
    {
        try
        {
            return _cmdlet.SessionState.InvokeProvider.Item.Get(new[] { ExactName.PSPath(fullName) }, force: true, literalPath: true);
        }
        catch (RuntimeException fault) when (!(fault is PipelineStoppedException))
        {
            throw PolicyRefusedException.Of(_cmdlet, ErrorRecords.Of("PathNotFound", fault.Message, fullName));
        }
    }
}
