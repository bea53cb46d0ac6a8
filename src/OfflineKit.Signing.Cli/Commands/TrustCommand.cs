using System.Collections.Immutable;
using System.CommandLine;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Reporting;
using OfflineKit.Signing.Output;
using OfflineKit.Signing.Trust;
using OfflineKit.Trust;

namespace OfflineKit.Signing.Cli.Commands;

/// <summary><c>offlinekit-sign trust …</c>: keeps a trust repository (TUF) with threshold keys.</summary>
internal static class TrustCommand
{
    public static Command Create() => new("trust", "Keep a trust repository: who may sign what, rotated and revoked by threshold keys.")
    {
        Init(), Add(), TrustRevokeCommand.Create(), Rotate(), Sign(), TrustPublishCommand.Create(),
    };

    private static CommandWithExample Init()
    {
        Argument<string> folder = Folder();
        Option<string[]>[] keys = [.. RoleKeys.TopLevel.Select(role => Files($"--{role}", $"a {role} key (public; repeatable)"))];
        Option<int>[] thresholds = [.. RoleKeys.TopLevel.Select(role => Number($"--{role}-threshold", $"how many {role} keys must sign"))];
        LifeOptions life = new();
        CommandWithExample command = new(
            "init",
            "Start a repository; its first root then waits for signatures.",
            "offlinekit-sign trust init repo --root ada.pub --root ben.pub --root-threshold 2 --targets ada.pub --snapshot online.pub --timestamp online.pub");
        command.Arguments.Add(folder);
        foreach (Option option in keys.Concat<Option>(thresholds))
        {
            command.Options.Add(option);
        }

        life.AddTo(command);
        command.SetAction(arguments =>
        {
            ImmutableArray<RoleKeys> roles =
            [
                .. RoleKeys.TopLevel.Select((role, i) => new RoleKeys(role, Keys(arguments.GetValue(keys[i])), arguments.GetValue(thresholds[i])).Checked()),
            ];
            string path = arguments.GetRequiredValue(folder);
            new TrustRepositoryFolder(path).Start(roles, life.Of(arguments), DateTimeOffset.UtcNow);
            Terminal.Out.WriteLine($"staged: root version 1 and targets version 1 in {TerminalText.Escape(path)}; now `offlinekit-sign trust sign`");
            return ExitCode.Done;
        });
        return command;
    }

    private static CommandWithExample Add()
    {
        Argument<string> folder = Folder(), file = new("FILE") { Description = "a public key, or with --as any file" };
        Option<string?> name = new("--name") { Description = "the key's name", HelpName = "NAME" };
        Option<string> kind = new("--kind")
        {
            Description = "what FILE holds: public-key (default), sigstore-trusted-root, npm-keys, ssh-allowed-signers",
            HelpName = "KIND",
            DefaultValueFactory = _ => TrustEntry.PublicKeyKind,
        };
        Option<string?> target = new("--as") { Description = "add FILE as the target PATH instead of as a key (policies, trusted roots)", HelpName = "PATH" };
        TrustEntryOptions entry = new();
        LifeOptions life = new();
        CommandWithExample command = new(
            "add", "List a public key as trusted, or add another file.", "offlinekit-sign trust add repo release.pub --name release-2026 --format minisign --artifact \"*.tar.gz\"");
        command.Arguments.Add(folder);
        command.Arguments.Add(file);
        command.Options.Add(name);
        command.Options.Add(kind);
        command.Options.Add(target);
        entry.AddTo(command);
        life.AddTo(command);
        command.SetAction(arguments =>
        {
            TrustRepositoryFolder repository = new(arguments.GetRequiredValue(folder));
            byte[] content = InputFile.ReadAll(arguments.GetRequiredValue(file), Limits.SignatureFile, "file");
            DateTimeOffset now = DateTimeOffset.UtcNow;
            OptionUse uses = new OptionUse().In(["--name"], [kind, .. entry.All]);
            switch (arguments.GetValue(name), arguments.GetValue(target))
            {
                case ({ } key, null):
                    TrustEntry listed = new(key, key + Path.GetExtension(arguments.GetRequiredValue(file)), content, now) { Kind = arguments.GetRequiredValue(kind) };
                    repository.AddKey(entry.Of(arguments, listed), life.Of(arguments), now);
                    break;
                case (null, { } path):
                    uses.RefuseUnread(arguments, "--as", "--as");
                    repository.AddFile(path, content, life.Of(arguments), now);
                    break;
                default:
                    throw new UsageException("trust add needs --name NAME for a key or --as PATH for another file", "give one of them");
            }

            return Staged(arguments.GetRequiredValue(folder));
        });
        return command;
    }

