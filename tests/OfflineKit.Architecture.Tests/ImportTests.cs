using System.Text.RegularExpressions;
using OfflineKit.Testing;

namespace OfflineKit.Architecture.Tests;

/// <summary>Folders of the core import one way only.</summary>
public sealed partial class ImportTests
{
    private static readonly string[] Foundation = ["Encoding", "FileSystem", "Archives", "Crypto", "X509", "Transparency", "Timestamping", "Trust"];

    // What a folder may import; root vocabulary (Reason, Finding, Evidence …) is free for all.
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Encoding"] = [],
        ["FileSystem"] = ["Encoding"],
        ["Archives"] = ["Encoding"],
        ["Crypto"] = ["Encoding"],
        ["X509"] = ["Encoding", "Crypto"],
        ["Transparency"] = ["Encoding", "Crypto", "X509"],
        ["Timestamping"] = ["Encoding", "Crypto", "X509"],
        ["Trust"] = ["Encoding", "FileSystem", "Archives", "Crypto", "X509", "Transparency", "Timestamping"],
        ["Policy"] = ["Encoding"],
        ["Reporting"] = ["Encoding"],

        // Whole exports stand above the formats: a kit holds files of all of them (decision 0030).
        ["Exports"] = [.. Foundation, "Formats", "Policy"],
    };

    // Which format may read which other format.
    private static readonly Dictionary<string, string[]> Formats = new(StringComparer.Ordinal)
    {
        ["Dossier"] = ["Minisign"],
        ["Sigstore"] = ["Dsse"],
        ["Cosign"] = ["Sigstore", "Dsse"],
        ["GitHub"] = ["Sigstore"],
        ["Jws"] = ["Foreign"],
        ["Checksums"] = ["Foreign"],
        ["SshSig"] = ["Foreign"],
        ["Jsonl"] = ["Sigstore", "Dsse", "Cosign", "Foreign"],
        ["Npm"] = ["Sigstore", "Dsse"],
        ["Pypi"] = ["Sigstore", "Dsse"],
    };

    [Fact]
    public void Every_import_goes_the_allowed_way()
    {
        List<string> wrong = [];
        foreach (string file in Sources.Below("src/OfflineKit"))
        {
            string[] parts = file.Split('/')[2..^1];
            if (parts.Length > 0)
            {
                wrong.AddRange(Imports(file).Where(import => !MayImport(parts, import)).Select(import => $"{file}: {import}"));
            }
        }

        Sources.AssertNone(wrong);
    }

    private static bool MayImport(string[] folder, string import)
    {
        string[] target = import.Split('.');
        if (target[0] == folder[0] && folder[0] != "Formats")
        {
            return true;
        }

        if (folder[0] != "Formats")
        {
            return Allowed.TryGetValue(folder[0], out string[]? allowed) && allowed.Contains(target[0]);
        }

        return target[0] == "Formats"
            ? target.Length > 1 && (target[1] == folder[1] || (Formats.TryGetValue(folder[1], out string[]? declared) && declared.Contains(target[1])))
            : Foundation.Contains(target[0]);
    }

    // By using directive, or by a name that begins with a folder: namespaces inside OfflineKit see each other without a directive.
    private static IEnumerable<string> Imports(string file) => Sources.Code(file)
        .SelectMany(line => Import().Matches(line))
        .Select(match => match.Groups["folder"].Value)
        .Where(import => !import.StartsWith("Formats.", StringComparison.Ordinal) || Directory.Exists(Repository.Path("src", "OfflineKit", import.Replace('.', '/'))))
        .Distinct();

    [GeneratedRegex(@"(^using (static )?OfflineKit\.|(?<![\w.""])(OfflineKit\.)?(?=(Archives|Crypto|X509|Transparency|Timestamping|Formats|Policy|Reporting)\.[A-Z][A-Za-z]+[.( ]))(?<folder>[A-Z][A-Za-z0-9]+(\.[A-Z][A-Za-z0-9]+)?)", RegexOptions.ExplicitCapture)]
    private static partial Regex Import();
}
