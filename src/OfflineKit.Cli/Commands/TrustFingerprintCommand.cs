using System.CommandLine;
using OfflineKit.Encoding;
using OfflineKit.Host.Requests;
using OfflineKit.Reporting;
using OfflineKit.Trust;

namespace OfflineKit.Cli.Commands;

/// <summary><c>offlinekit trust fingerprint FILE</c>: what to compare with the signer by a second way, before the key is trusted.</summary>
internal static class TrustFingerprintCommand
{
    /// <summary>The command with its options and help.</summary>
    public static Command Create()
    {
        Argument<string[]> files = new("KEY") { Description = "a public key file, or a minisign key itself (RW…)", Arity = ArgumentArity.OneOrMore };
        CommandWithExample command = new(
            "fingerprint", "Say the fingerprints of public keys, to compare them by a second way. Nothing is trusted by it.", "offlinekit trust fingerprint release.pub") { files };
        command.SetAction(arguments =>
        {
            // All or none: a list of which a part is missing could be taken for the whole.
            string[] lines = [.. arguments.GetRequiredValue(files).SelectMany(Lines)];
            foreach (string line in lines)
            {
                Terminal.Out.WriteLine(line);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static IEnumerable<string> Lines(string word)
    {
        KeyWord key = KeyWord.Of(word);
        NamedFile file = key.File("KEY", path => new NamedFile(path, ThisRun.ReadAll(path, Limits.PublicKeys, "key file"), $"key file {path}"));
        Result<KeyFileContent> read = Result.Parse(Reasons.MalformedKey, () => KeyFile.ParseChosen(file.Content, file.Name, file.Origin, []));
        return read.Value is { } content
            ? content.Keys.IsEmpty ? throw new UsageException($"{word}: it holds revocations and no key", "name the file with the certificate") : content.Keys.Select(one => $"sha256:{one.Material.Fingerprint}  {TerminalText.Escape(word)} ({InWords(one)})")
            : throw new UsageException($"{word}: {read.Finding!.Detail} [{read.Finding.Reason.Code}]", read.Finding.Advice.In(SurfaceWording.CommandLine));
    }

    private static string InWords(TrustedKey key) => key switch
    {
        { OpenPgp: not null } => $"OpenPGP certificate, primary key {key.Material.Kind}{Called(key)}",
        { Material.IsMinisign: true } => $"minisign or signify key{Called(key)}",
        _ => $"{key.Material.Kind}{Called(key)}",
    };

    private static string Called(TrustedKey key) => key.Hints.IsEmpty ? "" : $", called {TerminalText.Escape(key.Hints[0])}";
}
