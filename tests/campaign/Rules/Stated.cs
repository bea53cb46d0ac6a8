using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using OfflineKit.Campaign.Cases;

namespace OfflineKit.Campaign.Rules;

/// <summary>Which files of a case are stated by their digests: a list, a manifest or a payload holds it.</summary>
internal static partial class Stated
{
    private static readonly ConcurrentDictionary<string, string> Known = new(StringComparer.Ordinal);

    /// <summary>Another file of the case, or another member of the same archive, states the digest of the content before.</summary>
    public static bool IsDigestOf(Acceptance one) => IsStated(one.Before, one.Case.Files.Where(file => file != one.File).Select(file => Path.Combine(one.Case.Base, file.Path)).Select(path => Known.GetOrAdd(path, static path => Text(File.ReadAllBytes(path)))))
        || (one.Siblings is { } members && IsStated(one.Before, members.Select(Text)));

    private static bool IsStated(byte[] content, IEnumerable<string> texts)
    {
        string[] digests = [Convert.ToHexString(SHA256.HashData(content)), Convert.ToHexString(SHA384.HashData(content)), Convert.ToHexString(SHA512.HashData(content))];
        string[] encoded = [.. digests.Select(digest => Convert.ToBase64String(Convert.FromHexString(digest)))];
        return texts.Any(text => digests.Any(digest => text.Contains(digest, StringComparison.OrdinalIgnoreCase)) || encoded.Any(digest => text.Contains(digest, StringComparison.Ordinal)));
    }

    // With what it holds in base64, which may hold base64 itself.
    private static string Text(byte[] content)
    {
        string text = System.Text.Encoding.Latin1.GetString(content), all = text;
        for (int depth = 0; depth < 2; depth++)
        {
            text = string.Concat(Base64().Matches(text.Replace('-', '+').Replace('_', '/')).Select(match => System.Text.Encoding.Latin1.GetString(Decoded(match.Value))));
            all += text;
        }

        return all;
    }

    private static byte[] Decoded(string text)
    {
        byte[] bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text.TrimEnd('=')[..(text.TrimEnd('=').Length / 4 * 4)], bytes, out int length) ? bytes[..length] : [];
    }

    [GeneratedRegex("[A-Za-z0-9+/]{40,}=*", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Base64();
}
