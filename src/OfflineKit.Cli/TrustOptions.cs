using System.CommandLine;
using OfflineKit.Encoding;
using OfflineKit.Trust;

namespace OfflineKit.Cli;

/// <summary>The options that say whom to trust, shared by every verifying command.</summary>
internal sealed class TrustOptions
{
    private readonly Option<string?> _key = new("--key", "-k")
    {
        Description = "trust the public key in FILE (PEM, DER, minisign, signify)",
        HelpName = "FILE",
    };

    /// <summary>Adds the options to <paramref name="command"/>.</summary>
    public void AddTo(Command command) => command.Options.Add(_key);

    /// <summary>The store that the options describe, or the finding that says which key or root is bad.</summary>
    public Parsed<TrustStore> Read(ParseResult arguments)
    {
        if (arguments.GetValue(_key) is not { } path)
        {
            return new Parsed<TrustStore>(TrustStore.Empty, Refusal: null);
        }

        byte[] content;
        try
        {
            content = InputFile.ReadAll(path, Limits.KeyFile, "key file");
        }
        catch (InputTooLargeException fault)
        {
            return new Parsed<TrustStore>(Value: null, Reasons.InputTooLarge.Because(fault.Message));
        }

        return Attempt.Parse(Reasons.MalformedKey, () =>
            new TrustStore { Keys = [KeyFile.Parse(content, Path.GetFileName(path), $"--key {path}")] });
    }
}
