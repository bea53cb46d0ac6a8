using System.CommandLine;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Signing.Audit;
using OfflineKit.Signing.Output;

namespace OfflineKit.Signing.Cli;

/// <summary>The options of everything that signs: where to, at what time, with which log.</summary>
internal sealed class RunOptions
{
    private readonly Option<string?> _output = new("--output", "-o") { Description = "where the signature goes; - is standard output; default: next to FILE", HelpName = "OUT" };
    private readonly Option<bool> _force = new("--force") { Description = "replace an existing output; use a guarded official key" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "show what would be signed; ask no key for a signature, write nothing" };
    private readonly Option<string?> _signedAt = new("--signed-at") { Description = "the time that the document states (RFC 3339); default: the clock", HelpName = "TIME" };
    private readonly Option<string?> _auditLog = new("--audit-log") { Description = "append every request, granted or not, to this hash-chained log", HelpName = "FILE" };
    private readonly Option<string?> _auditKey = new("--audit-key") { Description = "sign the log's lines with this local key", HelpName = "KEY" };

    /// <summary>Who signs, as the log states it.</summary>
    public static string Who => $"{Environment.UserName}@{Environment.MachineName}";

    public void AddTo(Command command)
    {
        command.Options.Add(_output);
        command.Options.Add(_force);
        command.Options.Add(_dryRun);
        command.Options.Add(_signedAt);
        command.Options.Add(_auditLog);
        command.Options.Add(_auditKey);
    }

    /// <summary>The output is a document that the user named to be replaced: no --force is needed.</summary>
    public bool ReplacesOutput { get; set; }

    /// <summary>The output is a file of JSON lines that gets one more.</summary>
    public bool AppendsToOutput { get; set; }

    public string? Output(ParseResult arguments) => arguments.GetValue(_output);

    public bool IsForced(ParseResult arguments) => arguments.GetValue(_force);

    public bool IsDryRun(ParseResult arguments) => arguments.GetValue(_dryRun);

    /// <summary>The file or standard output called <paramref name="path"/>.</summary>
    public OutputTarget Target(ParseResult arguments, string path) => path == "-"
        ? OutputTarget.To(Console.OpenStandardOutput(), "standard output")
        : AppendsToOutput ? OutputTarget.AppendedLine(path)
        : IsForced(arguments) || ReplacesOutput ? OutputTarget.ReplacedFile(path) : OutputTarget.NewFile(path);

    /// <summary>The time that documents state; which one it is, is said.</summary>
    public DateTimeOffset SignedAt(ParseResult arguments)
    {
        bool stated = arguments.GetValue(_signedAt) is not null;
        DateTimeOffset time = stated ? Rfc3339.Parse(arguments.GetValue(_signedAt)!, "--signed-at") : DateTimeOffset.UtcNow;
        Stderr.Note($"signed at {UtcText.Seconds(time)} ({(stated ? "--signed-at" : "the clock")})");
        return time;
    }

    /// <summary>The log that was asked for, or null.</summary>
    public async Task<AuditLog?> AuditAsync(ParseResult arguments, CancellationToken cancellation)
    {
        if (arguments.GetValue(_auditLog) is not { } path)
        {
            return arguments.GetValue(_auditKey) is null ? null : throw new UsageException("--audit-key without --audit-log");
        }

        SigningKey? signer = arguments.GetValue(_auditKey) is not { } key
            ? null
            : await KnownKeySources.OpenAsync(
                KeyUri.Parse(key), new KeyOpening { Scheme = new SchemeChoice(Asked: null, SignatureScheme.RsaPssSha256), Passwords = new PasswordReader(null) }, cancellation);
        return signer is { IsLocal: false }
            ? throw new UsageException("--audit-key is a key at a service", "use a local key: the log must not depend on a network")
            : new AuditLog(path, Who, TimeProvider.System, signer);
    }
}