    private static CommandWithExample Rotate()
    {
        Argument<string> folder = Folder();
        Option<string> role = new Option<string>("--role") { Description = "root, targets, snapshot or timestamp", HelpName = "ROLE", Required = true }.TakesOneOf("root", "targets", "snapshot", "timestamp");
        Option<string[]> add = Files("--add", "a new key of the role"), remove = Files("--remove", "a key that leaves the role");
        Option<int?> threshold = new("--threshold") { Description = "how many keys of the role must sign from now on", HelpName = "N" };
        LifeOptions life = new();
        CommandWithExample command = new("rotate", "Stage the next root: other keys or another threshold for a role.", "offlinekit-sign trust rotate repo --role root --add eve.pub --remove ada.pub");
        command.Arguments.Add(folder);
        foreach (Option option in (Option[])[role, add, remove, threshold])
        {
            command.Options.Add(option);
        }

        life.AddTo(command);
        command.SetAction(arguments =>
        {
            RoleKeys rotated = new TrustRepositoryFolder(arguments.GetRequiredValue(folder)).Rotate(
                arguments.GetRequiredValue(role), Keys(arguments.GetValue(add)), Keys(arguments.GetValue(remove)), arguments.GetValue(threshold), life.Of(arguments), DateTimeOffset.UtcNow);
            Terminal.Out.WriteLine($"staged: a root in which {rotated.Threshold} of {rotated.Keys.Length} {rotated.Role} keys sign; old and new root keys must sign it");
            return ExitCode.Done;
        });
        return command;
    }

    private static CommandWithExample Sign()
    {
        Argument<string> folder = Folder();
        KeyOptions keys = new("--key", mustBeGiven: false);
        Option<string?> copy = new("--from") { Description = "instead of signing: take over the signatures of the copy in DIR that another signer sent back", HelpName = "DIR" };
        CommandWithExample command = new(
            "sign", "Sign what is staged with one key; every signer does so, here or on a copy.", "offlinekit-sign trust sign repo --key ada.key", "offlinekit-sign trust sign repo --from ben/staged");
        command.Arguments.Add(folder);
        command.Options.Add(copy);
        keys.AddTo(command);
        command.SetAction(async (arguments, cancellation) =>
        {
            TrustRepositoryFolder repository = new(arguments.GetRequiredValue(folder));
            if (arguments.GetValue(copy) is { } other)
            {
                new OptionUse().In(["signing"], keys.All).RefuseUnread(arguments, "--from", "--from");
                Terminal.Out.WriteLine($"taken over: {string.Join(", ", repository.TakeOver(other))} from {TerminalText.Escape(other)}");
                return ExitCode.Done;
            }

            // The root names the keys of every role, which pins them: a key at a service that is not one of them signs nothing that verifies.
            await using SigningKey key = await keys.Request(arguments).OpenAsync(SignatureScheme.RsaPssSha256, cancellation);
            ImmutableArray<string> signed = await repository.SignAsync(key, cancellation);
            Terminal.Out.WriteLine($"signed: {string.Join(", ", signed)} with sha256:{key.PublicKey.Material.Fingerprint}");
            return ExitCode.Done;
        });
        return command;
    }

    internal static Argument<string> Folder() => new("REPO") { Description = "the repository's folder" };

    internal static int Staged(string folder)
    {
        Terminal.Out.WriteLine($"staged: targets in {TerminalText.Escape(folder)}; now `offlinekit-sign trust sign` and `trust publish`");
        return ExitCode.Done;
    }

    private static ImmutableArray<KeyMaterial> Keys(string[]? files) => [.. (files ?? []).Select(KeyOptions.PublicKeyFile)];

    private static Option<string[]> Files(string name, string description) => new(name) { Description = description, HelpName = "FILE", AllowMultipleArgumentsPerToken = false };

    private static Option<int> Number(string name, string description) => new(name) { Description = $"{description}; default: 1", HelpName = "N", DefaultValueFactory = _ => 1 };
}
