using OfflineKit.Files;

namespace OfflineKit.Signing.Output;

/// <summary>Where an output goes: a file that is complete or absent, one more line of a file, or a stream that gets everything at once.</summary>
internal abstract record OutputTarget
{
    private protected OutputTarget()
    {
    }

    /// <summary>How it is named in messages.</summary>
    public abstract string Name { get; }

    /// <summary>The one place that it takes for itself; null where several outputs go together.</summary>
    public virtual string? Place => null;

    /// <summary>A file that must not exist yet.</summary>
    public static OutputTarget NewFile(string path) => new FileTarget(path, Replacing.Nothing);

    /// <summary>A file that may replace an earlier output of the same kind (<c>--force</c>).</summary>
    public static OutputTarget ReplacedFile(string path) => new FileTarget(path, Replacing.EarlierOutput);

    /// <summary>A document that is signed in place; a change since <paramref name="read"/> was read is kept, and refuses the output.</summary>
    public static OutputTarget InPlace(string path, ReadOnlyMemory<byte> read) => new FileTarget(path, Replacing.WhatWasRead) { Read = read };

    /// <summary>A file of JSON lines that gets one more line, and is made where it is missing; the lines that it has stay as they are.</summary>
    public static OutputTarget AppendedLine(string path) => new LinesTarget(path);

    /// <summary>A stream such as standard output.</summary>
    public static OutputTarget To(Stream stream, string name) => new StreamTarget(stream, name);

    /// <summary>Refuses the output when its place is taken by what it must not replace. Nothing is written.</summary>
    /// <exception cref="OutputException">It is taken, or has no directory.</exception>
    public abstract void RefuseIfTaken(OutputShape shape);

    /// <summary>Writes everything or nothing.</summary>
    /// <exception cref="OutputException">Nothing was written.</exception>
    public abstract void Write(OutputShape shape, SignedOutput output);

    /// <summary>Drafts everything in <paramref name="change"/>: it is where it belongs when that is committed.</summary>
    /// <exception cref="OutputException">The place is taken, or the system refuses.</exception>
    /// <exception cref="NotSupportedException">What is appended to or streamed is no draft.</exception>
    public virtual void Draft(OutputShape shape, SignedOutput output, FileTransaction change) => throw new NotSupportedException($"{Name} cannot wait for other outputs");

    private sealed record FileTarget(string Path, Replacing Replacing) : OutputTarget
    {
        public ReadOnlyMemory<byte> Read { get; init; }

        public override string Name => Path;

        public override string? Place => PhysicalPath.Of(Path);

        public override void RefuseIfTaken(OutputShape shape)
        {
            OutputFile file = File(shape.Kind);
            file.RefuseIfTaken();
            shape.Companions.ToList().ForEach(companion => file.Companion(companion.Suffix, companion.Kind).RefuseIfTaken());
        }

        public override void Write(OutputShape shape, SignedOutput output)
        {
            using FileTransaction change = new();
            Draft(shape, output, change);
            change.Commit();
        }

        public override void Draft(OutputShape shape, SignedOutput output, FileTransaction change)
        {
            OutputFile file = File(shape.Kind);
            foreach ((CompanionShape companion, ReadOnlyMemory<byte> content) in shape.Companions.Zip(output.Companions))
            {
                change.Write(file.Companion(companion.Suffix, companion.Kind), content.Span);
            }

            change.Write(file, output.Content.Span, shape.Mode);
        }

        private OutputFile File(OutputKind kind) => Replacing == Replacing.WhatWasRead ? OutputFile.InPlace(Path, kind, Read) : new OutputFile(Path, kind, Replacing);
    }

    private sealed record LinesTarget(string Path) : OutputTarget
    {
        private const int LongestLine = Limits.SignedDocument;

        public override string Name => Path;

        public override void RefuseIfTaken(OutputShape shape) => new OutputFile(Path, OutputKinds.SignatureLines, Replacing.EarlierOutput).RefuseIfTaken();

        public override void Write(OutputShape shape, SignedOutput output)
        {
            RefuseIfTaken(shape);
            new LineFile(Path, LongestLine).Append(_ => output.Content.ToArray(), isWhole: static _ => true);
        }
    }

    private sealed record StreamTarget(Stream Stream, string Label) : OutputTarget
    {
        public override string Name => Label;

        public override void RefuseIfTaken(OutputShape shape)
        {
            if (shape.Companions is [{ } companion, ..])
            {
                throw new OutputException(OutputRefusal.Failed, $"{Label} has no place for a second file {companion.Suffix}");
            }
        }

        public override void Write(OutputShape shape, SignedOutput output)
        {
            Stream.Write(output.Content.Span);
            Stream.Flush();
        }
    }
}
