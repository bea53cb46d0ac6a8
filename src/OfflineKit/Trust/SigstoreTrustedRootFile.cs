using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.Trust;

/// <summary>Reads a Sigstore <c>trusted_root.json</c>, JSON Lines of several, or the client configuration that holds one.</summary>
/// <remarks>
/// Errors: <see cref="MalformedException"/> with the reason <c>trust.malformed</c> where no root can be read at all; what only a part of a root cannot say is left out and
/// reported (<see cref="TrustedRootReader"/>). Source: docs/spec/trusted-root.md (F8–F15).
/// </remarks>
internal static class SigstoreTrustedRootFile
{
    private const string ClientConfiguration = "application/vnd.dev.sigstore.clienttrustconfig.v0.1+json";

    private static readonly ImmutableArray<string> MediaTypes =
    [
        "application/vnd.dev.sigstore.trustedroot+json;version=0.1",
        "application/vnd.dev.sigstore.trustedroot.v0.1+json",
        "application/vnd.dev.sigstore.trustedroot.v0.2+json",
    ];

    /// <summary>Every root in <paramref name="content"/>; at least one. A line of several that is of a later version is left out and named by the others.</summary>
    public static ImmutableArray<SigstoreTrustedRoot> Parse(ReadOnlyMemory<byte> content, string name, string retrievedOn)
    {
        content = ByteOrderMark.Narrow(content, "trusted root");
        ImmutableArray<ReadOnlyMemory<byte>> lines = JsonLines.Split(content);
        bool isLines = lines.Length > 1 && lines.All(line => line.Span[0] == (byte)'{' && line.Span[^1] == (byte)'}');
        return isLines ? Several(lines, name, retrievedOn) : [ParseOne(content, name, retrievedOn)];
    }

    private static ImmutableArray<SigstoreTrustedRoot> Several(ImmutableArray<ReadOnlyMemory<byte>> lines, string name, string retrievedOn)
    {
        ImmutableArray<Result<SigstoreTrustedRoot>> read =
            [.. lines.Select((line, i) => Result.Parse(Reasons.MalformedTrust, () => ParseOne(line, $"{name} line {i + 1}", retrievedOn)))];
        ImmutableArray<SigstoreTrustedRoot> roots = [.. read.Select(one => one.Value).OfType<SigstoreTrustedRoot>()];
        if (roots.IsEmpty)
        {
            throw new MalformedException(read[0].Finding!.Reason, read[0].Finding!.Detail);
        }

        ImmutableArray<LeftOutPart> lost = [.. read.Select((one, i) => one.Finding is { } finding ? new LeftOutPart("", $"{name} line {i + 1}: {finding.Detail}", []) { IsInstance = true } : null).OfType<LeftOutPart>()];
        return [.. roots.Select(root => root with { LeftOut = [.. root.LeftOut, .. lost] })];
    }

    private static SigstoreTrustedRoot ParseOne(ReadOnlyMemory<byte> content, string name, string retrievedOn)
    {
        JsonValue json = StrictJson.ParseObject(content, "trusted root");
        string mediaType = json.FieldText("mediaType");
        if (mediaType == ClientConfiguration)
        {
            json = json.FieldObject("trustedRoot");
            mediaType = json.FieldText("mediaType");
        }

        return MediaTypes.Contains(mediaType, StringComparer.Ordinal)
            ? new TrustedRootReader(name).Read(json, retrievedOn)
            : throw new MalformedException(Reasons.MalformedTrust, $"trusted root: media type \"{mediaType}\" is not known");
    }
}
