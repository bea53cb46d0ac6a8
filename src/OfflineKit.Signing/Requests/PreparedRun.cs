using System.Collections.Immutable;
using OfflineKit.Files;
using OfflineKit.Signing.Output;

namespace OfflineKit.Signing.Requests;

/// <summary>A subject whose place is known, and whose bytes are read if it is replaced.</summary>
internal sealed record PreparedSubject(SubjectRequest Request, Func<Stream> Open, OutputTarget Target);

/// <summary>A request whose documents are read: those that will be replaced are locked first, so that nobody signs what another process is about to replace.</summary>
internal sealed class PreparedRun : IDisposable
{
    private readonly List<FileLock> _locks = [];
    private readonly TimeSpan? _patience;

    private PreparedRun(SigningRequest request, TimeSpan? patience)
    {
        _patience = patience;
        try
        {
            if (request.Amendment is { } amendment)
            {
                byte[] document = Read(amendment.Path, amendment.Open);
                Format = amendment.FormatOf(document);
                Subjects = [.. request.Subjects.Select(subject => new PreparedSubject(subject, subject.Open, OutputTarget.InPlace(amendment.Path, document)))];
            }
            else
            {
                Format = request.Format ?? throw new ArgumentException("the request names no form", nameof(request));
                Subjects = [.. request.Subjects.Select(subject => subject.Target is { } target ? new PreparedSubject(subject, subject.Open, target) : InPlace(subject))];
            }
        }
        catch (OutputException fault)
        {
            Dispose();
            throw SigningReasons.Refusal(fault);
        }
        catch (Exception)
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The form of the signatures.</summary>
    public SignatureFormat Format { get; }

    /// <summary>What is signed.</summary>
    public ImmutableArray<PreparedSubject> Subjects { get; }

    /// <summary>A run that writes.</summary>
    public static PreparedRun Locked(SigningRequest request) => new(request, request.Patience);

    /// <summary>A run that writes nothing, and leaves nothing, not even a lock.</summary>
    public static PreparedRun Unlocked(SigningRequest request) => new(request, patience: null);

    /// <summary>Lets other processes at the documents.</summary>
    public void Dispose() => _locks.ForEach(held => held.Dispose());

    private PreparedSubject InPlace(SubjectRequest subject)
    {
        byte[] document = Read(subject.Name, subject.Open);
        return new PreparedSubject(subject, () => new MemoryStream(document, writable: false), OutputTarget.InPlace(subject.Name, document));
    }

    private byte[] Read(string path, Func<Stream> open)
    {
        if (_patience is { } patience)
        {
            // A document that is not there has its own message, and leaves no lock.
            open().Dispose();
            _locks.Add(FileLock.OfDocument(path, patience));
        }

        using Stream document = open();
        using MemoryStream content = new();
        byte[] block = new byte[64 * 1024];
        for (int count; (count = document.Read(block)) > 0;)
        {
            content.Write(block, 0, count);
            if (content.Length > Limits.SignedDocument)
            {
                throw SigningReasons.UnsuitableSubject.Refusal($"{path} is larger than {Limits.SignedDocument} bytes");
            }
        }

        return content.ToArray();
    }
}
