using System.CommandLine;

namespace OfflineKit.Cli.Options;

/// <summary><c>--format NAME</c>: the signature's format, instead of recognising it.</summary>
internal sealed class FormatOption
{
    private readonly Option<string?> _format = new("--format") { Description = "the signature's format; default: recognised by its content", HelpName = "NAME" };

    /// <summary>Adds the option to <paramref name="command"/>.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_format.Offers(() => KnownFormats.All.Select(format => format.Name)));
    }

    /// <summary>The format that was named, or null.</summary>
    /// <exception cref="UsageException">There is no such format.</exception>
    public Format? Of(ParseResult arguments) =>
        arguments.GetValue(_format) is not { } name ? null : KnownFormats.ByName(name) ?? throw new UsageException(
            $"there is no format \"{name}\"", $"formats: {string.Join(", ", KnownFormats.All.Select(format => format.Name))}");
}
