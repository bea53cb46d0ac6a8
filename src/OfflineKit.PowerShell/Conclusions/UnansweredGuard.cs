using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace OfflineKit.PowerShell;

/// <summary>Ends the script whose guard gave no answer, since PowerShell could not begin it or something before it in the pipeline failed.</summary>
/// <remarks>
/// PowerShell ends the statement alone then, after it looked at the error preference, and the script would go on behind its guard: no exception of a cmdlet is asked for
/// any more. So the preference becomes Stop in the scope of the statement, in its script and in whatever called them. These end with the script; at a console, where the
/// outermost scope stays, the preference is put back as soon as somebody is asked for the next line.
/// </remarks>
internal static class UnansweredGuard
{
    // What the script says of commands (-WhatIf, -Confirm, their preferences, default values) is not said of this one, which ends it.
    // One scope after the other, until there is none of this number; a scope whose variable cannot be set is passed over. PowerShell has no more scopes than calls within calls.
    private const string Callers = """
        $PSDefaultParameterValues = @{}
        for ($scope = 1; $scope -lt 5000; $scope++) {
            try { Microsoft.PowerShell.Utility\Set-Variable -Name $args[0] -Value Stop -Scope $scope -Force -WhatIf:$false -Confirm:$false -Verbose:$false -Debug:$false -ErrorAction Stop }
            catch { if ($_.FullyQualifiedErrorId -match '^(ArgumentOutOfRange|CommandNotFound)') { break } }
        }
        """;

    private const string Script = "script:" + ErrorPreference.Name, Global = "global:" + ErrorPreference.Name;

    /// <summary>Ends the script that <paramref name="guard"/> stands in.</summary>
    public static void EndScript(PSCmdlet guard)
    {
        PSVariableIntrinsics variables = guard.SessionState.PSVariable;
        object? before = variables.GetValue(Global);
        Set(variables, Script, ActionPreference.Stop);
        Set(variables, ErrorPreference.Name, ActionPreference.Stop);
        SetInCallers(guard);
        if (before is ActionPreference.Stop)
        {
            return;
        }

        _ = guard.Events.SubscribeEvent(
            source: null, eventName: null, PSEngineEvent.OnIdle, data: null, (sender, arguments) => Set(variables, Global, before), supportEvent: true, forwardEvent: false, maxTriggerCount: 1);
    }

    // Each function and script between may have a preference of its own, by -ErrorAction for one, and go on by it.
    private static void SetInCallers(PSCmdlet guard)
    {
        IList? errors = guard.SessionState.PSVariable.GetValue("global:Error") as IList;
        object? last = errors?.Count > 0 ? errors[0] : null;
        _ = ErrorPreference.IsTaken(() => guard.InvokeCommand.InvokeScript(Callers, useNewScope: true, PipelineResultTypes.None, input: null, ErrorPreference.Name));
        // That there is no further scope is nobody's error.
        while (errors?.Count > 0 && !ReferenceEquals(errors[0], last))
        {
            errors.RemoveAt(0);
        }
    }

    private static void Set(PSVariableIntrinsics variables, string name, object? value) => _ = ErrorPreference.IsTaken(() => variables.Set(name, value!));
}
