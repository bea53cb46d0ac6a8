namespace OfflineKit.Signing.Output;

/// <summary>Where an output goes: a file that is complete or absent, or a stream that gets everything at once.</summary>
public abstract record OutputTarget
{
    private protected OutputTarget()
    {
    }

    /// <summary>How it is named in messages.</summary>
    public abstract string Name { get; }

    /// <summary>A file that must not exist yet.</summary>
    public static OutputTarget NewFile(string path) => new FileTarget(path, Overwrite: false);

    /// <summary>A file, replaced as a whole if it exists (<c>--force</c>, or a document that is signed in place).</summary>
    public static OutputTarget ReplacedFile(string path) => new FileTarget(path, Overwrite: true);

    /// <summary>A file of JSON lines that gets one more line, and is made where it is missing; the lines that it has stay as they are.</summary>
    public static OutputTarget AppendedLine(string path) => new LinesTarget(path);

    /// <summary>A stream such as standard output.</summary>
    public static OutputTarget To(Stream stream, string name) => new StreamTarget(stream, name);

    /// <summary>Throws <c>sign.output-exists</c> when the file is there and must not be replaced, <c>sign.output-failed</c> when it has no directory.</summary>
    public abstract void RefuseIfTaken();

    /// <summary>Writes everything or nothing.</summary>
    public abstract void Write(ReadOnlySpan<byte> content, UnixFileMode? mode);

    /// <summary>A file next to this one, called like it with <paramref name="suffix"/>.</summary>
    public abstract OutputTarget Companion(string suffix);

    /// <summary>Takes back what was written.</summary>
    public abstract void Withdraw();

    private sealed record FileTarget(string Path, bool Overwrite) : OutputTarget
    {
        public override string Name => Path;

        public override void RefuseIfTaken()
        {
            if (!Overwrite && System.IO.Path.Exists(Path))
            {
                throw AtomicFile.Taken(Path);
            }

            if (System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path)) is { } folder && !Directory.Exists(folder))
            {
                throw SigningReasons.OutputFailed.Refusal($"{Path}: the directory {folder} does not exist");
            }
        }

        public override OutputTarget Companion(string suffix) => new FileTarget(Path + suffix, Overwrite);

        public override void Withdraw() => File.Delete(Path);

        public override void Write(ReadOnlySpan<byte> content, UnixFileMode? mode)
        {
            if (Overwrite)
            {
                AtomicFile.Replace(Path, content, mode);
            }
            else
            {
                AtomicFile.Create(Path, content, mode);
            }
        }
    }

    private sealed record LinesTarget(string Path) : OutputTarget
    {
        // Two files of one run may go to the same lines.
        private static readonly Lock Gate = new();

        public override string Name => Path;

        public override void RefuseIfTaken() => ReplacedFile(Path).RefuseIfTaken();

        public override OutputTarget Companion(string suffix) => new FileTarget(Path + suffix, Overwrite: false);

        public override void Withdraw() => throw new NotSupportedException("a line is no companion");

        public override void Write(ReadOnlySpan<byte> content, UnixFileMode? mode)
        {
            lock (Gate)
            {
                byte[] before = File.Exists(Path) ? File.ReadAllBytes(Path) : [];
                bool isOpen = before.Length > 0 && before[^1] != (byte)'\n';
                AtomicFile.Replace(Path, [.. before, .. isOpen ? "\n"u8 : [], .. content, (byte)'\n'], mode);
            }
        }
    }

    private sealed record StreamTarget(Stream Stream, string Label) : OutputTarget
    {
        public override string Name => Label;

        public override void RefuseIfTaken()
        {
        }

        public override OutputTarget Companion(string suffix) => throw SigningReasons.OutputFailed.Refusal($"{Label} has no place for a second file {suffix}");

        public override void Withdraw()
        {
        }

        public override void Write(ReadOnlySpan<byte> content, UnixFileMode? mode)
        {
            Stream.Write(content);
            Stream.Flush();
        }
    }
}
