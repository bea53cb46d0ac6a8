using System.Collections.Immutable;

namespace OfflineKit.Host.Results;

/// <summary>Why nothing was decided about a file or a request: no verdict carries these, results and answers do.</summary>
internal static class UndecidedReasons
{
    public static readonly Reason PathNotFound = new(
        "path-not-found",
        "something that was named is not there, or cannot be read",
        "check the path and who may read it, and ask again");

    public static readonly Reason Usage = new(
        "usage",
        "the question cannot be asked in this way",
        "the message says what is missing or what does not fit together");

    public static readonly Reason MalformedRequest = new(
        "malformed-request",
        "a line of a list or a request does not have the form that its page describes",
        "docs/spec/requests.md shows the lines of lists, docs/spec/serve.md those of requests");

    public static readonly Reason InternalError = new(
        "internal-error",
        "the program met a case that its authors did not foresee; nothing was decided",
        "report it with the command line, as SECURITY.md says; the file is not trusted");

    public static readonly Reason Cancelled = new(
        "cancelled",
        "the request was taken back before it was begun",
        "ask again if the answer is still wanted");

    public static readonly Reason NobodyTrusted = new(
        "nobody-trusted",
        "nobody is named whose signature would count",
        "name a key, a root or an identity, or import trust");

    public static readonly Reason TrustRootReadOnly = new(
        "trust-root-read-only",
        "the trust that comes with the program cannot be changed",
        "add keys and roots to the store of this user or of this machine");

    public static readonly Reason LinkNotFollowed = new(
        "link-not-followed",
        "a link, a pipe, a socket or a device lies on the medium: it was not looked at",
        "copy what it leads to in its place, or name it");

    public static readonly Reason SignatureMissing = new(
        "signature.missing",
        "no signature is beside the file or in it",
        "get the signature from the sender, or name it with {signaturePath}");

    public static readonly Reason SignatureAlone = new(
        "signature-alone",
        "a signature without the file that it signs",
        "copy the signed file beside it, or name it");

    public static readonly Reason SignatureNotCounted = new(
        "signature-not-counted",
        "a signature beside a trusted file that is not good itself",
        "the file is trusted by another signature; ask its sender why this one is there");

    /// <summary>Every reason of this class.</summary>
    public static ImmutableArray<Reason> All { get; } =
        [PathNotFound, Usage, MalformedRequest, InternalError, Cancelled, NobodyTrusted, TrustRootReadOnly, LinkNotFollowed, SignatureMissing, SignatureAlone, SignatureNotCounted];

    /// <summary>Every reason that a verdict, a result or an answer can carry.</summary>
    public static IEnumerable<Reason> Explained => KnownReasons.All.Concat(All);

    /// <summary>The one of <see cref="Explained"/> with <paramref name="code"/>, or null.</summary>
    public static Reason? Find(string code) => KnownReasons.Find(code) ?? All.FirstOrDefault(reason => string.Equals(reason.Code, code, StringComparison.Ordinal));
}
