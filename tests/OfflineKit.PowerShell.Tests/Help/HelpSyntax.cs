using System.Collections.Generic;
using System.Linq;
using OfflineKit.PowerShell.Tests.Contract;

namespace OfflineKit.PowerShell.Tests.Help;

/// <summary>What help says that follows from the assembly alone: syntax lines and parameter tables.</summary>
internal static class HelpSyntax
{
    /// <summary>The parameters that PowerShell gives every cmdlet that asks before it acts.</summary>
    public static IEnumerable<ParameterSurface> Added(CmdletSurface cmdlet) => cmdlet.ShouldProcess ? [Switch("Confirm", "cf"), Switch("WhatIf", "wi")] : [];

    /// <summary>What those parameters do.</summary>
    public static string? AddedText(string name) => name switch
    {
        "Confirm" => "Prompts for confirmation before the cmdlet runs.",
        "WhatIf" => "Shows what would happen; nothing is written and no key is asked.",
        _ => null,
    };

    /// <summary>The cmdlet's command line in <paramref name="set"/>.</summary>
    public static string Line(CmdletSurface cmdlet, string set) => string.Join(
        ' ', [cmdlet.Name, .. InOrder(cmdlet, set).Select(parameter => Word(parameter, parameter.In(set)!)), "[<CommonParameters>]"]);

    /// <summary>The parameters of <paramref name="set"/>: by position, then what is mandatory, then by name.</summary>
    public static IEnumerable<ParameterSurface> InOrder(CmdletSurface cmdlet, string set) => cmdlet.Parameters.Concat(Added(cmdlet))
        .Where(parameter => parameter.In(set) is not null)
        .OrderBy(parameter => parameter.In(set)!.Position ?? int.MaxValue)
        .ThenBy(parameter => parameter.In(set)!.Mandatory ? 0 : 1)
        .ThenBy(parameter => parameter.Name is "WhatIf" or "Confirm" ? 1 : 0)
        .ThenBy(parameter => parameter.Name, System.StringComparer.Ordinal);

    /// <summary>The table of one parameter.</summary>
    public static string Table(ParameterSurface parameter)
    {
        ParameterUse[] uses = [.. parameter.Uses];
        string sets = uses[0].Set == ModuleSurface.AllSets ? "(All)" : string.Join(", ", uses.Select(use => use.Set));
        string[] lines =
        [
            "```yaml",
            $"Type: {parameter.Type}",
            $"Parameter Sets: {sets}",
            $"Aliases: {string.Join(", ", parameter.Aliases)}".TrimEnd(),
            .. parameter.Values.Count > 0 ? (string[])[$"Accepted values: {string.Join(", ", parameter.Values)}"] : [],
            "",
            $"Required: {uses.All(use => use.Mandatory)}",
            $"Position: {(uses[0].Position is { } position ? position.ToString(System.Globalization.CultureInfo.InvariantCulture) : "Named")}",
            $"Accept pipeline input: {Pipeline(uses[0])}",
            $"Accept wildcard characters: {parameter.Wildcards}",
            "```",
        ];
        return string.Join('\n', lines) + "\n";
    }

    /// <summary>How a parameter takes the pipeline, in the words of MAML.</summary>
    public static string Pipeline(ParameterUse use) => (use.FromPipeline, use.FromPropertyName) switch
    {
        (true, true) => "True (ByPropertyName, ByValue)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };

    private static ParameterSurface Switch(string name, string alias) => new(
        name, "SwitchParameter", [alias], [], Wildcards: false, [], [new ParameterUse(ModuleSurface.AllSets, Mandatory: false, Position: null, FromPipeline: false, FromPropertyName: false)]);

    private static string Word(ParameterSurface parameter, ParameterUse use)
    {
        string value = parameter.IsSwitch ? "" : $" <{parameter.Type}>";
        string name = use.Position is not null ? $"[-{parameter.Name}]" : $"-{parameter.Name}";
        return use.Mandatory ? name + value : $"[{name}{value}]";
    }
}
