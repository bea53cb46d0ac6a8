using System.Collections.Immutable;
using System.CommandLine;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Exports;
using OfflineKit.Policy;
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
    private readonly Option<int?> _passwords = new("--password-fd") { Description = "read passwords and PINs from file descriptor N, one a line", HelpName = "N" };
    private readonly RunOptions _options = new();

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
        foreach (Option option in (Option[])[_name, _version, _keys, _pins, _minisign, _trust, _passwords])
        {
            command.Options.Add(option);
        }

        _options.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        KitOrder order = new(arguments.GetRequiredValue(_folder), arguments.GetRequiredValue(_name), arguments.GetRequiredValue(_version), _options.SignedAt(arguments))
        {
            TrustFolder = arguments.GetValue(_trust),
        };
        string output = _options.Output(arguments) ?? $"{order.Name}-{order.Version}.tar.zst";
        if (Path.Exists(output) && !_options.IsForced(arguments))
        {
            throw SigningReasons.OutputExists.Refusal($"{output} exists");
        }

        PasswordReader passwords = new(arguments.GetValue(_passwords));
        List<KitSigner> opened = [];
        try
        {
            foreach (string key in arguments.GetRequiredValue(_keys))
            {
                opened.Add(await OpenAsync(arguments, key, passwords, cancellation));
            }

            KitSigner? minisign = arguments.GetValue(_minisign) is { } other ? await OpenAsync(arguments, other, passwords, cancellation) : null;
            ImmutableArray<KitSigner> signers = [.. opened];
            opened.AddRange(minisign is null ? [] : [minisign]);
            return await PackAsync(arguments, order, signers, minisign, output, cancellation);
        }
        finally
        {
            foreach (KitSigner signer in opened)
            {
                await signer.Key.DisposeAsync();
            }
        }
    }

    private async Task<int> PackAsync(ParseResult arguments, KitOrder order, ImmutableArray<KitSigner> signers, KitSigner? minisign, string output, CancellationToken cancellation)
    {
        KitPacker kit = KitPacker.Collect(order, signers.Select(signer => signer.Key.PublicKey.Material.Fingerprint), minisign is null ? MinisignPresence.Absent : MinisignPresence.Present);
        if (_options.IsDryRun(arguments))
        {
            Console.Out.WriteLine($"would pack {kit.Files} files -> {output}, list sha256:{Digest.Sha256(kit.List.Span).Hex}, {signers.Length} signatures");
            return ExitCode.Done;
        }

        await kit.SignAsync(order, signers, minisign, await _options.AuditAsync(arguments, cancellation), cancellation);
        string draft = $"{output}.{Environment.ProcessId}.tmp";
        try
        {
            Write(kit, output, draft);
            Verify(draft, signers, minisign, order.CreatedAt);
            Place(draft, output);
        }
        finally
        {
            Discard(draft);
        }

        Console.Out.WriteLine($"packed {kit.Files} files -> {output}, list sha256:{Digest.Sha256(kit.List.Span).Hex}");
        return ExitCode.Done;
    }

    private async Task<KitSigner> OpenAsync(ParseResult arguments, string key, PasswordReader passwords, CancellationToken cancellation)
    {
        SigningKey open = await KnownKeySources.OpenAsync(
            KeyUri.Parse(key), new KeyOpening { Scheme = new SchemeChoice(Asked: null, SignatureScheme.RsaPkcs1Sha256), Passwords = passwords, OnRemark = Talk.Note }, cancellation);
        return new KitSigner(open, (arguments.GetValue(_pins) ?? []).Select(KeyOptions.PublicKeyFile).FirstOrDefault(pin => pin.Equals(open.PublicKey.Material)));
    }

    private static void Write(KitPacker kit, string output, string draft)
    {
        if (!output.EndsWith(".tar.zst", StringComparison.Ordinal) && !output.EndsWith(".tar", StringComparison.Ordinal))
        {
            kit.WriteFolder(draft);
            return;
        }

        using FileStream file = new(draft, FileMode.CreateNew, FileAccess.Write);
        Action<Stream> write = output.EndsWith(".tar", StringComparison.Ordinal) ? kit.WriteTar : kit.WriteTarZst;
        write(file);
        file.Flush(flushToDisk: true);
    }

    // The receiver's own verification, over what lies on the disk, before it gets its name.
    private static void Verify(string draft, ImmutableArray<KitSigner> signers, KitSigner? minisign, DateTimeOffset time)
    {
        if (ExportLayouts.ByName("offlinekit-kit") is null)
        {
            Talk.Note("this build reads no kits: the signatures and the digests of the files were verified, the archive as a whole was not");
            return;
        }

        IEnumerable<TrustedKey> keys = signers.Append(minisign).OfType<KitSigner>().Select(signer => signer.Key.PublicKey.Material).Distinct()
            .Select(material => new TrustedKey("signing key", material, "the signing key"));
        VerificationContext context = new(new TrustStore { Keys = [.. keys] }, Expectations.None with { Threshold = signers.Length }, time);
        using FileStream? archive = Directory.Exists(draft) ? null : File.OpenRead(draft);
        Parsed<ExportInventory> inventory = archive is null ? ExportSource.Folder(draft, Environment.ProcessorCount) : ExportSource.Archive(draft, archive);
        Finding? refusal = inventory.Value is { } export
            ? ExportVerifier.Verify(new ExportRequest(export, context, SignaturePolicy.AnyPinnedSigner)).Verdict.Findings.FirstOrDefault()
            : inventory.Refusal;
        if (refusal is not null)
        {
            throw SigningReasons.DoesNotVerify.Refusal($"the kit would be refused: {refusal.Reason.Code}: {refusal.Detail}");
        }
    }

    private static void Place(string draft, string output)
    {
        if (Directory.Exists(draft))
        {
            Directory.Move(draft, output);
        }
        else
        {
            File.Move(draft, output, overwrite: true);
        }
    }

    private static void Discard(string draft)
    {
        if (Directory.Exists(draft))
        {
            Directory.Delete(draft, recursive: true);
        }
        else if (File.Exists(draft))
        {
            File.Delete(draft);
        }
    }
}
