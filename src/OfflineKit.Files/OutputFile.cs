namespace OfflineKit.Files;

/// <summary>What may be in the place of an output.</summary>
public enum Replacing
{
    /// <summary>Nothing: the output is new.</summary>
    Nothing,

    /// <summary>An earlier output of the same kind, or an empty file: <c>--force</c>.</summary>
    EarlierOutput,

    /// <summary>The document itself, as it was read: it is signed in place, or gets one more signature.</summary>
    WhatWasRead,
}

/// <summary>A file that will be written, and what may be in its place.</summary>
/// <param name="Path">The path as the user gave it.</param>
/// <param name="Kind">What it will hold.</param>
/// <param name="Replacing">What may be in its place.</param>
public sealed record OutputFile(string Path, OutputKind Kind, Replacing Replacing)
{
    private readonly ReadOnlyMemory<byte> _read;

    /// <summary>A document that is replaced by its next version; whoever changed it since <paramref name="read"/> was read keeps the change.</summary>
    public static OutputFile InPlace(string path, OutputKind kind, ReadOnlyMemory<byte> read) => new(path, kind, read);

    private OutputFile(string path, OutputKind kind, ReadOnlyMemory<byte> read) : this(path, kind, Replacing.WhatWasRead) => _read = read;

    /// <summary>Where the path leads: every link on the way is followed from where it stands.</summary>
    public string Place => PhysicalPath.Of(Path);

    /// <summary>A file of the same rule beside this one, called like it with <paramref name="suffix"/>.</summary>
    public OutputFile Companion(string suffix, OutputKind kind) => new(Path + suffix, kind, Replacing == Replacing.Nothing ? Replacing.Nothing : Replacing.EarlierOutput);

    /// <summary>Refuses the output unless its place is free or holds what may be replaced. Nothing is written.</summary>
    /// <exception cref="OutputException">The place is taken by something else, or there is no such folder.</exception>
    public void RefuseIfTaken()
    {
        string place = Place;
        string folder = System.IO.Path.GetDirectoryName(place) ?? throw new OutputException(OutputRefusal.Failed, $"{Path} names no file");
        if (!Directory.Exists(folder))
        {
            throw new OutputException(OutputRefusal.Failed, $"{Path}: the directory {folder} does not exist");
        }

        if (!System.IO.Path.Exists(place))
        {
            return;
        }

        if (Directory.Exists(place) || FileFacts.IsSpecial(place))
        {
            throw new OutputException(OutputRefusal.Foreign, $"{Path} is {(Directory.Exists(place) ? "a folder" : "a device or a pipe")}, not a file");
        }

        if (Replacing == Replacing.Nothing)
        {
            throw new OutputException(OutputRefusal.Exists, $"{Path} exists");
        }

        RefuseIfForeign(place);
    }

    private void RefuseIfForeign(string place)
    {
        try
        {
            using FileStream there = FileFacts.OpenToLook(place);
            if (Replacing == Replacing.WhatWasRead ? !Holds(there, _read.Span) : there.Length > 0 && !Kind.Recognises(there))
            {
                throw Replacing == Replacing.WhatWasRead
                    ? new OutputException(OutputRefusal.Changed, $"{Path} changed while it was worked on")
                    : new OutputException(OutputRefusal.Foreign, $"{Path} exists and {Kind.WhyKept}: it is not replaced");
            }
        }
        catch (Exception fault) when (FileFacts.IsOfSystem(fault))
        {
            throw new OutputException(OutputRefusal.Failed, $"{Path}: {fault.Message}", fault);
        }
    }

    private static bool Holds(FileStream file, ReadOnlySpan<byte> wanted)
    {
        if (file.Length != wanted.Length)
        {
            return false;
        }

        byte[] content = new byte[wanted.Length];
        file.ReadExactly(content);
        return wanted.SequenceEqual(content);
    }
}
