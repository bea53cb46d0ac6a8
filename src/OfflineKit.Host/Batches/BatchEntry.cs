using System.Collections.Immutable;
using OfflineKit.Host.Results;
using OfflineKit.Host.Serve;
using OfflineKit.Encoding;
using OfflineKit.Host.Requests;

namespace OfflineKit.Host.Batches;

/// <summary>One file to verify.</summary>
/// <param name="Path">The artefact.</param>
/// <param name="Members">The whole line, when it is a JSON object; null for a plain path.</param>
internal sealed record BatchEntry(string Path, JsonValue? Members)
{
    /// <summary>Why it cannot be asked about; null for every good one.</summary>
    public Finding? Fault { get; init; }

    /// <summary>What it is called where that is no text; empty: it is called as its path is spelled. The path of the others only shows them, and another file may be called so.</summary>
    public ImmutableArray<byte> Bytes { get; init; } = [];

    /// <summary>The files that are called as its signatures, where it was found in a folder; what of them is not used has lines as well.</summary>
    public ImmutableArray<FileFamily> Beside { get; init; } = [];

    /// <summary>How much of the list lies behind this entry, in bytes; counts for the time that is left.</summary>
    public long Position { get; init; }

    /// <summary>The signature that the line names.</summary>
    public string? SignaturePath => Members?.OptionalString("signaturePath");

    /// <summary>The line asks more than its batch does.</summary>
    public bool HasOwnParameters => Members?.Members.Any(member => member.Key is not ("path" or "signaturePath")) == true;

    /// <summary>What tells two entries apart, in a list and among results: the object as it was spelled, or what shows bytes that are no text; null: the path does.</summary>
    public ReadOnlyMemory<byte>? Object
    {
        get
        {
            if (Members is null && Bytes.IsEmpty)
            {
                return default;
            }

            return Members?.Raw ?? new ReadOnlyMemory<byte>(Utf8Text.Encode($$"""{"sha256":"{{Crypto.Digest.Sha256(Bytes.AsSpan()).Hex}}"}"""));
        }
    }

    /// <summary>What tells two entries apart.</summary>
    public ReadOnlyMemory<byte> Key => KeyOf(Object, Path);

    /// <summary>What tells the entry spelled as the object <paramref name="spelled"/> from any other; where it is none, the entry of <paramref name="path"/>.</summary>
    /// <remarks>A file may be called like any object, so what is no path begins with a byte that no path holds.</remarks>
    public static ReadOnlyMemory<byte> KeyOf(ReadOnlyMemory<byte>? spelled, string path) =>
        spelled is { } entry ? new ReadOnlyMemory<byte>([0, .. entry.Span]) : System.Text.Encoding.UTF8.GetBytes(path);

    /// <summary>The entry on one line of a list.</summary>
    public static BatchEntry Parse(byte[] line, ListForm form)
    {
        Result<BatchEntry> parsed = Result.Parse(Reasons.MalformedSignature, () => form == ListForm.Ndjson ? OfObject(line) : new BatchEntry(Named(Utf8Text.Decode(line, "path")), Members: null));
        return parsed.Value ?? new BatchEntry(Utf8Text.Spell(line.AsSpan(0, Math.Min(line.Length, 200))), Members: null) { Bytes = [.. line], Fault = UndecidedReasons.MalformedRequest.Because(parsed.Finding!.Detail) };
    }

    private static BatchEntry OfObject(byte[] line)
    {
        JsonValue members = StrictJson.ParseObject(line, "line");
        members.RefuseOtherMembers([.. RequestMembers.Names(Questions.File), "path", "signaturePath"]);
        RequestPaths.RefuseNul("signaturePath", members.OptionalString("signaturePath") ?? "");
        return new BatchEntry(Named(members.String("path")), members);
    }

    private static string Named(string path)
    {
        RequestPaths.RefuseNul("path", path);
        return path;
    }
}
