using System.CommandLine;
using OfflineKit.Cli.Policies;

namespace OfflineKit.Cli;

/// <summary><c>--max-trust-age DAYS</c>, or the policy's <c>max-trust-age-days</c>: turns the age of imported trust into a refusal.</summary>
internal sealed class TrustAgeOption
{
    private readonly Option<int?> _days = new("--max-trust-age") { Description = "refuse imported trust that is older than DAYS", HelpName = "DAYS" };

    /// <summary>Adds the option to <paramref name="command"/>.</summary>
    public void AddTo(Command command) => command.Options.Add(_days);

    /// <summary>The stricter of both limits, or null.</summary>
    public TimeSpan? Of(ParseResult arguments)
    {
        TimeSpan? stated = Stated(arguments);
        TimeSpan? demanded = OfPolicy(arguments);
        return stated is null || demanded < stated ? demanded : stated;
    }

    // Not every command has the option. A policy that cannot be read refuses the run by itself.
    private static TimeSpan? OfPolicy(ParseResult arguments) =>
        arguments.CommandResult.Command.Options.OfType<Option<string?>>().FirstOrDefault(option => option.Name == "--policy") is { } policy
        && arguments.GetValue(policy) is { } path && PolicyText.Read(path, arguments).Value?.MaxTrustAgeDays is { } days
            ? TimeSpan.FromDays(days)
            : null;

    private TimeSpan? Stated(ParseResult arguments) => arguments.GetValue(_days) switch
    {
        null => null,
        < 0 or > 36_500 => throw new UsageException("--max-trust-age is no number of days", "give 0 to 36500"),
        { } days => TimeSpan.FromDays(days),
    };
}
