using System.Buffers;
using System.Buffers.Binary;
using System.CommandLine;
using System.Text.Json;
using OfflineKit.Cli.Batches;
using OfflineKit.Host.Serve;
using OfflineKit.Crypto;

namespace OfflineKit.Cli.Commands;

/// <summary><c>offlinekit shard LIST --of N --index I</c>: one machine's part of a list.</summary>
/// <remarks>Source: docs/spec/results.md, section 4.</remarks>
internal sealed class ShardCommand
{
    private const int LineLimit = 1024 * 1024;
    private readonly Argument<string> _list = new("LIST") { Description = "one path or JSON object a line; - reads standard input" };
    private readonly Option<int> _of = new("--of") { Description = "how many parts", HelpName = "N", Required = true };
    private readonly Option<int> _index = new("--index") { Description = "which part, counted from 0", HelpName = "I", Required = true };
    private readonly Option<bool> _plain = new("--plain") { Description = "leave out the first line, which says which part this is" };

    /// <summary>The command with its options and help.</summary>
    public static Command Create() => new ShardCommand().ToCommand();

    private CommandWithExample ToCommand()
    {
        CommandWithExample command = new(
            "shard", "Write one part of a list; every entry is in exactly one part, on every machine the same.", "offlinekit shard files.txt --of 8 --index 3 > part-3.txt")
        {
            _list, _of, _index, _plain,
        };
        command.SetAction(Run);
        return command;
    }

    private int Run(ParseResult arguments)
    {
        int of = arguments.GetValue(_of), index = arguments.GetValue(_index);
        if (of is < 1 or > ShardHeader.MostParts || index < 0 || index >= of)
        {
            throw new UsageException($"--index {index} --of {of} names no part", $"parts are counted from 0; at most {ShardHeader.MostParts}");
        }

        using Stream list = ThisRun.Inputs.Open(arguments.GetRequiredValue(_list), "list", "the list");
        using MemoryStream part = new();
        (string digest, long entries) = Collect(list, part, (ulong)of, (ulong)index);
        using Stream output = Terminal.OpenOutput();
        if (!arguments.GetValue(_plain))
        {
            WriteHeader(output, new ShardHeader(of, index, digest, entries));
        }

        part.WriteTo(output);
        return ExitCode.Trusted;
    }

    // The first eight bytes of the line's SHA-256 decide: neither the rest of the list nor the file's content matters.
    private static (string Digest, long Entries) Collect(Stream list, MemoryStream part, ulong of, ulong index)
    {
        BoundedLines lines = new(list, LineLimit);
        using Hasher whole = Hasher.For(DigestAlgorithm.Sha256);
        long entries = 0;
        while (lines.Next(out byte[]? line))
        {
            if (line is null)
            {
                throw new UsageException($"a line of the list is longer than {LineLimit} bytes");
            }

            ReadOnlySpan<byte> text = line is [.. _, (byte)'\r'] ? line.AsSpan(..^1) : line;
            whole.Append(text);
            whole.Append("\n"u8);
            if (text.Length > 0 && BinaryPrimitives.ReadUInt64BigEndian(Digest.Sha256(text).Bytes) % of == index)
            {
                // With the carriage return of its line end, if it has one: where a file is called so, whoever reads the part must say so as of the whole list.
                part.Write(line);
                part.WriteByte((byte)'\n');
                entries++;
            }
        }

        return (whole.Finish().ToString(), entries);
    }

    private static void WriteHeader(Stream output, ShardHeader header)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WritePropertyName("shard");
            header.Write(json);
            json.WriteEndObject();
        }

        output.Write(buffer.WrittenSpan);
        output.Write("\n"u8);
    }
}
