using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using OfflineKit.Trust;

namespace OfflineKit.Cli.Batches;

/// <summary>The options that a whole batch was asked with, as words of a command line.</summary>
/// <param name="Words">One word each, <c>--option=value</c>; those that say how to run rather than what to decide are left out.</param>
internal sealed record OptionTokens(ImmutableArray<string> Words)
{
    private static readonly ImmutableArray<string> OnlyPresentation = ["--output"];

    /// <summary>The options of <paramref name="arguments"/> without those of <paramref name="apart"/>.</summary>
    public static OptionTokens Of(ParseResult arguments, IEnumerable<Option> apart) => new(
    [
        .. arguments.CommandResult.Children.OfType<OptionResult>()
            .Where(result => !result.Implicit && !apart.Contains(result.Option) && !OnlyPresentation.Contains(result.Option.Name, StringComparer.Ordinal))
            .SelectMany(result => result.Tokens.Count == 0 ? [result.Option.Name] : result.Tokens.Select(token => $"{result.Option.Name}={token.Value}")),
    ]);

    /// <summary>SHA-256 of the words, of the files that they name, of the trust in force and of what was <paramref name="imported"/>: results under another question are not kept by <c>--resume</c>.</summary>
    public string Digest(TrustStore? trust, IEnumerable<string> imported)
    {
        StringBuilder text = new();
        foreach (string word in Words.Order(StringComparer.Ordinal))
        {
            string value = word[(word.IndexOf('=', StringComparison.Ordinal) + 1)..];
            string[] files = File.Exists(value) ? [value] : Directory.Exists(value) ? [.. Directory.GetFiles(value).Order(StringComparer.Ordinal)] : [];
            // A key file is what it holds, wherever it lies: the parts of a list may be decided on several machines.
            string named = files.Length > 0 ? word[..word.IndexOf('=', StringComparison.Ordinal)] : word;
            Line(text, [named, .. files.Select(file => Crypto.Digest.Sha256(InputFile.ReadAll(file, Limits.SignedDocument, "file")).Hex)]);
        }

        Line(text, BundledTrust.ReadManifest().Roots.Select(root => root.ContentDigest.Hex));
        Line(text, trust?.Keys.Select(key => $"{key.Material.Fingerprint} {key.Status}").Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>());
        Line(text, TrustOptions.InForce(trust).Select(root => $"{root.Name} {root.Source} {root.RetrievedOn}"));
        Line(text, trust?.Revocations.ByFingerprint.Select(revoked => $"{revoked.Key} {revoked.Value}").Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>());
        Line(text, imported);
        return Crypto.Digest.Sha256(System.Text.Encoding.UTF8.GetBytes(text.ToString())).ToString();
    }

    private static void Line(StringBuilder text, IEnumerable<string> words) => text.AppendJoin('\0', words).Append('\n');
}
