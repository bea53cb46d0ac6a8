using System.CommandLine;
using OfflineKit.Encoding;
using OfflineKit.Policy;
using OfflineKit.Trust;

namespace OfflineKit.Cli;

/// <summary>The options of SSH signatures: whom to trust, who is asked for, and for what purpose.</summary>
internal sealed class SshOptions
{
    private readonly Option<string?> _signers = new("--allowed-signers") { Description = "trust the SSH signers in FILE (the format of ssh-keygen)", HelpName = "FILE" };
    private readonly Option<string?> _identity = new("--identity") { Description = "the principal that must have signed", HelpName = "I" };
    private readonly Option<string?> _namespace = new("--namespace") { Description = "the purpose that the SSH signature must be for, such as file or git", HelpName = "N" };

    /// <summary>Adds the options to <paramref name="command"/>.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_signers);
        command.Options.Add(_identity);
        command.Options.Add(_namespace);
    }

    /// <summary><paramref name="expectations"/> with what the options say.</summary>
    /// <exception cref="UsageException">Signers without an identity or a namespace.</exception>
    public Expectations Apply(Expectations expectations, ParseResult arguments)
    {
        string? identity = arguments.GetValue(_identity), purpose = arguments.GetValue(_namespace);
        return arguments.GetValue(_signers) is not null && (string.IsNullOrEmpty(identity) || string.IsNullOrEmpty(purpose))
            ? throw new UsageException("--allowed-signers needs --identity and --namespace", "name the signer's principal and the purpose, such as --namespace file")
            : expectations with { Identity = identity, Namespace = purpose };
    }

    /// <summary><paramref name="policy"/> with the demand that the named principal signed, whatever the format.</summary>
    public SignaturePolicy Amend(SignaturePolicy policy, ParseResult arguments) =>
        arguments.GetValue(_identity) is { } identity ? new SignaturePolicy([.. policy.Requirements, new SignedInTheNameOf(identity)]) : policy;

    /// <summary>An SSH signer is asked for, so that imported lists of them are consulted.</summary>
    public bool NamesSigner(ParseResult arguments) => arguments.GetValue(_identity) is not null && arguments.GetValue(_namespace) is not null;

    /// <summary>The allowed signers that were given: they stand alone; null when there are none.</summary>
    public Result<TrustStore>? Read(ParseResult arguments)
    {
        if (arguments.GetValue(_signers) is not { } path)
        {
            return null;
        }

        byte[] content = InputFile.ReadAll(path, Limits.KeyFile, "allowed signers file");
        return Result.Parse(Reasons.MalformedTrust, () => new TrustStore { SshSigners = AllowedSigners.Parse(content, $"--allowed-signers {path}") });
    }
}
