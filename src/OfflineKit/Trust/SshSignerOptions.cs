using System.Globalization;
using OfflineKit.Encoding;

namespace OfflineKit.Trust;

/// <summary>The options of a line in an allowed_signers file.</summary>
/// <param name="Namespaces">The pattern list of namespaces that the key may sign for; null means every namespace.</param>
/// <param name="Validity">When the key may sign.</param>
/// <param name="IsAuthority">The key signs certificates, not files.</param>
/// <param name="AllowsNoTouch">A FIDO key's signature without a touch is accepted; offlinekit's own option.</param>
internal sealed record SshSignerOptions(string? Namespaces, Validity Validity, bool IsAuthority, bool AllowsNoTouch)
{
    /// <summary>No options.</summary>
    public static SshSignerOptions None { get; } = new(Namespaces: null, Validity.Always, IsAuthority: false, AllowsNoTouch: false);

    /// <summary>The options in <paramref name="word"/>: comma-separated, names in either case, none twice.</summary>
    public static SshSignerOptions Parse(string word, string what)
    {
        SshSignerOptions options = None;
        HashSet<string> seen = new(StringComparer.Ordinal);
        ReadOnlySpan<char> rest = word;
        while (true)
        {
            int end = SshTokens.EndOf(rest, ",");
            string option = rest[..end].ToString();
            int equals = option.IndexOf('=', StringComparison.Ordinal);
            string name = (equals < 0 ? option : option[..equals]).ToLowerInvariant();
            if (!seen.Add(name))
            {
                throw new MalformedException($"{what}: option {name} occurs twice");
            }

            options = options.With(name, equals < 0 ? null : Quoted(option[(equals + 1)..], what), what);
            if (end == rest.Length)
            {
                return options;
            }

            rest = rest[(end + 1)..];
        }
    }

    private SshSignerOptions With(string name, string? value, string what) => (name, value) switch
    {
        ("cert-authority", null) => this with { IsAuthority = true },
        ("no-touch-required", null) => this with { AllowsNoTouch = true },
        ("namespaces", { Length: > 0 }) => this with { Namespaces = value },
        ("valid-after", not null) => this with { Validity = Validity with { From = Time(value, what) } },
        ("valid-before", not null) => this with { Validity = Validity with { Until = Time(value, what) } },
        _ => throw new MalformedException($"{what}: option {name} is unknown or lacks its value"),
    };

    private static string Quoted(string value, string what) =>
        value is ['"', .. string inner, '"'] && !inner.Contains('\\', StringComparison.Ordinal)
            ? inner
            : throw new MalformedException($"{what}: an option's value stands in double quotes, without escapes");

    // OpenSSH reads a time without Z in the machine's zone; there is no machine here, so every time is UTC.
    private static DateTimeOffset Time(string text, string what)
    {
        string digits = text.EndsWith('Z') ? text[..^1] : text;
        string? form = digits.Length switch
        {
            8 => "yyyyMMdd",
            12 => "yyyyMMddHHmm",
            14 => "yyyyMMddHHmmss",
            _ => null,
        };
        return form is not null && DateTime.TryParseExact(digits, form, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime time)
            ? new DateTimeOffset(time, TimeSpan.Zero)
            : throw new MalformedException($"{what}: {text} is no time of the form YYYYMMDD[HHMM[SS]][Z]");
    }
}
