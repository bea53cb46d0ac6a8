using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using OfflineKit.Testing;
using Xunit;

namespace OfflineKit.PowerShell.Tests.Contract;

/// <summary>Whatever the program takes, a cmdlet takes, or docs/spec/powershell.md says what stands in its place: its commands and options against that table.</summary>
public sealed class CommandTableTests
{
    private const string Every = "every";

    private static readonly Row[] Table = [.. Lines("spec/powershell.md").SkipWhile(line => line != "<!-- commands -->").Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)
        .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries)).Select(cells => new Row(cells[0].Trim('`'), cells[1].Trim('`'), cells[2]))];

    private static readonly Dictionary<string, string[]> Commands = ReadCommands();

    /// <summary>Every command of the program that does something.</summary>
    public static TheoryData<string> CommandNames => [.. Commands.Keys.Order(StringComparer.Ordinal)];

    [Fact]
    public void Both_are_read() => Assert.True(Commands.Count > 25 && Commands["verify"].Length > 50 && Table.Length > 40, $"{Commands.Count} commands, {Commands["verify"].Length} options, {Table.Length} rows");

    [Theory]
    [MemberData(nameof(CommandNames))]
    public void A_command_is_cmdlets_or_has_a_row(string command) => Assert.Single(Table, row => row.Command == command && row.Option.Length == 0);

    [Theory]
    [MemberData(nameof(CommandNames))]
    public void An_option_is_a_parameter_or_has_a_row(string command)
    {
        CmdletSurface[] cmdlets = CmdletsOf(command);
        string[] wanting = cmdlets.Length == 0 ? [] : [.. Commands[command].Where(option => RowOf(command, option) is null && !Array.TrueForAll(cmdlets, cmdlet => HasParameter(cmdlet, option)))];
        Assert.Empty(wanting);
    }

    [Fact]
    public void No_row_is_idle()
    {
        List<string> idle = [];
        foreach (Row row in Table)
        {
            bool isUsed = row.Command == Every ? Commands.Values.Any(options => options.Contains(row.Option))
                : Commands.TryGetValue(row.Command, out string[]? options) && (row.Option.Length == 0 || options.Contains(row.Option));
            idle.AddRange(isUsed ? [] : [$"{row.Command} {row.Option}"]);
            idle.AddRange(row.Parameters.Where(parameter => !HasAnywhere(row, parameter)).Select(parameter => $"{row.Command} {row.Option}: {parameter}"));
        }

        Assert.Empty(idle);
    }

    private static IEnumerable<string> Lines(string page) => File.ReadLines(Repository.Path("docs", page));

    private static Dictionary<string, string[]> ReadCommands()
    {
        Dictionary<string, List<string>> found = [];
        List<string> options = [];
        foreach (string line in Lines("commands.md"))
        {
            if (line.StartsWith("### offlinekit ", StringComparison.Ordinal))
            {
                found[line["### offlinekit ".Length..]] = options = [];
            }
            else if (line.StartsWith("| `", StringComparison.Ordinal) && line.IndexOf("--", StringComparison.Ordinal) is > 0 and < 10)
            {
                // The long name before the value: "-o, --output <text|json>".
                options.Add(line[3..].Split('`')[0].Split(' ', ',').First(word => word.StartsWith("--", StringComparison.Ordinal)));
            }
        }

        // A group only holds commands.
        return found.Where(command => !found.Keys.Any(other => other.StartsWith(command.Key + " ", StringComparison.Ordinal))).ToDictionary(command => command.Key, command => command.Value.ToArray());
    }

    private static CmdletSurface[] CmdletsOf(string command) =>
        [.. Table.First(row => row.Command == command && row.Option.Length == 0).Cmdlets.Select(ModuleSurface.Cmdlet)];

    private static Row? RowOf(string command, string option) => Array.Find(Table, row => row.Option == option && (row.Command == command || row.Command == Every));

    private static bool HasParameter(CmdletSurface cmdlet, string option) =>
        cmdlet.Parameters.Any(parameter => parameter.Asks is { } member && (parameter.Option ?? ParameterWords.OptionOf(member)) == option);

    private static bool HasAnywhere(Row row, string parameter) =>
        ModuleSurface.Cmdlets.Any(cmdlet => (row.Words.Contains(parameter) || row.Cmdlets.Contains(cmdlet.Name)) && cmdlet.Parameters.Any(one => "-" + one.Name == parameter));

    /// <summary>A row: the command, the option (empty: the command itself), and what stands in its place.</summary>
    private sealed record Row(string Command, string Option, string Instead)
    {
        /// <summary>What is written as code.</summary>
        public string[] Words => [.. Instead.Split('`').Where((_, i) => i % 2 == 1)];

        /// <summary>The parameters that are named.</summary>
        public IEnumerable<string> Parameters => Words.Where(word => word.StartsWith('-') && !word.StartsWith("--", StringComparison.Ordinal));

        /// <summary>The cmdlets that are the command: named alone, with nothing else said.</summary>
        public string[] Cmdlets => Instead.Split('`').Where((_, i) => i % 2 == 0).All(string.IsNullOrWhiteSpace) && Words[0].Contains("-Policy", StringComparison.Ordinal) ? Words : [];
    }
}
