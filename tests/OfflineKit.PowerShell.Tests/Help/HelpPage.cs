using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using OfflineKit.PowerShell.Tests.Contract;

namespace OfflineKit.PowerShell.Tests.Help;

/// <summary>One example of a page.</summary>
internal sealed record HelpExample(string Title, string Code, string Remarks);

/// <summary>The page of one cmdlet under docs/powershell: prose that people write, and syntax and tables that come from the assembly.</summary>
/// <remarks>Shape: that of PlatyPS. Everything between headings that people write is kept; the rest is written anew.</remarks>
internal sealed class HelpPage
{
    private readonly CmdletSurface _cmdlet;
    private readonly Dictionary<string, string> _sections = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _parameters = new(StringComparer.Ordinal);

    private HelpPage(CmdletSurface cmdlet) => _cmdlet = cmdlet;

    /// <summary>The cmdlet in one sentence.</summary>
    public string Synopsis => Section("SYNOPSIS");

    /// <summary>What it does.</summary>
    public string Description => Section("DESCRIPTION");

    /// <summary>What to know besides.</summary>
    public string Notes => Section("NOTES");

    /// <summary>What comes through the pipeline: types, and what is meant by them.</summary>
    public IEnumerable<(string Type, string Text)> Inputs => Split(Section("INPUTS"), "### ");

    /// <summary>Where to read on: cmdlets and topics.</summary>
    public IEnumerable<string> Links => Section("RELATED LINKS").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimStart('-', ' '));

    /// <summary>The examples.</summary>
    public IReadOnlyList<HelpExample> Examples { get; private set; } = [];

    /// <summary>Parameters that the page describes.</summary>
    public IEnumerable<string> Described => _parameters.Keys;

    /// <summary>Parameters in the order of the page: those of the assembly, then what PowerShell adds.</summary>
    public IEnumerable<ParameterSurface> Parameters => _cmdlet.Parameters.Concat(HelpSyntax.Added(_cmdlet));

    /// <summary>What the page says on the parameter <paramref name="name"/>.</summary>
    public string Text(string name) => _parameters.GetValueOrDefault(name) ?? HelpSyntax.AddedText(name) ?? "";

    /// <summary>The page in <paramref name="markdown"/>.</summary>
    public static HelpPage Parse(CmdletSurface cmdlet, string markdown)
    {
        HelpPage page = new(cmdlet);
        foreach ((string heading, string body) in Split(markdown, "## "))
        {
            page._sections[heading] = body;
        }

        foreach ((string heading, string body) in Split(page.Section("PARAMETERS"), "### -"))
        {
            page._parameters[heading] = body.Split("```yaml")[0].Trim();
        }

        page.Examples = [.. Split(page.Section("EXAMPLES"), "### ").Select(Example)];
        return page;
    }

    /// <summary>The page as it must be.</summary>
    public string Write()
    {
        StringBuilder text = new("---\nexternal help file: OfflineKit.PowerShell.dll-Help.xml\nModule Name: OfflineKit\n---\n\n");
        text.Append($"# {_cmdlet.Name}\n\n## SYNOPSIS\n\n{Synopsis}\n\n## SYNTAX\n");
        foreach (string set in _cmdlet.Sets)
        {
            string mark = set == _cmdlet.DefaultSet ? " (Default)" : "";
            text.Append(set == ModuleSurface.AllSets ? "" : $"\n### {set}{mark}\n").Append($"\n```\n{HelpSyntax.Line(_cmdlet, set)}\n```\n");
        }

        text.Append($"\n## DESCRIPTION\n\n{Description}\n\n## EXAMPLES\n");
        foreach (HelpExample example in Examples)
        {
            text.Append($"\n### {example.Title}\n\n```powershell\n{example.Code}\n```\n").Append(example.Remarks.Length > 0 ? $"\n{example.Remarks}\n" : "");
        }

        text.Append("\n## PARAMETERS\n");
        foreach (ParameterSurface parameter in Parameters)
        {
            text.Append($"\n### -{parameter.Name}\n\n{Text(parameter.Name)}\n\n{HelpSyntax.Table(parameter)}");
        }

        text.Append(string.Concat(Inputs.Select((input, i) => $"{(i == 0 ? "\n## INPUTS\n" : "")}\n### {input.Type}\n\n{input.Text}\n")));
        text.Append("\n## OUTPUTS\n").Append(string.Concat(_cmdlet.Outputs.Select(output => $"\n### {output}\n"))).Append($"\n## NOTES\n\n{Notes}\n");
        text.Append("\n## RELATED LINKS\n\n").Append(string.Concat(Links.Select(link => $"- {link}\n")));
        return text.ToString();
    }

    private string Section(string name) => _sections.GetValueOrDefault(name, "");

    private static HelpExample Example((string Heading, string Body) part)
    {
        string[] fenced = part.Body.Split("```");
        return fenced.Length == 3
            ? new HelpExample(part.Heading, fenced[1]["powershell".Length..].Trim('\n'), fenced[2].Trim())
            : throw new FormatException($"example \"{part.Heading}\" needs exactly one fenced block");
    }

    private static IEnumerable<(string Heading, string Body)> Split(string markdown, string mark)
    {
        string? heading = null;
        StringBuilder body = new();
        bool fenced = false;
        foreach (string line in markdown.Split('\n'))
        {
            fenced ^= line.StartsWith("```", StringComparison.Ordinal);
            if (!fenced && line.StartsWith(mark, StringComparison.Ordinal))
            {
                if (heading is not null)
                {
                    yield return (heading, body.ToString().Trim());
                }

                heading = line[mark.Length..].Trim();
                body.Clear();
            }
            else
            {
                body.Append(line).Append('\n');
            }
        }

        if (heading is not null)
        {
            yield return (heading, body.ToString().Trim());
        }
    }
}
