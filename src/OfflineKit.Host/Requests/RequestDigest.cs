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
    /// <summary><c>sha256:hex</c> over <paramref name="given"/>, whatever their order.</summary>
    public static string Of(Questions asks, ImmutableArray<GivenParameter> given)
    {
        IEnumerable<string> lines = given.Select(Counted).Order(StringComparer.Ordinal).Prepend(asks.ToString());
        return Crypto.Digest.Sha256(Utf8Text.Encode(string.Join('\n', lines))).ToString();
    }

    // Where the program keeps its own state is no part of a question; what is in force there is.
    private static string Counted(GivenParameter given) => given.Parameter.Names == ParameterNames.Place
        ? given.Parameter.Member
        : string.Join('\0', given.Words.Select(word => word.Counted).Order(StringComparer.Ordinal).Prepend(given.Parameter.Member));
}
