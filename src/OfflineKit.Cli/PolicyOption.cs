using System.Collections.Immutable;
using System.CommandLine;
using OfflineKit.Cli.Policies;
using OfflineKit.Encoding;
using OfflineKit.Policy;

namespace OfflineKit.Cli;

/// <summary><c>--policy FILE</c>: what is demanded of the evidence, written down.</summary>
internal sealed class PolicyOption
{
    private readonly Option<string?> _policy = new("--policy") { Description = "demand what the policy in FILE demands (YAML or JSON, or trust:IMPORT/PATH; `policy check FILE` explains it)", HelpName = "FILE" };

    /// <summary>Adds the option to <paramref name="command"/>.</summary>
    public void AddTo(Command command) => command.Options.Add(_policy);

    /// <summary><paramref name="policy"/> and the demands of the file; a file that is no policy refuses everything.</summary>
    public (SignaturePolicy Policy, Finding? Finding) Amend(SignaturePolicy policy, ParseResult arguments, DateTimeOffset time)
    {
        if (Read(arguments) is not { } file)
        {
            return (policy, null);
        }

        // The file names its signers, which is more than "somebody trusted".
        return file.Value is { } demands
            ? (new SignaturePolicy([.. policy.Requirements.Where(requirement => requirement is not AnyTrustedKeySigned), .. demands.At(time).Requirements]), null)
            : (policy, file.Finding);
    }

    /// <summary>The policy that the command line names; null when it names none.</summary>
    public Result<PolicyFile>? Read(ParseResult arguments) => arguments.GetValue(_policy) is { } path ? PolicyText.Read(path, arguments) : null;

    /// <summary>The file demands a certificate identity.</summary>
    public bool DemandsIdentity(ParseResult arguments) => Read(arguments)?.Value is { Identities.IsEmpty: false };
}
