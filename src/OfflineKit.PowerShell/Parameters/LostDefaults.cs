using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>Values of <c>$PSDefaultParameterValues</c> that are meant for a cmdlet and that PowerShell leaves out without a word: a demand that stands there must not get lost.</summary>
internal static class LostDefaults
{
    private const string Disabled = "Disabled";

    private static readonly char[] Quotes = { '\'', '"' };

    /// <summary>The first key that names <paramref name="cmdlet"/> and has no effect on it; null when there is none.</summary>
    public static string? Of(PSCmdlet cmdlet)
    {
        string[] keys = Keys(cmdlet).ToArray();
        if (keys.Length == 0)
        {
            return null;
        }

        HashSet<string> names = CommandNames.Of(cmdlet);
        return Array.Find(keys, key => IsLost(key, names, cmdlet));
    }

    private static IEnumerable<string> Keys(PSCmdlet cmdlet) =>
        cmdlet.SessionState.PSVariable.GetValue("PSDefaultParameterValues") is IDictionary { Count: > 0 } defaults && !LanguageTruth(defaults[Disabled])
            ? defaults.Keys.OfType<string>()
            : Enumerable.Empty<string>();

    private static bool LanguageTruth(object? value) => AnySwitchAttribute.Truth(value) ?? value != null;

    // "CMDLET:PARAMETER", each of them perhaps in quotes, the cmdlet perhaps a pattern.
    private static bool IsLost(string key, HashSet<string> names, PSCmdlet cmdlet)
    {
        int colon = key.IndexOf(':');
        if (colon < 0)
        {
            return false;
        }

        string command = Bare(key.Substring(0, colon)), name = Bare(key.Substring(colon + 1));
        WildcardPattern pattern = WildcardPattern.Get(CommandNames.WithoutModule(command), WildcardOptions.IgnoreCase);
        if (!names.Any(pattern.IsMatch))
        {
            return false;
        }

        // A pattern is for whatever has the parameter; a name is for this cmdlet.
        return Parameter(cmdlet.MyInvocation.MyCommand, name) is string parameter
            ? cmdlet.GetType().GetProperty(parameter) != null && !cmdlet.MyInvocation.BoundParameters.ContainsKey(parameter)
            : !WildcardPattern.ContainsWildcardCharacters(command);
    }

    private static string Bare(string part) => part.Trim().Trim(Quotes);

    private static string? Parameter(CommandInfo command, string name)
    {
        foreach (KeyValuePair<string, ParameterMetadata> parameter in command.Parameters)
        {
            if (string.Equals(parameter.Key, name, StringComparison.OrdinalIgnoreCase) || parameter.Value.Aliases.Contains(name))
            {
                return parameter.Key;
            }
        }

        return null;
    }
}
