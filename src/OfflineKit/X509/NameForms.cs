using System.Buffers;
using OfflineKit.Encoding;

namespace OfflineKit.X509;

/// <summary>The spelling rules of names in certificates and in name constraints.</summary>
/// <remarks>Source: RFC 5280 §4.2.1.6 and §4.2.1.10, RFC 1034 §3.5 as changed by RFC 1123.</remarks>
internal static class NameForms
{
    private static readonly SearchValues<char> OfAuthority = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~%!$&'()*+,;=:@[]");

    /// <summary>Refuses a subject's name whose text its form does not allow.</summary>
    public static void RequireName(GeneralName name)
    {
        bool fits = name.Kind switch
        {
            GeneralNameKind.Dns => IsHost(name.Text.StartsWith("*.", StringComparison.Ordinal) ? name.Text[2..] : name.Text),
            GeneralNameKind.Email => IsMailbox(name.Text),
            GeneralNameKind.Uri => name.Text.IndexOf(':', StringComparison.Ordinal) > 0,
            GeneralNameKind.IpAddress => name.Value.Length is 4 or 16,
            _ => true,
        };
        Require(fits, name);
    }

    /// <summary>Refuses the base of a name constraint whose text its form does not allow.</summary>
    public static void RequireConstraint(GeneralName name)
    {
        bool fits = name.Kind switch
        {
            GeneralNameKind.Dns => IsHost(name.Text),
            GeneralNameKind.Email => name.Text.Contains('@', StringComparison.Ordinal) ? IsMailbox(name.Text) : IsHostOrDomain(name.Text),
            GeneralNameKind.Uri => IsHostOrDomain(name.Text),
            GeneralNameKind.IpAddress => name.Value.Length is 8 or 32 && IsMask(name.Value.Span[(name.Value.Length / 2)..]),
            _ => true,
        };
        Require(fits, name);
    }

    /// <summary>The host of the URI <paramref name="uri"/>, or null when it names none.</summary>
    public static string? HostOf(string uri)
    {
        int start = uri.IndexOf("://", StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }

        string authority = uri[(start + 3)..];
        int end = authority.AsSpan().IndexOfAny('/', '?', '#');
        authority = end < 0 ? authority : authority[..end];
        // RFC 3986 §3.2: what stands there and may not is taken for the end of the host by some readers.
        if (authority.AsSpan().ContainsAnyExcept(OfAuthority))
        {
            return null;
        }

        authority = authority[(authority.LastIndexOf('@') + 1)..];
        int port = authority.IndexOf(':', StringComparison.Ordinal);
        string host = port < 0 ? authority : authority[..port];
        return IsHost(host) ? host : null;
    }

    /// <summary>A host name: letters, digits and inner hyphens, and no address in digits.</summary>
    private static bool IsHost(string text)
    {
        if (text.Length is 0 or > 253)
        {
            return false;
        }

        string[] labels = text.Split('.');
        return Array.TrueForAll(labels, IsLabel) && labels[^1].AsSpan().ContainsAnyExceptInRange('0', '9');
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    private static bool IsHostOrDomain(string text) => IsHost(text.StartsWith('.') ? text[1..] : text);

    /// <summary>A local part, <c>@</c> and a host name.</summary>
    public static bool IsMailbox(string text)
    {
        int at = text.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && IsHost(text[(at + 1)..]);
    }

    // Ones, then zeros.
    private static bool IsMask(ReadOnlySpan<byte> mask)
    {
        bool ended = false;
        foreach (byte b in mask)
        {
            for (int bit = 7; bit >= 0; bit--)
            {
                bool one = ((b >> bit) & 1) == 1;
                if (one && ended)
                {
                    return false;
                }

                ended |= !one;
            }
        }

        return true;
    }

    private static void Require(bool fits, GeneralName name)
    {
        if (!fits)
        {
            throw new MalformedException($"{name.Kind} name \"{name.Text}\" is not spelt as RFC 5280 wants it");
        }
    }
}
