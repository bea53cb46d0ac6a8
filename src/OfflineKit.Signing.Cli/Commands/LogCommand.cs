using System.CommandLine;
using OfflineKit.Encoding;
using OfflineKit.Signing.Formats;
using OfflineKit.Signing.Output;

namespace OfflineKit.Signing.Cli.Commands;

/// <summary><c>offlinekit-sign log sign FILE</c>: Sentinel's audit log lines under an HMAC.</summary>
internal static class LogCommand
{
    private const string KeyVariable = "SENTINEL_LOG_SIGNING_KEY", IdVariable = "SENTINEL_LOG_SIGNING_KEY_ID";

    public static Command Create() => new("log", "Sentinel audit logs.") { Sign() };

    private static CommandWithExample Sign()
    {
        Argument<string> file = new("FILE") { Description = "JSON lines, one entry each; - reads standard input" };
        RunOptions options = new();
        CommandWithExample command = new(
            "sign",
            $"Put every entry under HMAC-SHA-256 with {KeyVariable} (hex, at least 32 bytes) and {IdVariable}.",
            $"{KeyVariable}=$(cat key.hex) {IdVariable}=2026-01 offlinekit-sign log sign entries.jsonl -o signed.jsonl");
        command.Arguments.Add(file);
        options.AddTo(command);
        command.SetAction(async (arguments, cancellation) =>
        {
            string hex = Environment.GetEnvironmentVariable(KeyVariable) ?? throw new UsageException($"{KeyVariable} is not set", "it holds the secret in hex, at least 32 bytes");
            string id = Environment.GetEnvironmentVariable(IdVariable) ?? "", name = arguments.GetRequiredValue(file);
            DateTimeOffset time = options.SignedAt(arguments);
            Stderr.Note("an HMAC is symmetric: whoever can verify these lines can forge them; removed or reordered lines do not show");
            SymmetricSession session = new(KeyVariable, "HMAC-SHA256", "sentinel-log", options.IsDryRun(arguments) ? null : await options.AuditAsync(arguments, new PasswordReader(descriptor: null), cancellation));
            OutputTarget target = options.IsDryRun(arguments) ? OutputTarget.To(Stream.Null, "nowhere") : options.Target(arguments, options.Output(arguments) ?? "-");
            session.Write(name, InputFile.ReadAll(name, Limits.SignedDocument, "log"), target, content => Signed(content.Span, hex, id, time));
            return ExitCode.Done;
        });
        return command;
    }

    private static byte[] Signed(ReadOnlySpan<byte> content, string hex, string id, DateTimeOffset time)
    {
        using HmacSecret secret = HmacSecret.FromHex(hex, KeyVariable);
        using MemoryStream signed = new();
        foreach (byte[] line in Lines(content))
        {
            signed.Write(SymmetricRecords.SentinelLogLine(line, secret, id, time));
        }

        return signed.ToArray();
    }

    private static List<byte[]> Lines(ReadOnlySpan<byte> content)
    {
        LineCursor lines = new(content);
        List<byte[]> entries = [];
        while (!lines.AtEnd)
        {
            ReadOnlySpan<byte> line = lines.Line("log entry");
            if (!line.IsEmpty)
            {
                entries.Add(line.ToArray());
            }
        }

        return entries;
    }
}
