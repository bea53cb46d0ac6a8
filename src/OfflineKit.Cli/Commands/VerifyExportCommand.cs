using System.CommandLine;
using OfflineKit.Encoding;
using OfflineKit.Exports;
using OfflineKit.Policy;
using OfflineKit.Reporting;
using OfflineKit.Trust;

namespace OfflineKit.Cli.Commands;

/// <summary><c>offlinekit verify-export PATH</c>: a whole kit, bundle or folder with a signed list, and a verdict.</summary>
internal sealed class VerifyExportCommand
{
    private readonly Argument<string> _path = new("PATH") { Description = "the export: a folder, .tar, .tar.gz, .tar.zst or .zip" };
    private readonly Option<int> _threshold = new("--threshold") { Description = "how many distinct keys must have signed; default: 1", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly TrustOptions _trust = TrustOptions.SeveralKeys();
    private readonly ExpectationOptions _expectations = new();
    private readonly SshOptions _ssh = new();
    private readonly IdentityOptions _identity = new();
    private readonly PolicyOption _demands = new();
    private readonly TimeOption _time = new();
    private readonly ExportOptions _export = new();
    private readonly ExportStateOptions _import = new();
    private readonly OutputOption _output = new();

    public VerifyExportCommand()
    {
        Command = new CommandWithExample(
            "verify-export",
            "Verify a whole export: its signatures, every listed file, and that nothing else is there.",
            "offlinekit verify-export /media/usb/feeds-2026.11.22.tar.zst --key packer.pub",
            "offlinekit verify-export /media/usb/release --key release.minisig.pub --allow-unlisted")
        {
            _path, _threshold,
        };
        _export.AddTo(Command);
        _import.AddTo(Command);
        _trust.AddTo(Command);
        _expectations.AddTo(Command);
        _ssh.AddTo(Command);
        _identity.AddTo(Command);
        _demands.AddTo(Command);
        _time.AddTo(Command);
        _output.AddTo(Command);
        Command.SetAction(arguments => VerdictOutput.Of(arguments.GetRequiredValue(_path), "", _output.Of(arguments), () => Answer(arguments)));
    }

    /// <summary>The command with its options and help.</summary>
    public Command Command { get; }

    /// <summary>The command alone.</summary>
    public static Command Create() => new VerifyExportCommand().Command;

    /// <summary>The report on what a parsed <c>verify-export</c> command line asks; `serve` asks through it as well.</summary>
    public Report Answer(ParseResult arguments)
    {
        string path = arguments.GetRequiredValue(_path);
        bool namesKey = _trust.NamesKey(arguments);
        Expectations expectations = _ssh.Apply(_expectations.Of(arguments), arguments) with
        {
            AllowBareSignature = namesKey,
            DemandedSigner = _identity.SignerOf(arguments, namesKey),
            Threshold = arguments.GetValue(_threshold) is >= 1 and int threshold ? threshold : throw new UsageException("--threshold 0 would demand no signer", "give 1 or more"),
        };
        Result<PolicyFile>? policy = _demands.Read(arguments);
        Result<TrustStore> trust = policy?.Finding is { } finding ? new Result<TrustStore>(Value: null, finding) : Trust(arguments, expectations, policy?.Value);
        if (trust.Value is not { } store)
        {
            return Refused(path, trust.Finding!);
        }

        if (store.IsEmpty)
        {
            throw TrustOptions.NobodyIsTrusted();
        }

        Func<ExportRequest, ExportRequest> amend = _export.Read(path, arguments);
        Result<ExportInventory> inventory = ReadInventory(path);
        DateTimeOffset time = _time.Of(arguments);
        VerificationContext context = new(store, expectations, time);
        ExportVerdict answer = _import.Run(arguments, path, time, (accepted, activation) => inventory.Value is not { } export
            ? new ExportVerdict(Verdict.Refused("export", inventory.Finding!), "", Version: null)
            : ExportVerifier.Verify(amend(RequestOf(export, context, policy?.Value, arguments) with { Accepted = accepted, Activation = activation })));
        return inventory.Value is { } listed ? Report(path, listed, store, answer) : new Report(path, ArtifactSize: -1, [], SignatureName: "", answer.Verdict, []);
    }

    // A kit may carry signatures by keys and by certificates; a policy may demand both.
    private Result<TrustStore> Trust(ParseResult arguments, Expectations expectations, PolicyFile? policy)
    {
        if (_ssh.Read(arguments) is { } signers)
        {
            return _trust.Limit(signers, arguments);
        }

        TrustRootKind[] kinds = expectations.DemandedSigner == DemandedSigner.Identity ? [TrustRootKind.SigstoreTrustedRoot]
            : policy is { Identities.IsEmpty: false } ? [TrustRootKind.PublicKey, TrustRootKind.SigstoreTrustedRoot]
            : [TrustRootKind.PublicKey];
        return _trust.Read(arguments, _ssh.NamesSigner(arguments) ? [.. kinds, TrustRootKind.AllowedSigners] : kinds);
    }

    // Of each signature a trusted signer is demanded, of all together what the policy says.
    private ExportRequest RequestOf(ExportInventory export, VerificationContext context, PolicyFile? policy, ParseResult arguments)
    {
        SignaturePolicy asked = _identity.PolicyOf(arguments);
        SignaturePolicy each = new([.. asked.Requirements.Select(requirement => requirement is AnyTrustedKeySigned && policy is not null ? new AnyTrustedKeySigned { Identities = policy.Identities } : requirement)]);
        SignaturePolicy all = policy is null ? each : new SignaturePolicy([.. each.Requirements, .. policy.At(context.StatedTime!.Value).Requirements]);
        return new ExportRequest(export, context, each) { Demands = _ssh.Amend(all, arguments) };
    }

    private static Result<ExportInventory> ReadInventory(string path)
    {
        if (Directory.Exists(path))
        {
            return ExportSource.Folder(path, Environment.ProcessorCount);
        }

        using Stream archive = InputFile.Open(path, "export");
        return archive.CanSeek ? ExportSource.Archive(path, archive) : throw new UsageException($"{path} can be read only once from start to end", "give a folder or an archive file");
    }

    private static Report Refused(string path, Finding finding) => new(path, ArtifactSize: -1, [], SignatureName: "", Verdict.Refused("export", finding), []);

    private static Report Report(string path, ExportInventory export, TrustStore store, ExportVerdict answer) =>
        new(path, export.TotalSize, export.ArchiveDigest is { } digest ? [digest.ToString()] : [], SignatureName: "", answer.Verdict, TrustOptions.InForce(store))
        {
            Words = [.. Words(export, answer)],
        };

    private static IEnumerable<KeyValuePair<string, string>> Words(ExportInventory export, ExportVerdict answer)
    {
        yield return KeyValuePair.Create("layout", answer.Layout.Length > 0 ? answer.Layout : "unknown");
        yield return KeyValuePair.Create("files", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{export.Count}, {export.TotalSize} bytes"));
        if (answer.Verdict.IsTrusted && answer.Version is { } version)
        {
            yield return KeyValuePair.Create("version", $"{version.Sequence} {version.Version}");
        }
    }
}
