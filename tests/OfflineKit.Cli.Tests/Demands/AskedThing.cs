using System.Text.RegularExpressions;
using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests.Demands;

/// <summary>Something that is trusted as it stands, and the command line that finds it so: what is demanded besides must change that, or be refused.</summary>
/// <param name="Name">The format or layout, or the command where it asks for one thing only.</param>
/// <param name="Folder">The folder in tests/vectors.</param>
/// <param name="Line">The command line.</param>
public sealed record AskedThing(string Name, string Folder, string Line)
{
    private static readonly string Vectors = Repository.Path("tests", "vectors");

    /// <summary>Formats that are never trusted, so that nothing can be lost on them.</summary>
    public static readonly string[] NeverTrusted = ["checksums"];

    /// <summary>Each format under <c>verify</c>.</summary>
    public static readonly AskedThing[] Formats =
    [
        Of("dossier", "dossier/generic-verify"), Of("minisign", "minisign/prehashed"), Of("sigstore", "sigstore/cli-verify"), Of("cosign", "cosign/keyless"), Of("json-lines", "json-lines/one-of-two"), Of("cosign-download", "cosign-download/signature-of-manifest"), Of("github", "github/one"),
        new("dsse", "dsse/all-digests-agree", "verify ../_keys/a.txt --signature env.json --key ../_keys/one.pem"), Of("jws", "jws/detached-es256"), Of("jws", "jws/token"), Of("npm", "npm/provenance"), Of("pypi", "pypi/provenance"), Of("sentinel", "sentinel/by-verify"),
        Of("kms-detached", "kms-detached/p256-by-its-curve"), Of("kms-detached", "kms-detached/aws-json"), Of("kms-detached", "kms-detached/ed25519-by-its-kind"), Of("signify", "signify/detached"),
        Of("signify-embedded", "signify/embedded"), Of("sshsig", "sshsig/ed"), Of("openpgp", "openpgp/detached-ed"), Of("openpgp-clearsigned", "openpgp/clearsigned"), Of("cms", "cms/pinned-p256"), Of("cms-signed", "cms/opaque"), Of("codesentinel", "codesentinel/aws-kms"), Of("codesentinel", "codesentinel/log-signed"),
    ];

    /// <summary>Each layout under <c>verify-export</c>.</summary>
    public static readonly AskedThing[] Layouts =
    [
        .. new[] { "offlinekit-kit", "offline-update-kit", "export-center", "export-kit", "devportal", "evidence-locker", "evidence-export", "stella-bundle", "mirror", "model-signing", "checksums" }
            .Select(layout => Of(layout, $"exports/{layout}-good")),
    ];

    /// <summary>Every other command that verifies.</summary>
    public static readonly AskedThing[] Others =
    [
        Of("verify-image", "oci-image/key"), Of("verify-bundle", "sigstore/message-rekor-v1"), Of("verify-envelope", "dsse/all-digests-agree"), Of("dossier verify", "dossier-v3/v2"),
        Of("policy verify", "sentinel/file-layout"), Of("verify-logs", "sentinel/log-intact"),
    ];

    /// <summary>All of them.</summary>
    public static IEnumerable<AskedThing> All => Formats.Concat(Layouts).Concat(Others);

    /// <summary>The words of the command line; files by their whole paths, because a run reads each path once.</summary>
    public string[] Words => [.. Line.Split(' ').Select(Whole)];

    /// <summary>The command, of one or two words.</summary>
    public string Command => Line.Split(' ') is ["dossier" or "policy", string verb, ..] words ? $"{words[0]} {verb}" : Line.Split(' ')[0];

    /// <summary>The exit status of the program in this process, with <paramref name="words"/>.</summary>
    public static int Run(string[] words)
    {
        using MutedOutput muted = new();
        return (int)typeof(CommandTable).Assembly.EntryPoint!.Invoke(null, [words])!;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Command} {Folder}";

    private static AskedThing Of(string name, string vector) =>
        new(name, vector, Regex.Match(File.ReadAllText(Path.Combine(Vectors, vector, "case.txt")), "^args: (.*)$", RegexOptions.Multiline).Groups[1].Value.Trim());

    private string Whole(string word)
    {
        int path = word.IndexOf('=', StringComparison.Ordinal) + 1;
        string whole = Path.GetFullPath(Path.Combine(Vectors, Folder, word[path..]));
        return !word.StartsWith('-') && Path.Exists(whole) ? word[..path] + whole : word;
    }
}
