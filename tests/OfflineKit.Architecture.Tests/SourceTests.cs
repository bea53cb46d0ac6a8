using System.Text;
using System.Text.RegularExpressions;
using OfflineKit.Testing;

namespace OfflineKit.Architecture.Tests;

/// <summary>Rules that hold for the text of the sources.</summary>
public sealed partial class SourceTests
{
    [Fact]
    public void Every_catch_of_the_core_is_approved()
    {
        StringBuilder map = new();
        foreach (string file in Sources.Below("src/OfflineKit"))
        {
            foreach (Match match in Sources.Code(file).Select(line => Catch().Match(line)).Where(match => match.Success))
            {
                map.Append(file).Append(": ").Append(match.Value).Append('\n');
            }
        }

        // No UPDATE here: a new catch is looked at by a person.
        string wanted = File.ReadAllText(Repository.Path("tests", "OfflineKit.Architecture.Tests", "catches.txt"));
        Assert.Equal(string.Join('\n', wanted.Split('\n').Where(line => line.Length > 0 && !line.StartsWith('#'))), map.ToString().TrimEnd('\n'));
    }

    [Fact]
    public void No_tracked_file_names_a_machine_path_or_a_package_registry()
    {
        // Spelled in halves, so that this file does not name them either.
        string[] forbidden = ["/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/", "api.nug" + "et.org", "//registry.npm" + "js", "deb.deb" + "ian.org"];
        StringBuilder found = new();
        foreach (string file in Sources.Tracked().Where(file => !file.StartsWith("tests/vectors/", StringComparison.Ordinal) || file.EndsWith(".sh", StringComparison.Ordinal)))
        {
            string text = File.ReadAllText(Repository.Path(file));
            foreach (string word in forbidden.Where(word => text.Contains(word, StringComparison.Ordinal)))
            {
                found.Append(file).Append(": ").Append(word).Append('\n');
            }
        }

        Sources.AssertNone(found.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Every_project_has_its_lock_file() =>
        Sources.AssertNone(Sources.Tracked()
            .Where(file => file.EndsWith(".csproj", StringComparison.Ordinal))
            .Select(file => Path.Combine(Path.GetDirectoryName(file)!, "packages.lock.json"))
            .Where(file => !File.Exists(Repository.Path(file))));

    [GeneratedRegex(@"\bcatch\b(\s*\([A-Za-z.]+)?", RegexOptions.ExplicitCapture)]
    private static partial Regex Catch();

    // The first call into OpenSSL decides whether it reads openssl.cnf, which can load code; Crypto/OpenSsl.cs must be that call.
    [Fact]
    public void Only_the_crypto_folder_calls_the_platforms_cryptography()
    {
        string[] calls = ["SHA1.", "SHA256.", "SHA384.", "SHA512.", "HMACSHA256.", "IncrementalHash.", "RSA.Create", "ECDsa.Create"];
        List<string> wrong = [];
        foreach (string file in Sources.Below("src/OfflineKit").Concat(Sources.Below("src/OfflineKit.Host")).Concat(Sources.Below("src/OfflineKit.Cli")).Where(file => !file.StartsWith("src/OfflineKit/Crypto/", StringComparison.Ordinal)))
        {
            wrong.AddRange(Sources.Code(file).Where(line => calls.Any(call => line.Contains(" " + call, StringComparison.Ordinal) || line.Contains("(" + call, StringComparison.Ordinal))).Select(line => $"{file}: {line.Trim()}"));
        }

        Sources.AssertNone(wrong);
    }
}
