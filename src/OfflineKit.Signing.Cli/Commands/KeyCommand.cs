using System.CommandLine;
using OfflineKit.Files;
using OfflineKit.Reporting;
using OfflineKit.Signing.Keys;
using OfflineKit.Signing.Keys.Files;
using OfflineKit.Signing.Output;
using OfflineKit.Trust;

namespace OfflineKit.Signing.Cli.Commands;

/// <summary><c>offlinekit-sign key change-password | public</c>: minisign secret key files.</summary>
internal static class KeyCommand
{
    public static Command Create() => new("key", "minisign secret key files.") { ChangePassword(), Public() };

    private static CommandWithExample ChangePassword()
    {
        Argument<string> file = new("FILE") { Description = "the secret key" };
        Option<bool> remove = new("--without-password", "-W") { Description = "remove the password" };
        Option<int?> descriptor = new("--password-fd") { Description = "read the old and the new password from file descriptor N, one a line", HelpName = "N" };
        CommandWithExample command = new(
            "change-password", "Change, set or remove the password of a minisign secret key, in place.", "offlinekit-sign key change-password ~/.minisign/minisign.key");
        command.Arguments.Add(file);
        command.Options.Add(remove);
        command.Options.Add(descriptor);
        command.SetAction(arguments =>
        {
            string path = arguments.GetRequiredValue(file);
            PasswordReader passwords = new(arguments.GetValue(descriptor));
            using MinisignSecretKey key = KeyPairFiles.ChangePassword(
                path, () => passwords.Ask($"password of {path}"), () => arguments.GetValue(remove) ? null : passwords.AskNew("new password"));
            Terminal.Out.WriteLine($"key {MinisignPublicKey.Display(key.Id)} in {TerminalText.Escape(path)} {(arguments.GetValue(remove) ? "has no password now" : "has the new password")}");
            return ExitCode.Done;
        });
        return command;
    }

    private static CommandWithExample Public()
    {
        Argument<string> file = new("FILE") { Description = "the secret key" };
        Option<string> output = new("--output", "-o") { Description = "where the public key goes", HelpName = "FILE", Required = true };
        Option<bool> force = new("--force") { Description = "replace an earlier public key" };
        Option<int?> descriptor = new("--password-fd") { Description = "read the password from file descriptor N", HelpName = "N" };
        CommandWithExample command = new(
            "recreate-public", "Write the public key file of a minisign secret key again.", "offlinekit-sign key recreate-public ~/.minisign/minisign.key -o minisign.pub");
        command.Arguments.Add(file);
        command.Options.Add(output);
        command.Options.Add(force);
        command.Options.Add(descriptor);
        command.SetAction(arguments =>
        {
            string path = arguments.GetRequiredValue(file), target = arguments.GetRequiredValue(output);
            PasswordReader passwords = new(arguments.GetValue(descriptor));
            using MinisignSecretKey key = MinisignSecretKey.Open(path, () => passwords.Ask($"password of {path}"));
            using FileTransaction change = new();
            change.Write(new OutputFile(target, OutputKinds.PublicKey, arguments.GetValue(force) ? Replacing.EarlierOutput : Replacing.Nothing), key.PublicFile);
            change.Commit();
            Terminal.Out.WriteLine(key.PublicLine);
            return ExitCode.Done;
        });
        return command;
    }
}
