using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using OfflineKit.Testing;
using Xunit;

namespace OfflineKit.PowerShell.Tests.Contract;

/// <summary>Whatever can be asked of the engine can be asked by a parameter: the table of docs/spec/requests.md, which the program is compared with, against the cmdlets.</summary>
public sealed class RequestTableTests
{
    private static readonly (string Noun, string Question)[] Nouns = [("PolicySignature", "file"), ("PolicyVerifiedContent", "file"), ("PolicyBundle", "export"), ("PolicyImage", "image")];

    private static readonly Row[] Table =
    [
        .. File.ReadLines(Repository.Path("docs", "spec", "requests.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => new Row(cells[1].Split('`')[1], cells[1].EndsWith('+'), cells[2].Trim('`'), cells[3], cells[4], cells[5])),
    ];

    /// <summary>Every cmdlet that asks for a verdict, with the question that it asks.</summary>
    public static TheoryData<string, string> Asking => [.. ModuleSurface.Cmdlets.SelectMany(_ => Nouns, (cmdlet, noun) => (cmdlet, noun)).Where(pair => pair.cmdlet.Noun == pair.noun.Noun && pair.cmdlet.IsGuard)
        .Select(pair => (pair.cmdlet.Name, pair.noun.Question))];

    [Fact]
    public void The_table_is_read() => Assert.True(Table.Length > 50 && Asking.Count >= 10, $"{Table.Length} members, {Asking.Count} cmdlets");

    [Theory]
    [MemberData(nameof(Asking))]
    public void Every_member_of_a_request_is_a_parameter(string name, string question) => Assert.Equal(
        Table.Where(row => row.IsAskedOf(question)).Select(row => row.Member).Order(StringComparer.Ordinal),
        Asked(name).Select(parameter => parameter.Asks!).Except(["signaturePath", "digest"]).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Asking))]
    public void A_parameter_binds_as_its_member_asks(string name, string question)
    {
        List<string> wrong = [];
        foreach (ParameterSurface parameter in Asked(name))
        {
            if (Table.FirstOrDefault(row => row.Member == parameter.Asks && row.IsAskedOf(question)) is { } row)
            {
                // A permission that nobody can read is none; whatever else nobody can read holds. A dry run permits no trust: it keeps exports where they are.
                string wanted = row.IsSwitch ? (row.Kind == "permits" && row.Member != "dryRun" ? "AnySwitchAttribute" : "AnyRestrictionAttribute") : row.IsRepeated ? "AnyTextsAttribute" : "AnyTextAttribute";
                wrong.AddRange((parameter.Option ?? ParameterWords.OptionOf(row.Member)) == row.Option ? [] : [$"{name} -{parameter.Name}: {row.Option} is called {parameter.Option}"]);
                wrong.AddRange(Naming(row).Contains(parameter.Naming) ? [] : [$"{name} -{parameter.Name}: {row.Member} names a {row.Names}, not a {parameter.Naming}"]);
                wrong.AddRange(parameter.Attributes.Contains(wanted) ? [] : [$"{name} -{parameter.Name}: {row.Member} wants {wanted}"]);
            }
        }

        Assert.Empty(wrong);
    }

    private static Names[] Naming(Row row) => row.Names switch
    {
        "key" => [Names.Key],
        "policy" => [Names.Policy],
        "number" => [Names.Number],
        "file" or "store" or "place" => [Names.File],
        _ => [Names.Text, Names.Time],
    };

    private static IEnumerable<ParameterSurface> Asked(string name) => ModuleSurface.Cmdlet(name).Parameters.Where(parameter => parameter.Asks is not null);

    private sealed record Row(string Member, bool IsRepeated, string Option, string Kind, string Names, string Of)
    {
        public bool IsSwitch => Names.Contains("switch", StringComparison.Ordinal);

        public bool IsAskedOf(string question) => Of == "all" || Of.Split(',', StringSplitOptions.TrimEntries).Contains(question);
    }
}
