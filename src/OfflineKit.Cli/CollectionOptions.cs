using System.CommandLine;

namespace OfflineKit.Cli;

/// <summary>What is accepted of older signatures, and how many members of a collection must hold.</summary>
internal sealed class CollectionOptions
{
    private readonly Option<bool> _promiseOnly = new("--allow-promise-only")
    {
        Description = "accept a log's promise without inclusion proof (legacy cosign bundles, image signatures)",
    };

    private readonly Option<bool> _all = new("--all") { Description = "demand that every line or attestation of the file is trusted, not just one" };

    private readonly Option<string?> _certificate = new("--certificate")
    {
        Description = "the certificate of a bare cosign signature (PEM); a claim, never trust",
        HelpName = "FILE",
    };

    /// <summary>Adds the options to <paramref name="command"/>.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_certificate);
        AddWithoutCertificateTo(command);
    }

    /// <summary>Adds the options that also hold where certificates come with the signatures.</summary>
    public void AddWithoutCertificateTo(Command command)
    {
        command.Options.Add(_promiseOnly);
        command.Options.Add(_all);
    }

    /// <summary><paramref name="expectations"/> with what the options say.</summary>
    public Expectations Amend(Expectations expectations, ParseResult arguments) => expectations with
    {
        AllowPromiseOnly = arguments.GetValue(_promiseOnly),
        DemandsEveryMember = arguments.GetValue(_all),
        Certificate = arguments.GetResult(_certificate) is not null && arguments.GetValue(_certificate) is { } path
            ? InputFile.ReadAll(path, Limits.KeyFile, "certificate").AsMemory()
            : default(ReadOnlyMemory<byte>?),
    };
}
