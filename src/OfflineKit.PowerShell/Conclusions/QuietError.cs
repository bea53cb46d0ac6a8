using System;
using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>Makes <c>$?</c> false without showing an error: a chain with &amp;&amp; must not go on after a refusal, however that is shown.</summary>
/// <remarks>
/// Only a written error makes <c>$?</c> false, and how it is shown depends on the preference by which PowerShell writes it: that of the call (-ErrorAction, -Verbose and -Debug
/// set one, and so do default values), or else the variable's. An error that is shown nevertheless would stand beside the answer where errors come out with it, so
/// whatever was to show it is silent here. <c>-ErrorAction Stop</c> alone has its way, since it lets no answer come.
/// </remarks>
internal static class QuietError
{
    private const string Parameter = "ErrorAction";

    /// <summary>Writes <paramref name="record"/> where $Error and -ErrorVariable find it.</summary>
    public static void Write(PSCmdlet cmdlet, ErrorRecord record)
    {
        bool isCallers = cmdlet.MyInvocation.BoundParameters.TryGetValue(Parameter, out object? given) && given is ActionPreference.Stop or ActionPreference.Ignore;
        if (isCallers || !PipelineFacts.IsDoneSilently(cmdlet, () => cmdlet.WriteError(record)))
        {
            WriteByVariable(cmdlet, record);
        }
    }

    // A cmdlet looks the variable up when it writes its first error, unless its call brought a preference.
    private static void WriteByVariable(PSCmdlet cmdlet, ErrorRecord record)
    {
        PSVariable? preference = cmdlet.SessionState.PSVariable.Get(ErrorPreference.Name);
        object? before = preference?.Value;
        bool isSet = preference != null && ErrorPreference.IsTaken(() => preference.Value = ActionPreference.SilentlyContinue);
        try
        {
            cmdlet.WriteError(record);
        }
        finally
        {
            _ = isSet && ErrorPreference.IsTaken(() => preference!.Value = before!);
        }
    }
}
