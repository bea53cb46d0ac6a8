using System.CommandLine;
using OfflineKit.Encoding;

namespace OfflineKit.Cli.Options;

/// <summary><c>--at TIME</c>: the time that the operator states; without it, the machine's clock.</summary>
internal sealed class TimeOption
{
    private readonly Option<string?> _at = new("--at") { Description = "judge validity windows at TIME (RFC 3339); default: now", HelpName = "TIME" };

    /// <summary>Adds the option to <paramref name="command"/>.</summary>
    public void AddTo(Command command) => command.Options.Add(_at);

    /// <summary>The time was stated, not taken from the machine's clock.</summary>
    public bool IsStated(ParseResult arguments) => arguments.GetValue(_at) is not null;

    /// <summary>The stated time.</summary>
    /// <exception cref="UsageException">The text is no time.</exception>
    public DateTimeOffset Of(ParseResult arguments) => Of(arguments.GetValue(_at));

    private static DateTimeOffset Of(string? text)
    {
        if (text is null)
        {
            return DateTimeOffset.UtcNow;
        }

        try
        {
            return Rfc3339.Parse(text, "--at");
        }
        catch (MalformedException fault)
        {
            throw new UsageException(fault.Message);
        }
    }
}
