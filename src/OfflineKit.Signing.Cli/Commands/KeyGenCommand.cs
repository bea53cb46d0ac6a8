using System.CommandLine;
using OfflineKit.Files;
using OfflineKit.Reporting;
using OfflineKit.Signing.Keys;
using OfflineKit.Signing.Keys.Files;
using OfflineKit.Signing.Output;
using OfflineKit.Trust;

namespace OfflineKit.Signing.Cli.Commands;

/// <summary><c>offlinekit-sign keygen</c>: a new minisign key pair.</summary>
internal static class KeyGenCommand
{
    public static Command Create()
    {
        Option<string> secretFile = new("--secret-key", "-s") { Description = "where the secret key goes", HelpName = "FILE", Required = true };
        Option<string> publicFile = new("--public-key", "-p") { Description = "where the public key goes", HelpName = "FILE", Required = true };
        Option<bool> open = new("--without-password", "-W") { Description = "store the secret key unencrypted" };
        Option<bool> force = new("--force") { Description = "replace an earlier public key; a secret key is never replaced" };
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
            if (arguments.GetValue(open) && arguments.GetValue(descriptor) is not null)
            {
                throw new UsageException("--password-fd with --without-password: nothing reads it");
            }

            KeyPairFiles files = NewKeyFiles.Of(
                arguments.GetRequiredValue(secretFile), arguments.GetRequiredValue(publicFile), arguments.GetValue(force) ? Replacing.EarlierOutput : Replacing.Nothing);
            using SecretMemory? password = arguments.GetValue(open) ? null : new PasswordReader(arguments.GetValue(descriptor)).AskNew("password for the new secret key");
            using MinisignSecretKey key = MinisignSecretKey.Generate();
            files.Write(key, password);
            Console.Out.WriteLine($"made key {MinisignPublicKey.Display(key.Id)}: {TerminalText.Escape(files.Secret)}, {TerminalText.Escape(files.Public)}");
            Console.Out.WriteLine(key.PublicLine);
            return ExitCode.Done;
        });
        return command;
    }
}
