using System.CommandLine;
using OfflineKit.Encoding;
using OfflineKit.Signing.Formats;

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
        command.SetAction(arguments =>
        {
            string hex = Environment.GetEnvironmentVariable(KeyVariable) ?? throw new UsageException($"{KeyVariable} is not set", "it holds the secret in hex, at least 32 bytes");
            string id = Environment.GetEnvironmentVariable(IdVariable) ?? "";
            using HmacSecret secret = HmacSecret.FromHex(hex, KeyVariable);
            DateTimeOffset time = options.SignedAt(arguments);
            Talk.Note("an HMAC is symmetric: whoever can verify these lines can forge them; removed or reordered lines do not show");
            using MemoryStream signed = new();
            foreach (byte[] line in Lines(InputFile.ReadAll(arguments.GetRequiredValue(file), Limits.SignedDocument, "log")))
            {
                signed.Write(SymmetricRecords.SentinelLogLine(line, secret, id, time));
            }

            options.Target(arguments, options.Output(arguments) ?? "-").Write(signed.ToArray(), mode: null);
            return ExitCode.Done;
        });
        return command;
    }

    private static List<byte[]> Lines(byte[] content)
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
