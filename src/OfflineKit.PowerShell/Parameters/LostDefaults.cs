using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>Values of <c>$PSDefaultParameterValues</c> that are meant for a cmdlet and that PowerShell leaves out without a word: a demand that stands there must not get lost.</summary>
internal static class LostDefaults
{
    private static readonly char[] Quotes = { '\'', '"' };

    /// <summary>The first key that names <paramref name="cmdlet"/> and has no effect on it; null when there is none.</summary>
    public static string? Of(PSCmdlet cmdlet)
    {
        if (cmdlet.SessionState.PSVariable.GetValue("PSDefaultParameterValues") is IDictionary defaults && !LanguageTruth(defaults["Disabled"]))
        {
            foreach (object key in defaults.Keys)
            {
                if (key is string text && IsLost(text, cmdlet))
                {
                    return text;
                }
            }
        }

        return null;
    }

    private static bool LanguageTruth(object? value) => AnySwitchAttribute.Truth(value) ?? value != null;

    // "CMDLET:PARAMETER", each of them perhaps in quotes, the cmdlet perhaps a pattern.
    private static bool IsLost(string key, PSCmdlet cmdlet)
    {
        int colon = key.IndexOf(':');
        if (colon < 0)
        {
            return false;
        }

        string command = Bare(key.Substring(0, colon)), name = Bare(key.Substring(colon + 1));
        if (!WildcardPattern.Get(command.Substring(command.LastIndexOf('\\') + 1), WildcardOptions.IgnoreCase).IsMatch(cmdlet.MyInvocation.MyCommand.Name))
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
