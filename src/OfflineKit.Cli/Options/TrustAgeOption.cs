using System.CommandLine;

namespace OfflineKit.Cli.Options;

/// <summary><c>--max-trust-age DAYS</c> of the commands that show imported trust: turns its age into a refusal.</summary>
internal sealed class TrustAgeOption
{
    private readonly Option<int?> _days = new("--max-trust-age") { Description = "refuse imported trust that is older than DAYS", HelpName = "DAYS" };

    /// <summary>Adds the option to <paramref name="command"/>.</summary>
    public void AddTo(Command command) => command.Options.Add(_days);

    /// <summary>The limit, or null.</summary>
    public TimeSpan? Of(ParseResult arguments) => arguments.GetValue(_days) switch
    {
        null => null,
        < 0 or > 36_500 => throw new UsageException("--max-trust-age is no number of days", "give 0 to 36500"),
        { } days => TimeSpan.FromDays(days),
    };
}
