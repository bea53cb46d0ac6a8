using System.Collections.Immutable;
using System.CommandLine;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Files;
using OfflineKit.Reporting;
using OfflineKit.Signing.Exports;
using OfflineKit.Trust;

namespace OfflineKit.Signing.Cli.Commands;

/// <summary><c>offlinekit-sign export pack DIR</c>: a signed kit that one command of the receiver verifies.</summary>
internal sealed class ExportCommand
{
    private readonly Argument<string> _folder = new("DIR") { Description = "the folder to pack" };
    private readonly Option<string> _name = new("--name") { Description = "the kit's name: which sequence of kits this is", HelpName = "N", Required = true };
    private readonly Option<string> _version = new("--version") { Description = "its version: numbers joined by dots; receivers refuse older ones", HelpName = "V", Required = true };
    private readonly Option<string[]> _keys = new("--key", "-k") { Description = "a signing key, a path or a URI; repeatable: each signs the statement", HelpName = "KEY", Required = true, AllowMultipleArgumentsPerToken = false };
    private readonly Option<string[]> _pins = new("--public-key") { Description = "the public half of a key at a service; repeatable", HelpName = "FILE", AllowMultipleArgumentsPerToken = false };
    private readonly Option<string?> _minisign = new("--minisign-key") { Description = "also sign the list for receivers with minisign alone", HelpName = "KEY" };
    private readonly Option<string?> _trust = new("--trust-bundle") { Description = "put the files of DIR into the kit's trust/ folder", HelpName = "DIR" };
    private readonly Option<string[]> _chains = new("--certificates") { Description = "the certificate chain of a signer (PEM, leaf first), for receivers who trust its authority; repeatable", HelpName = "FILE", AllowMultipleArgumentsPerToken = false };
    private readonly Option<int?> _passwords = new("--password-fd") { Description = "read passwords and PINs from file descriptor N, one a line", HelpName = "N" };
    private readonly RunOptions _options = new();
    private PasswordReader? _reader;

    public static Command CreateGroup()
    {
        Command group = new("export", "Make what crosses the air gap.");
        group.Subcommands.Add(new ExportCommand().Command());
        return group;
    }

    private CommandWithExample Command()
    {
        CommandWithExample command = new(
            "pack",
            "Pack a folder into a signed kit (docs/spec/kit.md); OUT ends in .tar.zst or .tar, or is a folder.",
            "offlinekit-sign export pack feeds --name feeds --version 2026.11.22 --key packer.pem -o feeds-2026.11.22.tar.zst");
        command.Arguments.Add(_folder);
        foreach (Option option in (Option[])[_name, _version, _keys, _pins, _minisign, _chains, _trust, _passwords])
        {
            command.Options.Add(option);
        }

        _options.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        (string name, string version) = (arguments.GetRequiredValue(_name), arguments.GetRequiredValue(_version));
        string target = _options.Output(arguments) ?? $"{name}-{version}.tar.zst";
        if (target == "-")
        {
            throw new UsageException("a kit is not written to standard output: it is verified before it gets its name", "name a file or a folder, or a folder called - as ./-");
        }

        KitOrder order = new(arguments.GetRequiredValue(_folder), name, version, _options.SignedAt(arguments))
        {
            TrustFolder = arguments.GetValue(_trust),
            Chains = [.. (arguments.GetValue(_chains) ?? []).Select(file => new KitChain(Path.GetFileName(file), InputFile.ReadAll(file, Limits.KeyFile, "certificates")))],
            Output = target,
        };
        using KitOutput output = new(order, _options.IsForced(arguments) ? Replacing.EarlierOutput : Replacing.Nothing);
        PasswordReader passwords = Passwords(arguments);
        List<KitSigner> opened = [];
        try
        {
            foreach (string key in arguments.GetRequiredValue(_keys))
            {
                opened.Add(await OpenAsync(arguments, key, passwords, cancellation));
            }

            KitSigner? minisign = arguments.GetValue(_minisign) is { } other ? await OpenAsync(arguments, other, passwords, cancellation) : null;
            KitSigners signers = new([.. opened], minisign);
            opened.AddRange(minisign is null ? [] : [minisign]);
            RefuseStrayPins(arguments, opened);
            return await PackAsync(arguments, output, signers, cancellation);
        }
        finally
        {
            foreach (KitSigner signer in opened)
            {
                await signer.Key.DisposeAsync();
            }
        }
    }

    private async Task<int> PackAsync(ParseResult arguments, KitOutput output, KitSigners signers, CancellationToken cancellation)
    {
        KitOrder order = output.Order;
        KitPacker kit = KitPacker.Collect(order, signers);
        string list = $"list sha256:{Digest.Sha256(kit.List.Span).Hex}";
        if (_options.IsDryRun(arguments))
        {
            Terminal.Out.WriteLine($"would pack {kit.Files} files -> {TerminalText.Escape(order.Output)}, {list}, {signers.Statement.Length} signatures");
            return ExitCode.Done;
        }

        await kit.SignAsync(order, signers, await _options.AuditAsync(arguments, Passwords(arguments), cancellation), cancellation);
        output.Write(kit);
        KitCheck.Verify(output.Draft, signers, order.CreatedAt);
        output.Commit();
        Terminal.Out.WriteLine($"packed {kit.Files} files -> {TerminalText.Escape(order.Output)}, {list}");
        return ExitCode.Done;
    }

    // Every password is read from there once, so there is one reader.
    private PasswordReader Passwords(ParseResult arguments) => _reader ??= new PasswordReader(arguments.GetValue(_passwords));

    private async Task<KitSigner> OpenAsync(ParseResult arguments, string key, PasswordReader passwords, CancellationToken cancellation)
    {
        SigningKey open = await KnownKeySources.OpenAsync(
            KeyUri.Parse(key), new KeyOpening { Scheme = new SchemeChoice(Asked: null, SignatureScheme.RsaPkcs1Sha256), Passwords = passwords, OnRemark = Stderr.Note, Secrets = Stderr.Secrets }, cancellation);
        return new KitSigner(open, (arguments.GetValue(_pins) ?? []).Select(KeyOptions.PublicKeyFile).FirstOrDefault(pin => pin.Equals(open.PublicKey.Material)));
    }

    // A pin that fits no key would say something about none of them.
    private void RefuseStrayPins(ParseResult arguments, List<KitSigner> opened)
    {
        foreach (string path in arguments.GetValue(_pins) ?? [])
        {
            KeyMaterial pin = KeyOptions.PublicKeyFile(path);
            if (!opened.Exists(signer => pin.Equals(signer.Pinned)))
            {
                throw SigningReasons.PinMismatch.Refusal($"--public-key {path} is sha256:{pin.Fingerprint}, and no --key has it");
            }
        }
    }
}
