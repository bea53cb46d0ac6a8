using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.Host.Requests;

/// <summary>What was asked, as one number: results under another one are not kept.</summary>
/// <remarks>
/// A file counts by its content and its name, since policies call a key by that, and not by where it lies: the parts of a list may be decided on several
/// machines. Only a parameter that names a file stands for the content of one: <c>--identity bob</c> is a name, whatever files lie around.
/// </remarks>
internal static class RequestDigest
{
    /// <summary><c>sha256:hex</c> over <paramref name="given"/>, whatever their order, and over <paramref name="ofBatch"/>: what a line says is less than what is said for the whole batch.</summary>
    public static string Of(Questions asks, ImmutableArray<GivenParameter> given, VerifyRequest? ofBatch) =>
        Crypto.Digest.OfTexts([asks.ToString(), ofBatch?.Digest, .. given.Select(Counted).Order(StringComparer.Ordinal)]).ToString();

    // Where the program keeps its own state is no part of a question; what is in force there is.
    private static string Counted(GivenParameter given) => Netstring.List(given.Parameter.Names == ParameterNames.Place
        ? [given.Parameter.Member]
        : given.Words.Select(word => word.Counted).Order(StringComparer.Ordinal).Prepend(given.Parameter.Member));
}
