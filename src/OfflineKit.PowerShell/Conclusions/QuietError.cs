using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>Makes <c>$?</c> false without showing an error: a chain with &amp;&amp; must not go on after a refusal, however that is shown.</summary>
internal static class QuietError
{
    private const string Preference = "ErrorActionPreference";

    /// <summary>Writes <paramref name="record"/> where $Error and -ErrorVariable find it. An -ErrorAction that the caller gave has its way.</summary>
    /// <remarks>
    /// Only a written error makes <c>$?</c> false, and how it is shown depends on the caller's preference, which a cmdlet looks up when it writes its first one.
    /// </remarks>
    public static void Write(PSCmdlet cmdlet, ErrorRecord record)
    {
        PSVariable? preference = cmdlet.SessionState.PSVariable.Get(Preference);
        if (preference == null || (preference.Options & (ScopedItemOptions.Constant | ScopedItemOptions.ReadOnly)) != ScopedItemOptions.None)
        {
            cmdlet.WriteError(record);
            return;
        }

        object before = preference.Value;
        preference.Value = ActionPreference.SilentlyContinue;
        try
        {
            cmdlet.WriteError(record);
        }
        finally
        {
            preference.Value = before;
        }
    }
}
