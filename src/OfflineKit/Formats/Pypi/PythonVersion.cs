using System.Text;
using System.Text.RegularExpressions;
using OfflineKit.Encoding;

namespace OfflineKit.Formats.Pypi;

/// <summary>Versions of Python distributions in their one normal form.</summary>
/// <remarks>Source: version specifiers (PEP 440): epoch, release without trailing zeros, pre-, post- and development release, local part.</remarks>
internal static partial class PythonVersion
{
    /// <summary>The normal form of <paramref name="version"/>: equal versions have equal forms.</summary>
    /// <exception cref="MalformedException">Not a version.</exception>
    public static string Normalise(string version, string fileName)
    {
        Match match = Form().Match(version.Length > 128 ? "" : version.ToLowerInvariant());
        if (!match.Success)
        {
            throw new MalformedException(PypiReasons.FileName, $"\"{fileName}\": \"{version}\" is no version");
        }

        StringBuilder normal = new();
        string epoch = Number(match.Groups["epoch"].Value), release = string.Join('.', match.Groups["release"].Value.Split('.').Select(Number));
        normal.Append(epoch == "0" ? "" : epoch + "!").Append(WithoutZeros(release));
        if (match.Groups["pre"].Success)
        {
            normal.Append(match.Groups["pre"].Value switch
            {
                "a" or "alpha" => "a",
                "b" or "beta" => "b",
                _ => "rc",
            }).Append(Number(match.Groups["preNumber"].Value));
        }

        normal.Append(match.Groups["post"].Success ? ".post" + Number(match.Groups["postNumber"].Value + match.Groups["postBare"].Value) : "");
        normal.Append(match.Groups["dev"].Success ? ".dev" + Number(match.Groups["devNumber"].Value) : "");
        normal.Append(match.Groups["local"].Success ? "+" + string.Join('.', match.Groups["local"].Value.Split('.', '-', '_').Select(LocalPart)) : "");
        return normal.ToString();
    }

    private static string WithoutZeros(string release)
    {
        while (release.EndsWith(".0", StringComparison.Ordinal))
        {
            release = release[..^2];
        }

        return release;
    }

    private static string LocalPart(string part) => part.All(char.IsAsciiDigit) ? Number(part) : part;

    private static string Number(string digits) => digits.TrimStart('0') is { Length: > 0 } number ? number : "0";

    [GeneratedRegex(
        @"^v?((?<epoch>[0-9]+)!)?(?<release>[0-9]+(\.[0-9]+)*)([-_.]?(?<pre>alpha|beta|preview|pre|rc|a|b|c)[-_.]?(?<preNumber>[0-9]*))?(?<post>-(?<postBare>[0-9]+)|[-_.]?(post|rev|r)[-_.]?(?<postNumber>[0-9]*))?(?<dev>[-_.]?dev[-_.]?(?<devNumber>[0-9]*))?(\+(?<local>[a-z0-9]+([-_.][a-z0-9]+)*))?\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();
}
