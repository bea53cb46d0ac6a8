using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Formats.Checksums;
using OfflineKit.Formats.Cms;
using OfflineKit.Formats.CodeSentinel;
using OfflineKit.Formats.Cosign;
using OfflineKit.Formats.Dossier;
using OfflineKit.Formats.Dsse;
using OfflineKit.Formats.Foreign;
using OfflineKit.Formats.GitHub;
using OfflineKit.Formats.Jsonl;
using OfflineKit.Formats.Jws;
using OfflineKit.Formats.KmsDetached;
using OfflineKit.Formats.Minisign;
using OfflineKit.Formats.Npm;
using OfflineKit.Formats.OpenPgp;
using OfflineKit.Formats.Pypi;
using OfflineKit.Formats.Sigstore;
using OfflineKit.Formats.Sentinel;
using OfflineKit.Formats.Signify;
using OfflineKit.Formats.SshSig;

namespace OfflineKit;

/// <summary>Every format, one line each.</summary>
internal static class KnownFormats
{
    /// <summary>All formats.</summary>
    public static ImmutableArray<Format> All { get; } =
    [
        new DossierFormat(),
        new MinisignFormat(),
        new DsseFormat(),
        new JwsFormat(),
        new SigstoreFormat(),
        new CosignFormat(),
        new CosignDownloadFormat(),
        new GitHubFormat(),
        new JsonLinesFormat(),
        new NpmFormat(),
        new PypiFormat(),
        new SentinelFormat(),
        new KmsDetachedFormat(),
        new SignifyFormat(),
        new SignifyEmbeddedFormat(),
        new SshSigFormat(),
        new OpenPgpFormat(),
        new ClearSignedFormat(),
        new CmsFormat(),
        new CmsSignedFormat(),
        new CodeSentinelFormat(),
        new ChecksumFormat(),
    ];

    /// <summary>The format of <paramref name="content"/>, or null when none claims it.</summary>
    public static Format? Recognise(ReadOnlySpan<byte> content, Expectations expectations) =>
        ByteOrderMark.Text(content) is { } text && ByMarks(text, expectations) is { IsSpelledFreely: true } format ? format : ByMarks(content, expectations);

    private static Format? ByMarks(ReadOnlySpan<byte> content, Expectations expectations)
    {
        foreach (Format format in All)
        {
            if (format.Recognises(content, expectations))
            {
                return format;
            }
        }

        // What bears the marks of another form is no bare value, whatever key was named.
        if (ForeignForms.Of(content) is not null)
        {
            return null;
        }

        foreach (Format format in All)
        {
            if (format.RecognisesBare(content, expectations))
            {
                return format;
            }
        }

        return null;
    }

    /// <summary>The format called <paramref name="name"/>, or null.</summary>
    public static Format? ByName(string name) => All.FirstOrDefault(format => string.Equals(format.Name, name, StringComparison.Ordinal));
}
