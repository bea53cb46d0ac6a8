using System.CommandLine;
using System.Globalization;
using OfflineKit.Crypto;
using OfflineKit.FileSystem;
using OfflineKit.Files;
using OfflineKit.Signing.Formats.Dossier;
using OfflineKit.Signing.Output;

namespace OfflineKit.Signing.Cli.Commands;

/// <summary><c>offlinekit-sign dossier keys</c>: the list of keys of a project with dossiers, from the first key to the day when an old one goes.</summary>
internal sealed class DossierKeysCommand
{
    private const int MostDays = 3650;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Argument<string> _list = new("LIST") { Description = "the list, such as KEYS.txt; add makes it" };
    private readonly Option<string> _key = new("--public-key") { Description = "the key, in any form of public key file", HelpName = "FILE", Required = true };
    private readonly Option<string?> _on = new("--on") { Description = "the day; default: today (UTC)", HelpName = "YYYY-MM-DD" };

    public static Command Create() => new("keys", "Keep the list of the keys that sign a project's dossiers.")
    {
        new DossierKeysCommand().Add(), new DossierKeysCommand().Deprecate(), new DossierKeysCommand().Retire(), new DossierKeysCommand().Revoke(),
    };

    private CommandWithExample Add()
    {
        Option<string> name = new("--name") { Description = "whose key it is", HelpName = "NAME", Required = true };
        return Changing("add", "Add a key.", "offlinekit-sign dossier keys add KEYS.txt --public-key team.pub.pem --name \"The team\"", name, (list, key, day, arguments) =>
            list.Add(key.Text, key.Material, arguments.GetRequiredValue(name), day));
    }

    private CommandWithExample Deprecate()
    {
        Option<int> days = new("--days") { Description = "after how many days it goes; default: 90", HelpName = "N", DefaultValueFactory = _ => 90 };
        return Changing("deprecate", "Say that a key signs nothing new, and when it goes.", "offlinekit-sign dossier keys deprecate KEYS.txt --public-key kms.pem", days, (list, key, day, arguments) =>
            list.Deprecate(key.Material, day, arguments.GetValue(days) is int n and >= 0 and <= MostDays ? n : throw new UsageException($"--days is none from 0 to {MostDays}")));
    }

    private CommandWithExample Retire()
    {
        Option<string> why = Why();
        return Changing("retire", "Take a deprecated key out when its days are over.", "offlinekit-sign dossier keys retire KEYS.txt --public-key kms.pem --reason \"replaced\"", why, (list, key, day, arguments) =>
            list.Retire(key.Material, day, arguments.GetRequiredValue(why)));
    }

    private CommandWithExample Revoke()
    {
        Option<string> why = Why();
        return Changing("revoke", "Take a key out at once: somebody else may have it.", "offlinekit-sign dossier keys revoke KEYS.txt --public-key team.pub.pem --reason \"laptop lost\"", why, (list, key, day, arguments) =>
            list.Revoke(key.Material, day, arguments.GetRequiredValue(why)));
    }

    private static Option<string> Why() => new("--reason") { Description = "why, for people", HelpName = "TEXT", Required = true };

    private CommandWithExample Changing(string name, string meaning, string example, Option own, Action<DossierKeyList, (string Text, KeyMaterial Material), DateOnly, ParseResult> change)
    {
        CommandWithExample command = new(name, meaning, example) { _list, _key, own, _on };
        command.SetAction(arguments =>
        {
            string path = arguments.GetRequiredValue(_list), file = arguments.GetRequiredValue(_key);
            (string Text, KeyMaterial Material) key = DossierKeyText.OfFile(InputFile.ReadAll(file, Limits.KeyFile, "public key"), Path.GetFileName(file));
            using FileLock held = FileLock.OfDocument(path, Patience);
            bool isNew = name == "add" && FileStatus.IsAbsent(path);
            byte[] before = isNew ? [] : InputFile.ReadAll(path, Limits.KeyFile, "list of keys");
            DossierKeyList list = DossierKeyList.Parse(before);
            change(list, key, Day(arguments.GetValue(_on)), arguments);
            OutputTarget target = isNew ? OutputTarget.NewFile(path) : OutputTarget.InPlace(path, before);
            target.Write(new OutputShape(OutputKinds.PublicKey), new SignedOutput(list.Content, RequestId: ""));
            Stderr.Note($"{path}: {key.Material.Kind} key, SPKI sha256:{key.Material.Fingerprint}");
            return ExitCode.Done;
        });
        return command;
    }

    private static DateOnly Day(string? text) => text is null ? DateOnly.FromDateTime(DateTime.UtcNow)
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? day
        : throw new UsageException($"--on {text} is no day", "write YYYY-MM-DD");
}
