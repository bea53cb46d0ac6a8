using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.FileSystem;
using OfflineKit.Formats.Cosign;
using OfflineKit.Host.Requests;
using OfflineKit.Reporting;

namespace OfflineKit.Host.Answers;

/// <summary>The answer about a container image in an OCI layout.</summary>
internal static class ImageAnswer
{
    private const string DigestPrefix = "sha256:";
    private const int DigestDigits = 64;

    /// <summary>The digest of an image that <paramref name="text"/> is; the surface calls it <paramref name="spelling"/>.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static Digest DigestOf(string text, string spelling)
    {
        bool isDigest = text.StartsWith(DigestPrefix, StringComparison.Ordinal) && text.Length == DigestPrefix.Length + DigestDigits
            && text.Skip(DigestPrefix.Length).All(char.IsAsciiHexDigitLower);
        return isDigest
            ? Digest.FromHex(DigestAlgorithm.Sha256, text[DigestPrefix.Length..], "digest")
            : throw new UsageException($"{spelling} {text} is no image digest", "write sha256: and 64 lower-case hex digits");
    }

    /// <summary>The report on the image with the digest <paramref name="image"/> in the layout <paramref name="path"/>.</summary>
    public static Report Of(Resolution trust, string path, Digest image, DateTimeOffset time) =>
        Printed(path) is { } printed ? OfPrinted(trust, path, printed, image, time) : Of(trust, path, () => Result.Parse(ImageReasons.MalformedLayout, () => Layout(path)), image, time);

    private static Report OfPrinted(Resolution trust, string path, byte[] printed, Digest image, DateTimeOffset time)
    {
        Verdict verdict = trust.Objection(time) is { } refusal
            ? Verdict.Refused(ImageSignatures.FormatName, refusal)
            : ImageVerifier.Verify(printed, image, trust.Value!.Context(time), trust.Value.All(time));
        return new Report(image.ToString(), ArtifactSize: -1, [image.ToString()], path, verdict, trust.Roots, trust.Policies)
        {
            Notes = trust.Notes,
            Words = [KeyValuePair.Create("image", "not here, only what was signed about it")],
        };
    }

    // An archive of a layout begins with a file's name or a compressor's mark, never with a brace.
    private static byte[]? Printed(string path)
    {
        if (FileStatus.IsFolder(path))
        {
            return null;
        }

        using Stream stream = InputFile.Open(path, "image layout");
        if (!stream.CanSeek || stream.ReadByte() != '{')
        {
            return null;
        }

        stream.Position = 0;
        return InputFile.ReadAll(stream, Limits.SignatureFile, $"signatures {path}");
    }

    /// <summary>The same, in a layout that is read by <paramref name="layoutAt"/> or was read before.</summary>
    public static Report Of(Resolution trust, string path, Func<Result<OciLayout>> layoutAt, Digest image, DateTimeOffset time)
    {
        Result<OciLayout> read = trust.Objection(time) is { } refusal ? new Result<OciLayout>(Value: null, refusal) : layoutAt();
        Verdict verdict = read.Value is { } layout
            ? ImageVerifier.Verify(layout, image, trust.Value!.Context(time), trust.Value.All(time))
            : Verdict.Refused(ImageSignatures.FormatName, read.Finding!);
        return new Report(image.ToString(), ArtifactSize: -1, [image.ToString()], path, verdict, trust.Roots, trust.Policies)
        {
            Notes = trust.Notes,
            Words = read.Value is null ? [] : [KeyValuePair.Create("image", read.Value.Holds(image) ? "in the layout" : "not in the layout, only what was signed about it")],
        };
    }

    /// <summary>The layout at <paramref name="path"/>, a folder or an archive.</summary>
    /// <exception cref="MalformedException">It is none.</exception>
    public static OciLayout Layout(string path)
    {
        if (FileStatus.IsFolder(path))
        {
            return OciLayout.FromFolder(path);
        }

        using Stream stream = InputFile.Open(path, "image layout");
        return OciLayout.FromTar(stream);
    }
}
