using System.CommandLine;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Signing.Audit;
using OfflineKit.Signing.Keys;
using OfflineKit.Signing.Output;
using OfflineKit.Signing.Requests;

namespace OfflineKit.Signing.Cli;

/// <summary>The options of everything that signs: where to, at what time, with which log.</summary>
internal sealed class RunOptions
{
    private readonly Option<string?> _output = new("--output", "-o") { Description = "where the signature goes; - is standard output; default: next to FILE", HelpName = "OUT" };
    private readonly Option<bool> _force = new("--force") { Description = "replace an earlier output of the same kind; use a guarded official key" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "show what would be signed; ask no key for a signature, write nothing" };
    private readonly Option<string?> _signedAt = new("--signed-at") { Description = "the time that the document states (RFC 3339); default: the clock", HelpName = "TIME" };
    private readonly Option<string?> _auditLog = new("--audit-log") { Description = "append every request, granted or not, to this hash-chained log", HelpName = "FILE" };
    private readonly Option<string?> _auditKey = new("--audit-key") { Description = "sign the log's lines with this local key", HelpName = "KEY" };

    /// <summary>What standard output is called.</summary>
    public const string StandardOutput = "standard output";

    /// <summary>Who signs, as the log states it.</summary>
    public static string Who => $"{Environment.UserName}@{Environment.MachineName}";

    /// <summary>Every option, for tables of which are read where.</summary>
    public IEnumerable<Option> All => [_output, _force, _dryRun, _signedAt, _auditLog, _auditKey];

    public void AddTo(Command command) => All.ToList().ForEach(command.Options.Add);

    public string? Output(ParseResult arguments) => arguments.GetValue(_output);

    public bool IsForced(ParseResult arguments) => arguments.GetValue(_force);

    public bool IsDryRun(ParseResult arguments) => arguments.GetValue(_dryRun);

    /// <summary>The file or standard output called <paramref name="path"/>.</summary>
    public OutputTarget Target(ParseResult arguments, string path) => path == "-"
        ? OutputTarget.To(Terminal.OpenOutput(), StandardOutput)
        : IsForced(arguments) ? OutputTarget.ReplacedFile(path) : OutputTarget.NewFile(path);

    /// <summary>The time that documents state; which one it is, is said.</summary>
    public DateTimeOffset SignedAt(ParseResult arguments)
    {
        bool stated = arguments.GetValue(_signedAt) is not null;
        DateTimeOffset time = stated ? Rfc3339.Parse(arguments.GetValue(_signedAt)!, "--signed-at") : DateTimeOffset.UtcNow;
        Stderr.Note($"the time to state is {UtcText.Seconds(time)} ({(stated ? "--signed-at" : "the clock")})");
        return time;
    }

    /// <summary>The log that was asked for, or null.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="passwords">Where the password of the log's key comes from.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<AuditLog?> AuditAsync(ParseResult arguments, PasswordPrompt passwords, CancellationToken cancellation)
    {
        if (arguments.GetValue(_auditLog) is not { } path)
        {
            return arguments.GetValue(_auditKey) is null ? null : throw new UsageException("--audit-key without --audit-log");
        }

        SigningKey? signer = arguments.GetValue(_auditKey) is not { } key
            ? null
            : await KnownKeySources.OpenAsync(
                KeyUri.Parse(key), new KeyOpening { Scheme = new SchemeChoice(Asked: null, SignatureScheme.RsaPssSha256), Passwords = passwords }, cancellation);
        return signer is { IsLocal: false }
            ? throw new UsageException("--audit-key is a key at a service", "use a local key: the log must not depend on a network")
            : new AuditLog(path, Who, TimeProvider.System, signer) { Secrets = Stderr.Secrets };
    }

    /// <summary>One request of these options; <paramref name="key"/> signs <paramref name="subjects"/> in the form that the caller sets.</summary>
    public async Task<SigningRequest> RequestAsync(ParseResult arguments, KeyRequest key, IEnumerable<SubjectRequest> subjects, CancellationToken cancellation) => new(key, [.. subjects])
    {
        Audit = await AuditAsync(arguments, key.Opening.Passwords, cancellation),
        SignedAt = SignedAt(arguments),
        Patience = key.Opening.Timeout,
    };

    /// <summary>A file to sign, read through <see cref="InputFile"/>.</summary>
    public static SubjectRequest Subject(string file, OutputTarget? target) => new(file, () => InputFile.Open(file, "file"), target);

    /// <summary>Carries out <paramref name="request"/>, or says what it would do.</summary>
    public Task<int> RunAsync(ParseResult arguments, SigningRequest request, CancellationToken cancellation) => RunAsync(arguments, request, new ConsoleObserver(), cancellation);

    /// <summary>Carries out <paramref name="request"/>, or says what it would do, to <paramref name="observer"/>.</summary>
    public async Task<int> RunAsync(ParseResult arguments, SigningRequest request, ISigningObserver observer, CancellationToken cancellation)
    {
        await (IsDryRun(arguments) ? SigningRun.TryAsync(request, observer, cancellation) : SigningRun.SignAsync(request, observer, cancellation));
        return ExitCode.Done;
    }
}
