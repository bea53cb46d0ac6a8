using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>Ends the script whose guard gave no answer, since PowerShell could not begin it or something before it in the pipeline failed.</summary>
/// <remarks>
/// PowerShell ends the statement alone then, after it looked at the error preference, and the script would go on behind its guard: no exception of a cmdlet is asked for
/// any more. So the preference becomes Stop in the scope of the statement and in its script. Both end with the script; at a console, where the scope stays, the
/// preference is put back as soon as somebody is asked for the next line.
/// </remarks>
internal static class UnansweredGuard
{
    private const string Script = "script:" + ErrorPreference.Name, Global = "global:" + ErrorPreference.Name;

    /// <summary>Ends the script that <paramref name="guard"/> stands in.</summary>
    public static void EndScript(PSCmdlet guard)
    {
        PSVariableIntrinsics variables = guard.SessionState.PSVariable;
        object? before = variables.GetValue(Global);
        Set(variables, Script, ActionPreference.Stop);
        Set(variables, ErrorPreference.Name, ActionPreference.Stop);
        if (before is ActionPreference.Stop)
        {
            return;
        }

        _ = guard.Events.SubscribeEvent(
            source: null, eventName: null, PSEngineEvent.OnIdle, data: null, (sender, arguments) => Set(variables, Global, before), supportEvent: true, forwardEvent: false, maxTriggerCount: 1);
    }

    private static void Set(PSVariableIntrinsics variables, string name, object? value) => _ = ErrorPreference.IsTaken(() => variables.Set(name, value!));
}
