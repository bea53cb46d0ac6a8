using System.Text;
using OfflineKit.Encoding;

namespace OfflineKit.Signer.Tokens;

/// <summary>A request's target address in one spelling: scheme and host in lower case, no default port, no dot segments, percent escapes in upper case.</summary>
/// <remarks>Source: RFC 9449 §4.3, RFC 3986 §6.2.2 and §6.2.3.</remarks>
internal static class TargetUri
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    /// <summary>The one spelling of <paramref name="text"/>.</summary>
    /// <exception cref="MalformedException">No absolute http or https address, or one with a query, a fragment or a user.</exception>
    public static string Normalise(string text)
    {
        bool isPlain = text.All(c => c is > ' ' and < '\x7f' and not ('?' or '#' or '\\' or '@'));
        if (!isPlain || !Uri.TryCreate(text, UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https") || address.Host.Length == 0)
        {
            throw new MalformedException("htu: no plain http or https address");
        }

        int path = text.IndexOf('/', text.IndexOf("://", StringComparison.Ordinal) + 3);
        return address.GetLeftPart(UriPartial.Authority) + WithoutDots(Escapes(path < 0 ? "/" : text[path..]));
    }

    // Escapes of characters that need none are the characters; the others are written in upper case.
    private static string Escapes(string path)
    {
        StringBuilder plain = new(path.Length);
        for (int at = 0; at < path.Length; at++)
        {
            if (path[at] != '%')
            {
                plain.Append(path[at]);
                continue;
            }

            string digits = at + 2 < path.Length ? path[(at + 1)..(at + 3)].ToLowerInvariant() : "";
            byte value = digits.Length == 2 && digits.All(char.IsAsciiHexDigitLower) ? StrictHex.Decode(digits, "htu")[0] : throw new MalformedException("htu: a broken percent escape");
            plain.Append(Unreserved.Contains((char)value, StringComparison.Ordinal) ? ((char)value).ToString() : "%" + digits.ToUpperInvariant());
            at += 2;
        }

        return plain.ToString();
    }

    // RFC 3986 §5.2.4.
    private static string WithoutDots(string path)
    {
        List<string> kept = [];
        string[] segments = path[1..].Split('/');
        for (int at = 0; at < segments.Length; at++)
        {
            bool isLast = at == segments.Length - 1;
            if (segments[at] is ".." && kept.Count > 0)
            {
                kept.RemoveAt(kept.Count - 1);
            }

            if (segments[at] is not ("." or ".."))
            {
                kept.Add(segments[at]);
            }
            else if (isLast)
            {
                kept.Add("");
            }
        }

        return "/" + string.Join('/', kept);
    }
}
