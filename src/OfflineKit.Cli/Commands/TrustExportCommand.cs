using System.CommandLine;
using OfflineKit.Archives;
using OfflineKit.Host.State;
using OfflineKit.Encoding;
using OfflineKit.Trust.Tuf;

namespace OfflineKit.Cli.Commands;

/// <summary><c>offlinekit trust export</c>: an imported root as a bundle, to be carried on. The same root gives the same bytes.</summary>
internal static class TrustExportCommand
{
    private static readonly OutputKind TrustBundle = new("trust bundle", static _ => false);

    /// <summary>The command.</summary>
    public static Command Create()
    {
        Argument<string> place = new("BUNDLE") { Description = "the bundle to write: a .tar, a .tar.zst, or else a folder; it must not be there yet" };
        StateOptions state = new();
        OutputOption output = new();
        CommandWithExample command = new("export", "Write an imported root as a trust bundle, to be carried on.", "offlinekit trust export bundle.tar --name sigstore") { place };
        state.AddTo(command);
        output.AddTo(command);
        command.SetAction(arguments =>
        {
            DateTimeOffset now = DateTimeOffset.UtcNow;
            string path = arguments.GetRequiredValue(place);
            Result<ImportedTrust> loaded = state.Load(arguments, now);
            if (loaded.Value is { } trust)
            {
                Write(trust.Repository, path);
            }

            return new TrustReport("trust export", path, loaded.Finding is null ? "EXPORTED" : "REFUSED", loaded.Finding, loaded.Value?.Repository, [], now)
            {
                PinnedRoot = loaded.Value?.Record.PinnedRoot ?? "",
            }.Write(output.Of(arguments));
        });
        return command;
    }

    private static void Write(TufRepository repository, string path)
    {
        bool isPacked = path.EndsWith(".tar.zst", StringComparison.Ordinal);
        if (!isPacked && !path.EndsWith(".tar", StringComparison.Ordinal))
        {
            WriteFolder(repository, path);
            return;
        }

        byte[] tar = Tar(repository);
        using FileTransaction change = new();
        change.Write(new OutputFile(path, TrustBundle, Replacing.Nothing), isPacked ? StoredZstd.Frame(tar) : tar);
        change.Commit();
    }

    private static byte[] Tar(TufRepository repository)
    {
        using MemoryStream content = new();
        TarWriter tar = new(content);
        foreach (KeyValuePair<string, ReadOnlyMemory<byte>> entry in repository.Files())
        {
            tar.Add(entry.Key, entry.Value.Span);
        }

        tar.Finish();
        return content.ToArray();
    }

    private static void WriteFolder(TufRepository repository, string path)
    {
        using FolderDraft draft = new(path, kind: null, static _ => false);
        Disk disk = new();
        foreach (KeyValuePair<string, ReadOnlyMemory<byte>> entry in repository.Files())
        {
            string target = Path.Join(draft.Path, entry.Key);
            disk.MakeFolder(Path.GetDirectoryName(target)!);
            disk.Write(target, entry.Value.Span);
        }

        draft.Commit();
    }
}

/// <summary>A Zstandard frame that holds its content as it is: this program can open compressed bundles and has no compressor.</summary>
/// <remarks>Source: RFC 8878 §3.1.1: magic, a frame header with an eight-byte content size, raw blocks of at most 128 KiB.</remarks>
internal static class StoredZstd
{
    private const int BlockSize = 128 * 1024;
    private const byte SizeOfEightBytesSingleSegment = 0xE0, LastBlock = 1;

    /// <summary>The frame around <paramref name="content"/>.</summary>
    public static byte[] Frame(ReadOnlySpan<byte> content)
    {
        using MemoryStream frame = new();
        frame.Write([0x28, 0xB5, 0x2F, 0xFD, SizeOfEightBytesSingleSegment]);
        Span<byte> number = stackalloc byte[sizeof(long)];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64LittleEndian(number, content.Length);
        frame.Write(number);
        do
        {
            ReadOnlySpan<byte> block = content[..Math.Min(BlockSize, content.Length)];
            content = content[block.Length..];

            // Block_Header, three bytes: the last one or not, type 0 (raw), and the size from bit 3.
            System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(number, (block.Length << 3) | (content.IsEmpty ? LastBlock : 0));
            frame.Write(number[..3]);
            frame.Write(block);
        }
        while (!content.IsEmpty);
        return frame.ToArray();
    }
}
