using System.CommandLine;
using OfflineKit.Reporting;
using OfflineKit.Signing.Keys;
using OfflineKit.Signing.Keys.Files;
using OfflineKit.Signing.Output;
using OfflineKit.Trust;

namespace OfflineKit.Signing.Cli.Commands;

/// <summary><c>offlinekit-sign keygen</c>: a new minisign key pair.</summary>
internal static class KeyGenCommand
{
    private const UnixFileMode Secret = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static Command Create()
    {
        Option<string> secretFile = new("--secret-key", "-s") { Description = "where the secret key goes", HelpName = "FILE", Required = true };
        Option<string> publicFile = new("--public-key", "-p") { Description = "where the public key goes", HelpName = "FILE", Required = true };
        Option<bool> open = new("--without-password", "-W") { Description = "store the secret key unencrypted" };
        Option<bool> force = new("--force") { Description = "replace existing files" };
        Option<int?> descriptor = new("--password-fd") { Description = "read the password from file descriptor N", HelpName = "N" };
        CommandWithExample command = new(
            "keygen",
            "Make a minisign key pair (Ed25519).",
            "offlinekit-sign keygen --secret-key ~/.minisign/minisign.key --public-key minisign.pub");
        foreach (Option option in (Option[])[secretFile, publicFile, open, force, descriptor])
        {
            command.Options.Add(option);
        }

        command.SetAction(arguments =>
        {
            Func<string, OutputTarget> target = arguments.GetValue(force) ? OutputTarget.ReplacedFile : OutputTarget.NewFile;
            (OutputTarget secret, OutputTarget shown) = KeyPairFiles.Of(arguments.GetRequiredValue(secretFile), arguments.GetRequiredValue(publicFile), target);
            using SecretMemory? password = arguments.GetValue(open) ? null : new PasswordReader(arguments.GetValue(descriptor)).AskNew("password for the new secret key");
            using MinisignSecretKey key = MinisignSecretKey.Generate();
            using SecretMemory content = key.Write(password);
            secret.Write(content.Bytes, Secret);
            shown.Write(key.PublicFile, mode: null);
            Console.Out.WriteLine($"made key {MinisignPublicKey.Display(key.Id)}: {TerminalText.Escape(secret.Name)}, {TerminalText.Escape(shown.Name)}");
            Console.Out.WriteLine(key.PublicLine);
            return ExitCode.Done;
        });
        return command;
    }
}
