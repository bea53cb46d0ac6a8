using System;
using System.Collections.Generic;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace OfflineKit.PowerShell;

/// <summary>What the engine says, in this module's words: the engine's messages name options of the command line, and an administrator types parameters.</summary>
internal static class ParameterWords
{
    /// <summary><paramref name="text"/> with every option that a parameter of <paramref name="cmdlet"/> stands for called as that parameter.</summary>
    public static string Of(Type cmdlet, string text)
    {
        int option = text.IndexOf("--", StringComparison.Ordinal);
        if (option < 0)
        {
            return text;
        }

        Dictionary<string, string> names = Names(cmdlet);
        StringBuilder said = new StringBuilder();
        int at = 0;
        for (; option >= 0; option = text.IndexOf("--", at, StringComparison.Ordinal))
        {
            int end = option + 2;
            while (end < text.Length && (text[end] == '-' || (text[end] >= 'a' && text[end] <= 'z') || (text[end] >= '0' && text[end] <= '9')))
            {
                end++;
            }

            string word = text.Substring(option, end - option);
            said.Append(text, at, option - at).Append(names.TryGetValue(word, out string? name) ? name : word);
            at = end;
        }

        return said.Append(text, at, text.Length - at).ToString();
    }

    /// <summary><paramref name="advice"/> with each <c>{member}</c> of a request called as the parameter of <paramref name="cmdlet"/>; what it has no parameter for is said to be the program's own.</summary>
    public static string Advised(Type cmdlet, string advice) =>
        Regex.Replace(advice, "\\{(?<member>[A-Za-z]+)\\}", match => Named(cmdlet, match.Groups["member"].Value), RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    private static string Named(Type cmdlet, string member) => Array.Find(AskedParameters.Of(cmdlet), asked => asked.Value.Member == member).Key is PropertyInfo parameter
        ? "-" + parameter.Name
        : OptionOf(member) + " of the program offlinekit";

    /// <summary>The option that is <paramref name="member"/> on the command line, where nothing else is said: the same words with hyphens.</summary>
    internal static string OptionOf(string member)
    {
        StringBuilder option = new StringBuilder("--");
        foreach (char c in member)
        {
            option.Append(char.IsUpper(c) ? "-" + char.ToLowerInvariant(c) : c.ToString());
        }

        return option.ToString();
    }

    private static Dictionary<string, string> Names(Type cmdlet)
    {
        Dictionary<string, string> names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (KeyValuePair<PropertyInfo, AsksAttribute> asked in AskedParameters.Of(cmdlet))
        {
            names[asked.Value.Option ?? OptionOf(asked.Value.Member)] = "-" + asked.Key.Name;
        }

        return names;
    }
}
