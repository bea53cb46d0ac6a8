using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>Makes <c>$?</c> false without showing an error: a chain with &amp;&amp; must not go on after a refusal, however that is shown.</summary>
internal static class QuietError
{
        /// <summary>Writes <paramref name="record"/> where $Error and -ErrorVariable find it. An -ErrorAction that the caller gave has its way.</summary>
    /// <remarks>
    /// Only a written error makes <c>$?</c> false, and how it is shown depends on the caller's preference, which a cmdlet looks up when it writes its first one.
    /// </remarks>
    public static void Write(PSCmdlet cmdlet, ErrorRecord record)
    {
        PSVariable? preference = cmdlet.SessionState.PSVariable.Get(ErrorPreference.Name);
        object? before = preference?.Value;
        if (preference == null || !ErrorPreference.IsTaken(() => preference.Value = ActionPreference.SilentlyContinue))
        {
            cmdlet.WriteError(record);
            return;
        }

        try
        {
            cmdlet.WriteError(record);
        }
        finally
        {
            _ = ErrorPreference.IsTaken(() => preference.Value = before!);
        }
    }
}
