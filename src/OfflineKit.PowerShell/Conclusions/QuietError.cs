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
        object? before = preference?.Value;
        if (preference == null || !IsSet(preference, ActionPreference.SilentlyContinue))
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
            _ = IsSet(preference, before);
        }
    }

    // A variable may be constant, or its attributes take a few values only: then the caller's preference stands.
    private static bool IsSet(PSVariable preference, object? value)
    {
        try
        {
            preference.Value = value!;
            return true;
        }
        catch (RuntimeException)
        {
            return false;
        }
    }
}
