using System.CommandLine;
using OfflineKit.Exports;
using OfflineKit.Host.Requests;

namespace OfflineKit.Cli.Tests.Demands;

/// <summary>Every option of every verifying command, for every format and layout: a demand that is not satisfied is never passed over.</summary>
[Collection(nameof(DemandTableTests))]
[CollectionDefinition(nameof(DemandTableTests), DisableParallelization = true)]
public sealed class DemandTableTests
{
    public static TheoryData<AskedThing> Things() => [.. AskedThing.All];

    [Theory]
    [MemberData(nameof(Things))]
    public void What_is_demanded_changes_the_verdict_or_is_refused(AskedThing thing)
    {
        Assert.Equal(0, AskedThing.Run(thing.Words));
        List<string> passedOver = [], stale = [];
        foreach (string option in OptionsOf(thing.Command).Where(option => OptionKinds.Demands[option] is not null))
        {
            bool isTrusted = AskedThing.Run(OptionKinds.With(thing, option)) == 0, isSatisfied = OptionKinds.Satisfied.ContainsKey((thing.Folder, option));
            (isTrusted ? passedOver : stale).AddRange(isTrusted != isSatisfied ? [option] : Array.Empty<string>());
        }

        Assert.Equal("", string.Join(' ', passedOver));
        Assert.Equal("", string.Join(' ', stale));
    }

    [Theory]
    [MemberData(nameof(Things))]
    public void A_permission_may_stay_unused(AskedThing thing)
    {
        foreach (string[] permission in OptionKinds.Permissions.Where(words => OptionsOf(thing.Command).Contains(words[0]) && !thing.Words.Contains(words[0])))
        {
            Assert.True(AskedThing.Run([.. thing.Words, .. permission]) == 0, permission[0]);
        }
    }

    [Fact]
    public void Another_format_or_layout_than_the_named_one_is_refused()
    {
        foreach (AskedThing thing in AskedThing.Formats.Concat(AskedThing.Layouts))
        {
            bool isExport = thing.Command == "verify-export";
            string[] named = isExport ? ["--layout", thing.Name == "mirror" ? "checksums" : "mirror"] : ["--format", thing.Name == "minisign" ? "dsse" : "minisign"];
            int format = Array.IndexOf(thing.Words, named[0]);
            Assert.NotEqual(0, AskedThing.Run([.. format < 0 ? thing.Words : [.. thing.Words[..format], .. thing.Words[(format + 2)..]], .. named]));
        }
    }

    [Fact]
    public void Every_option_of_a_verifying_command_is_known()
    {
        string[] known = [.. OptionKinds.Demands.Keys];
        Assert.Equal("", string.Join(' ', Verifying().SelectMany(OptionsOf).Distinct().Except(known)));
        Assert.Equal("", string.Join(' ', known.Except(Verifying().SelectMany(OptionsOf))));
    }

    [Fact]
    public void Every_format_layout_and_command_is_asked()
    {
        Assert.Equal(KnownFormats.All.Select(format => format.Name).Except(AskedThing.NeverTrusted).Order(StringComparer.Ordinal), AskedThing.Formats.Select(thing => thing.Name).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(ExportLayouts.All.Select(layout => layout.Name).Order(StringComparer.Ordinal), AskedThing.Layouts.Select(thing => thing.Name).Order(StringComparer.Ordinal));
        Assert.Equal("", string.Join(", ", Verifying().Except(AskedThing.All.Select(thing => thing.Command))));
    }

    // What a request of a host names as its subject, or as members of its own: beside the parameters, nothing else is a demand.
    [Fact]
    public void What_a_command_demands_a_host_can_demand()
    {
        string[] subjects = ["--signature", "--bundle", "--digest"];
        IEnumerable<string> demanding = Verifying().SelectMany(OptionsOf).Distinct().Where(option => OptionKinds.Demands.GetValueOrDefault(option) is not null);
        Assert.Equal(subjects.Order(StringComparer.Ordinal), demanding.Except(RequestParameters.All.Select(parameter => parameter.Option)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_table_of_parameters_and_the_demands_agree()
    {
        string[] standing = ["--format", "--layout", "--no-bundled-trust", "--state", "--quarantine"], permissions = [.. OptionKinds.Permissions.Select(words => words[0])];
        foreach (RequestParameter parameter in RequestParameters.All.Where(parameter => OptionKinds.Demands.ContainsKey(parameter.Option)))
        {
            string[]? demand = OptionKinds.Demands[parameter.Option];
            bool isDemand = demand is not null && !(demand[1..].Any(OptionKinds.IsNotThere) && parameter.Kind == ParameterKind.Trusts);
            bool wanted = parameter.Kind is ParameterKind.Narrows or ParameterKind.Requires && !standing.Contains(parameter.Option);
            Assert.True(isDemand == wanted || parameter.Option is "--force-activate" or "--force-reason", $"{parameter.Option} {parameter.Kind}");
            Assert.True(parameter.Kind is ParameterKind.Permits or ParameterKind.Trusts || !permissions.Contains(parameter.Option), parameter.Option);
        }
    }

    // `audit verify-logs` is `verify-logs`; the rest of a group is not about signatures.
    private static IEnumerable<string> Verifying() =>
        [.. CommandTable.For([]).Select(command => command.Name).Where(name => name.StartsWith("verify", StringComparison.Ordinal)), "dossier verify", "policy verify"];

    private static IEnumerable<string> OptionsOf(string command)
    {
        string[] words = command.Split(' ');
        Command found = CommandTable.For([words[0]]).Single();
        found = words.Length == 1 ? found : found.Subcommands.Single(inner => inner.Name == words[1]);
        return found.Options.Select(option => option.Name);
    }
}
