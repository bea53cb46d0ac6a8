using System;
using System.Collections.Generic;
using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>What a script may call a cmdlet: by its own name, as this call does, and by every alias of the session that leads to it.</summary>
internal static class CommandNames
{
    /// <summary>The names of <paramref name="cmdlet"/>, in whatever case, without its module's.</summary>
    public static HashSet<string> Of(PSCmdlet cmdlet)
    {
        CommandInfo command = cmdlet.MyInvocation.MyCommand;
        HashSet<string> names = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { command.Name, WithoutModule(cmdlet.MyInvocation.InvocationName ?? "") };
        foreach (CommandInfo alias in cmdlet.InvokeCommand?.GetCommands("*", CommandTypes.Alias, nameIsPattern: true) ?? Array.Empty<CommandInfo>())
        {
            if (alias is AliasInfo { Definition: { } target } && LeadsTo(cmdlet, target, command.Name))
            {
                names.Add(alias.Name);
            }
        }

        return names;
    }

    /// <summary><paramref name="name"/> behind the module that stands before it.</summary>
    public static string WithoutModule(string name) => name.Substring(name.LastIndexOf('\\') + 1);

    private static bool LeadsTo(PSCmdlet cmdlet, string target, string name)
    {
        // An alias of an alias; one that leads to itself has no end.
        for (int depth = 0; depth < 8; depth++)
        {
            if (string.Equals(WithoutModule(target), name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }

            if (!(cmdlet.InvokeCommand.GetCommand(target, CommandTypes.Alias) is AliasInfo next))
            {
                return false;
            }

            target = next.Definition;
        }

        return false;
    }
}
