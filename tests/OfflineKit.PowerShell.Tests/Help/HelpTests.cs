using System;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using OfflineKit.PowerShell.Tests.Contract;
using OfflineKit.Testing;
using Xunit;

namespace OfflineKit.PowerShell.Tests.Help;

/// <summary>The help pages, the MAML file and the assembly say the same. UPDATE=1 writes pages and MAML from the prose and the assembly.</summary>
public sealed class HelpTests
{
    private static readonly string MamlPath = Repository.Path("module", "OfflineKit", "en-US", "OfflineKit.PowerShell.dll-Help.xml");
    private static readonly bool Update = Environment.GetEnvironmentVariable("UPDATE") == "1";

    public static TheoryData<string> Names => ModuleSurface.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void The_page_says_what_the_assembly_has(string name)
    {
        string path = PathOf(name), text = File.ReadAllText(path), wanted = Page(name).Write();
        if (Update)
        {
            File.WriteAllText(path, wanted);
        }
        else
        {
            Assert.Equal(wanted, text);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_page_describes_every_parameter_and_none_that_is_not_there(string name)
    {
        HelpPage page = Page(name);
        Assert.All(page.Parameters, parameter => Assert.False(string.IsNullOrWhiteSpace(page.Text(parameter.Name)), $"{name} -{parameter.Name} has no description"));
        Assert.Empty(page.Described.Except(page.Parameters.Select(parameter => parameter.Name)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_page_has_a_synopsis_a_description_and_a_real_example(string name)
    {
        HelpPage page = Page(name);
        Assert.NotEmpty(page.Synopsis);
        Assert.NotEmpty(page.Description);
        Assert.NotEmpty(page.Examples);
        Assert.Contains(page.Examples, example => example.Code.Contains(name, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_page_leads_on_to_pages_that_exist_and_says_what_comes_in(string name)
    {
        HelpPage page = Page(name);
        Assert.NotEmpty(page.Links);
        Assert.Empty(page.Links.Except([.. ModuleSurface.Cmdlets.Select(cmdlet => cmdlet.Name), "about_OfflineKit"]));
        bool takesPipeline = ModuleSurface.Cmdlet(name).Parameters.Any(parameter => parameter.Uses.Any(use => use.FromPipeline || use.FromPropertyName));
        Assert.Equal(takesPipeline, page.Inputs.Any());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Examples_use_only_cmdlets_and_parameters_that_exist(string name)
    {
        foreach (HelpExample example in Page(name).Examples)
        {
            foreach (CmdletSurface cmdlet in ModuleSurface.Cmdlets)
            {
                foreach (string call in example.Code.Split(cmdlet.Name).Skip(1))
                {
                    string[] words = call.Split('|', ';', '\n', '}', ')', '(')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
                    string[] named = [.. words.Where(word => word.Length > 1 && word[0] == '-' && char.IsAsciiLetterUpper(word[1])).Select(word => word[1..])];
                    string[] known = [.. cmdlet.Parameters.Concat(HelpSyntax.Added(cmdlet)).SelectMany(parameter => parameter.Aliases.Append(parameter.Name)), "ErrorAction", "ErrorVariable", "Verbose"];
                    Assert.Empty(named.Except(known));
                }
            }
        }
    }

    [Fact]
    public void The_MAML_file_is_written_from_the_pages()
    {
        string wanted = Maml.Write(ModuleSurface.Cmdlets.Select(cmdlet => (cmdlet, Page(cmdlet.Name))));
        if (Update)
        {
            File.WriteAllText(MamlPath, wanted);
        }

        Assert.Equal(wanted, File.ReadAllText(MamlPath));
    }

    [Fact]
    public void The_MAML_file_holds_every_cmdlet_with_every_parameter()
    {
        XNamespace command = "http://schemas.microsoft.com/maml/dev/command/2004/10", maml = "http://schemas.microsoft.com/maml/2004/10";
        XElement[] items = [.. XDocument.Load(MamlPath).Root!.Elements(command + "command")];
        Assert.Equal(ModuleSurface.Cmdlets.Select(cmdlet => cmdlet.Name), items.Select(item => item.Element(command + "details")!.Element(command + "name")!.Value));
        foreach ((XElement item, CmdletSurface cmdlet) in items.Zip(ModuleSurface.Cmdlets))
        {
            XElement[] parameters = [.. item.Element(command + "parameters")!.Elements(command + "parameter")];
            Assert.Equal(cmdlet.Parameters.Concat(HelpSyntax.Added(cmdlet)).Select(parameter => parameter.Name), parameters.Select(parameter => parameter.Element(maml + "name")!.Value));
            Assert.Equal(cmdlet.Sets.Count, item.Element(command + "syntax")!.Elements(command + "syntaxItem").Count());
        }
    }

    [Fact]
    public void There_is_no_page_without_a_cmdlet() => Assert.Equal(
        ModuleSurface.Cmdlets.Select(cmdlet => cmdlet.Name),
        Directory.GetFiles(Repository.Path("docs", "powershell"), "*.md").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal));

    private static string PathOf(string name) => Repository.Path("docs", "powershell", name + ".md");

    private static HelpPage Page(string name) => HelpPage.Parse(ModuleSurface.Cmdlet(name), File.ReadAllText(PathOf(name)));
}
