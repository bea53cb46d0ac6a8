using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Transparency;

namespace OfflineKit.Formats.Sigstore;

/// <summary>Whether a checkpoint is the statement of the log that an entry names.</summary>
/// <remarks>
/// What binds is the log's id. Rekor v1 makes it of the key alone, and signs under the name that its server was started with, which in a cluster is a pod's; Rekor v2
/// makes it of origin and key. An id that is neither is believed for the log's own address. Source: docs/spec/sigstore.md §5 (F14–F17).
/// </remarks>
internal static class CheckpointOwner
{
    /// <summary>Why <paramref name="checkpoint"/> is not signed by <paramref name="log"/>, or null.</summary>
    /// <remarks>A signature line of the log that does not verify refuses the note, whatever other lines say.</remarks>
    public static Finding? Objection(Checkpoint checkpoint, TransparencyLog log)
    {
        if (log.IsCalledByKey)
        {
            return checkpoint.Note.Judge(NoteKey.OfAnyName(log.Id.Span, log.Key));
        }

        return log.IsCalledBy(checkpoint.Origin)
            ? checkpoint.Note.Judge(new NoteKey(checkpoint.Origin, NoteKey.Short(log.Id.Span), log.Key))
            : OriginObjection(checkpoint, log) ?? SignatureObjection(checkpoint, log);
    }

    private static Finding? OriginObjection(Checkpoint checkpoint, TransparencyLog log)
    {
        ImmutableArray<string> names = NamesOf(log);
        return names.Any(name => string.Equals(checkpoint.Origin, name, StringComparison.Ordinal) || IsShardOf(checkpoint.Origin, name))
            ? null
            : LogReasons.WrongOrigin.Because($"the origin is \"{checkpoint.Origin}\", of which the id of {log.Name} is not made{(names.IsEmpty ? "" : $"; wanted {string.Join(" or ", names)}")}");
    }

    // Rekor v1 appends its tree id: "rekor.sigstore.dev - 1193050959916656506".
    private static bool IsShardOf(string origin, string name) =>
        origin.Length > name.Length + 3
        && origin.StartsWith(name + " - ", StringComparison.Ordinal)
        && origin.AsSpan(name.Length + 3).IndexOfAnyExceptInRange('0', '9') < 0;

    // The line must carry one of the log's names and its key id.
    private static Finding? SignatureObjection(Checkpoint checkpoint, TransparencyLog log)
    {
        ImmutableArray<Finding?> objections =
            [.. NamesOf(log).Select(name => checkpoint.Note.Judge(new NoteKey(name, NoteKey.Short(log.Id.Span), log.Key)))];
        return objections.FirstOrDefault(finding => finding?.Reason == LogReasons.NoteMismatch)
            ?? (objections.Contains(null) ? null : objections[0]);
    }

    // F17: the scheme-less base address, the host with its port, or the host alone.
    private static ImmutableArray<string> NamesOf(TransparencyLog log)
    {
        int scheme = log.BaseUrl.IndexOf("://", StringComparison.Ordinal);
        string address = (scheme < 0 ? log.BaseUrl : log.BaseUrl[(scheme + 3)..]).TrimEnd('/');
        string authority = address.Split('/')[0], host = authority.Split(':')[0];
        return [.. new[] { address, authority, host }.Distinct(StringComparer.Ordinal).Where(NoteKey.IsName)];
    }
}
