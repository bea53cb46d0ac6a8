using System;
using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>The variable by which a script says what becomes of errors.</summary>
internal static class ErrorPreference
{
    /// <summary>Its name.</summary>
    public const string Name = "ErrorActionPreference";

    /// <summary>Runs <paramref name="set"/>, which sets the variable; false where the script forbids that.</summary>
    /// <remarks>A variable may be constant, or its attributes take a few values only: then the script's own preference stands.</remarks>
    public static bool IsTaken(Action set)
    {
        try
        {
            set();
            return true;
        }
        catch (RuntimeException)
        {
            return false;
        }
    }
}
