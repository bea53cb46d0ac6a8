using OfflineKit.Encoding;

namespace OfflineKit.Formats.Pypi;

/// <summary>The name of a wheel or source distribution, taken apart, so that two spellings of one name are equal.</summary>
/// <param name="Project">Normalised: lower case, runs of <c>-_.</c> as one hyphen.</param>
/// <param name="Version">Normalised (PEP 440).</param>
/// <param name="Build">The wheel's build tag; empty without one.</param>
/// <param name="Tags">The wheel's compatibility tags, expanded and sorted; empty for a source distribution.</param>
/// <param name="Suffix"><c>.whl</c>, <c>.tar.gz</c> or <c>.zip</c>.</param>
/// <remarks>Source: binary distribution format (wheel) and source distribution file name specifications, PEP 503.</remarks>
internal sealed record DistributionName(string Project, string Version, string Build, string Tags, string Suffix)
{
    /// <summary>The distribution called <paramref name="fileName"/>.</summary>
    /// <exception cref="MalformedException">It is no such name.</exception>
    public static DistributionName Parse(string fileName)
    {
        foreach (string suffix in (ReadOnlySpan<string>)[".whl", ".tar.gz", ".zip"])
        {
            if (fileName.EndsWith(suffix, StringComparison.Ordinal) && fileName.All(c => c is > ' ' and < '\x7f' and not ('/' or '\\')))
            {
                string stem = fileName[..^suffix.Length];
                return suffix == ".whl" ? Wheel(stem, fileName) : Source(stem, suffix, fileName);
            }
        }

        throw Malformed(fileName);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Project} {Version}{(Build.Length > 0 ? " build " + Build : "")}{(Tags.Length > 0 ? " for " + Tags : "")} ({Suffix})";

    private static DistributionName Wheel(string stem, string fileName)
    {
        string[] parts = stem.Split('-');
        if (parts.Length is not (5 or 6) || parts.Any(part => part.Length == 0) || (parts.Length == 6 && !char.IsAsciiDigit(parts[2][0])))
        {
            throw Malformed(fileName);
        }

        string build = parts.Length == 6 ? parts[2] : "";
        IEnumerable<string> tags = from python in parts[^3].Split('.') from abi in parts[^2].Split('.') from platform in parts[^1].Split('.') select $"{python}-{abi}-{platform}";
        return new DistributionName(
            Normalised(parts[0], fileName),
            PythonVersion.Normalise(parts[1], fileName),
            build,
            string.Join(' ', tags.Select(tag => tag.ToLowerInvariant()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)),
            ".whl");
    }

    // The version holds no hyphen, so the last one divides.
    private static DistributionName Source(string stem, string suffix, string fileName)
    {
        int cut = stem.LastIndexOf('-');
        return cut > 0 && cut < stem.Length - 1
            ? new DistributionName(Normalised(stem[..cut], fileName), PythonVersion.Normalise(stem[(cut + 1)..], fileName), Build: "", Tags: "", suffix)
            : throw Malformed(fileName);
    }

    private static string Normalised(string project, string fileName)
    {
        if (project.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.')))
        {
            throw Malformed(fileName);
        }

        return string.Join('-', project.ToLowerInvariant().Split('-', '_', '.').Where((part, i) => part.Length > 0 || i == 0));
    }

    private static MalformedException Malformed(string fileName) => new(PypiReasons.FileName, $"\"{fileName}\", wanted the name of a wheel, .tar.gz or .zip");
}
