using System.CommandLine;
using OfflineKit.Signing.Formats;
using OfflineKit.Signing.Requests;

namespace OfflineKit.Signing.Cli.Commands;

/// <summary><c>offlinekit-sign dossier sign FILE</c>: signs a dossier in place.</summary>
internal static class DossierCommand
{
    public static Command Create() => new("dossier", "Dossiers (*.ds.md).") { Sign() };

    private static CommandWithExample Sign()
    {
        Argument<string> file = new("FILE") { Description = "the dossier; it is replaced as a whole unless --output names another file" };
        Option<string?> signedBy = new("--signed-by") { Description = "the claimed signer", HelpName = "NAME" };
        Option<string?> keyName = new("--key-name") { Description = "key_id of a local key", HelpName = "NAME" };
        KeyOptions keys = new("--key", "-k", "--key-id");
        RunOptions options = new();
        CommandWithExample command = new(
            "sign",
            "Sign a dossier in place: its checksum is updated, its signature made or replaced.",
            "offlinekit-sign dossier sign guide.ds.md --key ~/.minisign/minisign.key --signed-by \"Ada <ada@example.org>\"",
            "offlinekit-sign dossier sign guide.ds.md --key awskms:///alias/dossiers --public-key dossiers.pem --dry-run");
        command.Arguments.Add(file);
        command.Options.Add(signedBy);
        command.Options.Add(keyName);
        keys.AddTo(command);
        options.AddTo(command);
        command.SetAction(async (arguments, cancellation) =>
        {
            KeyRequest key = keys.Request(arguments);
            if (arguments.GetValue(keyName) is not null && key.Uri is not FileKeyUri)
            {
                throw new UsageException("--key-name with a key at a service: nothing reads it", "such a key is called by its own full name");
            }

            DossierInPlace format = new()
            {
                SignedBy = arguments.GetValue(signedBy),
                KeyName = arguments.GetValue(keyName),
                AllowsOfficialKey = options.IsForced(arguments),
            };
            format.RefuseOfficial(key.Uri);
            string path = arguments.GetRequiredValue(file), output = options.Output(arguments) ?? path;
            SubjectRequest subject = RunOptions.Subject(path, output == path && path != "-" ? null : options.Target(arguments, output));
            return await options.RunAsync(arguments, await options.RequestAsync(arguments, key, [subject], cancellation) with { Format = format }, cancellation);
        });
        return command;
    }
}
