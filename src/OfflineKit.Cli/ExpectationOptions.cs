using System.CommandLine;

namespace OfflineKit.Cli;

/// <summary>The options by which the caller says what is known about a signature from outside.</summary>
internal sealed class ExpectationOptions
{
    private readonly Option<bool> _legacyMinisign = new("--allow-legacy-minisign") { Description = "accept minisign's legacy mode" };
    private readonly Option<bool> _legacyBody = new("--legacy-body") { Description = "accept a dossier's body as parsers before March 2026 cut it" };

    /// <summary>Adds the options to <paramref name="command"/>.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_legacyMinisign);
        command.Options.Add(_legacyBody);
    }

    /// <summary>What the caller said.</summary>
    public Expectations Of(ParseResult arguments) => new()
    {
        AllowLegacyMinisign = arguments.GetValue(_legacyMinisign),
        AllowLegacyDossierBody = arguments.GetValue(_legacyBody),
    };
}
