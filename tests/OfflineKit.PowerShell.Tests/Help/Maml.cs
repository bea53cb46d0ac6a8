using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using OfflineKit.PowerShell.Tests.Contract;

namespace OfflineKit.PowerShell.Tests.Help;

/// <summary>Writes the XML that Get-Help reads for a binary module.</summary>
internal static class Maml
{
    private static readonly XNamespace Help = "http://msh", Text = "http://schemas.microsoft.com/maml/2004/10",
        Command = "http://schemas.microsoft.com/maml/dev/command/2004/10", Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>The help of <paramref name="pages"/>.</summary>
    public static string Write(IEnumerable<(CmdletSurface Cmdlet, HelpPage Page)> pages)
    {
        XDocument document = new(new XElement(Help + "helpItems", new XAttribute("schema", "maml"), pages.Select(one => Item(one.Cmdlet, one.Page))));
        using MemoryStream stream = new();
        using (XmlWriter writer = XmlWriter.Create(stream, new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false) }))
        {
            document.Save(writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static XElement Item(CmdletSurface cmdlet, HelpPage page) => new(
        Command + "command",
        new XAttribute(XNamespace.Xmlns + "maml", Text),
        new XAttribute(XNamespace.Xmlns + "command", Command),
        new XAttribute(XNamespace.Xmlns + "dev", Dev),
        new XElement(
            Command + "details",
            new XElement(Command + "name", cmdlet.Name),
            new XElement(Command + "verb", cmdlet.Verb),
            new XElement(Command + "noun", cmdlet.Noun),
            new XElement(Text + "description", Paragraphs(page.Synopsis))),
        new XElement(Text + "description", Paragraphs(page.Description)),
        new XElement(Command + "syntax", cmdlet.Sets.Select(set => new XElement(
            Command + "syntaxItem", new XElement(Text + "name", cmdlet.Name), HelpSyntax.InOrder(cmdlet, set).Select(parameter => Parameter(parameter, parameter.In(set)!, page))))),
        new XElement(Command + "parameters", page.Parameters.Select(parameter => Parameter(parameter, parameter.Uses[0], page))),
        new XElement(Command + "inputTypes", page.Inputs.Select(input => new XElement(Command + "inputType", Type(input.Type), new XElement(Text + "description", Paragraphs(input.Text))))),
        new XElement(Command + "returnValues", cmdlet.Outputs.Select(output => new XElement(Command + "returnValue", Type(output)))),
        new XElement(Text + "alertSet", new XElement(Text + "alert", Paragraphs(page.Notes))),
        new XElement(Command + "examples", page.Examples.Select(Example)),
        new XElement(Command + "relatedLinks", page.Links.Select(link => new XElement(Text + "navigationLink", new XElement(Text + "linkText", link), new XElement(Text + "uri")))));

    private static XElement Example(HelpExample example) => new(
        Command + "example",
        new XElement(Text + "title", example.Title),
        new XElement(Dev + "code", example.Code),
        new XElement(Dev + "remarks", Paragraphs(example.Remarks)));

    private static XElement Parameter(ParameterSurface parameter, ParameterUse use, HelpPage page) => new(
        Command + "parameter",
        new XAttribute("required", use.Mandatory ? "true" : "false"),
        new XAttribute("variableLength", "true"),
        new XAttribute("globbing", parameter.Wildcards ? "true" : "false"),
        new XAttribute("pipelineInput", HelpSyntax.Pipeline(use)),
        new XAttribute("position", use.Position is { } position ? position.ToString(System.Globalization.CultureInfo.InvariantCulture) : "named"),
        new XAttribute("aliases", parameter.Aliases.Count > 0 ? string.Join(", ", parameter.Aliases) : "none"),
        new XElement(Text + "name", parameter.Name),
        new XElement(Text + "description", Paragraphs(page.Text(parameter.Name))),
        parameter.Values.Count > 0
            ? new XElement(Command + "parameterValueGroup", parameter.Values.Select(value => new XElement(
                Command + "parameterValue", new XAttribute("required", "false"), new XAttribute("variableLength", "false"), value)))
            : null,
        parameter.IsSwitch
            ? null
            : new XElement(Command + "parameterValue", new XAttribute("required", "true"), new XAttribute("variableLength", "false"), parameter.Type),
        Type(parameter.Type));

    private static XElement Type(string name) => new(Dev + "type", new XElement(Text + "name", name), new XElement(Text + "uri"));

    // Pages are wrapped; a shell wraps what it shows by itself.
    private static IEnumerable<XElement> Paragraphs(string text) => text.Split("\n\n").Select(paragraph => new XElement(Text + "para", paragraph.Trim().Replace("\n", " ", StringComparison.Ordinal)));
}
