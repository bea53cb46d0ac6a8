using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace OfflineKit.Signer.Http;

/// <summary>Ids of requests, and keys by which clients repeat them.</summary>
internal static partial class RequestIds
{
    /// <summary><paramref name="given"/>, if it has the form of an id; otherwise a new one.</summary>
    public static string Of(string? given) => given is not null && Form().IsMatch(given) ? given : RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary><paramref name="given"/> has the form of an id.</summary>
    public static bool IsId(string given) => Form().IsMatch(given);

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,128}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
