using System.Collections.Immutable;
using System.CommandLine;
using OfflineKit.Host.Requests;
using OfflineKit.Reporting;

namespace OfflineKit.Cli.Options;

/// <summary>The parameters of a question, as options of a command.</summary>
internal sealed class ParameterOptions
{
    private readonly ImmutableArray<(RequestParameter Parameter, Option Option)> _options;
    private readonly Questions _asks;

    /// <summary>The options of a command that asks <paramref name="asks"/>, and of some paths <paramref name="also"/>, as far as <paramref name="words"/> can mean them.</summary>
    public ParameterOptions(Questions asks, LineWords words, Questions also = Questions.None)
    {
        _asks = asks;
        ImmutableArray<RequestParameter> parameters = [.. RequestParameters.Of(asks | also)];
        _options =
        [
            .. parameters.Where(parameter => words.MayMean(parameter.Option) || parameter.Aliases.Any(words.MayMean))
                .Select(parameter => (parameter, OptionOf(parameter, [.. parameter.Aliases.Where(alias => !parameters.Any(other => other.Option == alias))]))),
        ];
    }

    /// <summary>Adds them to <paramref name="command"/>, whose help shows them by subject.</summary>
    public void AddTo(Command command)
    {
        if (command is CommandWithExample grouped)
        {
            grouped.Heading = HeadingOf;
        }

        foreach ((_, Option option) in _options)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The question that the command line asks.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="inputs">Where the files that it names are read.</param>
    /// <exception cref="UsageException">It contradicts itself, or a file that it names is missing.</exception>
    public VerifyRequest Request(ParseResult arguments, Inputs inputs) => VerifyRequest.Of(_asks, Given(arguments, inputs));

    /// <summary>The parameters that the command line gives, with every file that they name read; what was left out of them is said.</summary>
    /// <exception cref="UsageException">A file that they name is missing.</exception>
    public ImmutableArray<GivenParameter> Given(ParseResult arguments, Inputs inputs)
    {
        ImmutableArray<GivenParameter> given =
        [
            .. _options.Where(pair => arguments.GetResult(pair.Option) is { Implicit: false })
                .Select(pair => GivenParameter.Of(pair.Parameter, pair.Parameter.Option, Texts(pair.Option, arguments), inputs)),
        ];
        foreach (string remark in given.SelectMany(one => one.Remarks))
        {
            Terminal.Error.WriteLine($"offlinekit: note: {TerminalText.Escape(remark, limit: 4000)}");
        }

        return given;
    }

    private string HeadingOf(Option option) => _options.FirstOrDefault(pair => pair.Option == option).Parameter switch
    {
        { } parameter => RequestParameters.IsMostUsed(parameter) ? CommandWithExample.Foremost : RequestParameters.HeadingOf(parameter),
        null => option.Name switch
        {
            "--signature" or "--bundle" or "--batch" or "--recurse" or "--output" or "--verbose" or "--html" => CommandWithExample.Foremost,
            "--list-format" or "--jobs" or "--resume" => "Many files",
            _ => CommandWithExample.OptionsHeading,
        },
    };

    private static ImmutableArray<string> Texts(Option option, ParseResult arguments) => option switch
    {
        Option<string[]> several => [.. arguments.GetValue(several) ?? []],
        Option<string?> one => arguments.GetValue(one) is { } text ? [text] : [],
        _ => [],
    };

    private static Option OptionOf(RequestParameter parameter, string[] aliases)
    {
        Option option = parameter.Names == ParameterNames.Nothing ? new Option<bool>(parameter.Option, aliases)
            : parameter.IsRepeatable ? new Option<string[]>(parameter.Option, aliases) { AllowMultipleArgumentsPerToken = false }
            : new Option<string?>(parameter.Option, aliases);
        option.Description = parameter.Meaning;
        option.HelpName = parameter.Placeholder.Length > 0 ? parameter.Placeholder : null;
        IEnumerable<string> words = parameter.Member == "format" ? KnownFormats.All.Select(format => format.Name) : parameter.Choices;
        return option.Offers(() => words);
    }
}
