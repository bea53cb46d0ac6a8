using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests.Demands;

/// <summary>What every option of a verifying command is: a demand with a value that nothing in the vectors satisfies, a name of something that is not there, or none of both.</summary>
internal static class OptionKinds
{
    private static readonly string Vectors = Repository.Path("tests", "vectors");
    private static readonly string Missing = Path.Combine(Vectors, "no-such-file");

    /// <summary>The words that add the demand to a command line; null for options that demand nothing.</summary>
    public static readonly Dictionary<string, string[]?> Demands = new(StringComparer.Ordinal)
    {
        // What is asked, and by what it is recognised.
        ["--signature"] = ["--signature", Missing], ["--bundle"] = ["--bundle", Missing], ["--digest"] = ["--digest", "sha256:" + new string('0', 64)], ["--format"] = null, ["--layout"] = null, ["--list"] = ["--list", "no-such-list"],

        // Demands on a signature.
        ["--algorithm"] = ["--algorithm", "RSASSA_PKCS1_V1_5_SHA_512"], ["--signature-encoding"] = ["--signature-encoding", "p1363"], ["--signature-text"] = ["--signature-text", "hex"],
        ["--digest-input"] = ["--digest-input"], ["--identity"] = ["--identity", "nobody@example.org"], ["--namespace"] = ["--namespace", "other"], ["--payload-type"] = ["--payload-type", "application/x-none"],
        ["--predicate-type"] = ["--predicate-type", "https://example.org/none"], ["--threshold"] = ["--threshold", "9"], ["--certificate"] = ["--certificate", In("minisign/certificate-given/cert.pem")],
        ["--all"] = ["--all"], ["--hmac-key-file"] = ["--hmac-key-file", In("exports/devportal-hmac-mismatch/secret.hex")], ["--reference"] = ["--reference", "registry.example.com/none"],
        ["--certificate-identity"] = Identity(""), ["--certificate-identity-prefix"] = Identity("-prefix"), ["--certificate-identity-suffix"] = Identity("-suffix"), ["--certificate-identity-wildcard"] = Identity("-wildcard"),
        ["--certificate-oidc-issuer"] = Issuer(""), ["--certificate-oidc-issuer-prefix"] = Issuer("-prefix"), ["--certificate-oidc-issuer-suffix"] = Issuer("-suffix"), ["--certificate-oidc-issuer-wildcard"] = Issuer("-wildcard"),
        ["--require-extension"] = ["--require-extension", "sourceRepositoryRef=refs/heads/none"], ["--policy"] = ["--policy", In("dossier-v3/refused-by-policy/policy.yaml")],
        ["--key-file"] = ["--key-file", In("exports/devportal-hmac-mismatch/secret.hex")],

        // Demands on an export, and files beside it.
        ["--archive-signature"] = Beside("archive-signature"), ["--offline-manifest"] = Beside("offline-manifest"), ["--offline-manifest-jws"] = Beside("offline-manifest-jws"), ["--receipt-entry"] = Beside("receipt-entry"),
        ["--base-manifest"] = Beside("base-manifest"), ["--log-key"] = ["--log-key", In("exports/_keys/mallory.pem")], ["--ca"] = ["--ca", In("kits/_keys/authority.crt")],
        ["--force-activate"] = ["--force-activate"], ["--force-reason"] = ["--force-reason", "x"],

        // Trust: what is named must be there; limits of imported trust need some.
        ["--key"] = ["--key", Missing], ["--key-id"] = ["--key-id", "no-such-key"], ["--trusted-root"] = ["--trusted-root", Missing], ["--trust-root"] = ["--trust-root", "no-such-root"], ["--trust"] = ["--trust", Missing],
        ["--allowed-signers"] = ["--allowed-signers", Missing, "--identity", "a@example.org", "--namespace", "file"], ["--trusted-keys"] = ["--trusted-keys", Missing], ["--trust-state"] = ["--trust-state", Missing],
        ["--root-fingerprint"] = ["--root-fingerprint", new string('0', 64)], ["--max-trust-age"] = ["--max-trust-age", "0"],

        // Permissions.
        ["--allow-legacy-minisign"] = null, ["--legacy-body"] = null, ["--allow-promise-only"] = null, ["--allow-timestamp-only"] = null, ["--allow-unlisted"] = null, ["--allow-missing"] = null, ["--allow-mirror-payload-text"] = null, ["--tenant"] = null,

        // How, and what holds by itself: the time that all is judged at, trust that is left out, what a server would do, and state that this test must not write.
        ["--at"] = null, ["--no-bundled-trust"] = null, ["--batch"] = null, ["--recurse"] = null, ["--jobs"] = null, ["--resume"] = null, ["--list-format"] = null, ["--html"] = null, ["--output"] = null, ["--verbose"] = null,
        ["--enforce"] = null, ["--warn"] = null, ["--policy-parameter"] = null, ["--quarantine"] = null, ["--dry-run"] = null, ["--state"] = null,
    };

    /// <summary>What only widens what is accepted, as words that are added to a command line.</summary>
    public static readonly string[][] Permissions =
        [["--allow-legacy-minisign"], ["--legacy-body"], ["--allow-promise-only"], ["--allow-timestamp-only"], ["--allow-unlisted"], ["--allow-missing"], ["--allow-mirror-payload-text"], ["--tenant", "acme"]];

    /// <summary>What a thing satisfies as it stands, and why that is no option that was passed over.</summary>
    public static readonly Dictionary<(string Folder, string Option), string> Satisfied = new()
    {
        [("npm/provenance", "--all")] = "its one attestation is trusted",
        [("github/one", "--all")] = "its one attestation is trusted",
        [("codesentinel/log-signed", "--all")] = "each of its lines is trusted",
        [("oci-image/key", "--all")] = "its one signature is trusted",
    };

    /// <summary>The command line of <paramref name="thing"/> with the demand of <paramref name="option"/> in place of what it says of the same.</summary>
    public static string[] With(AskedThing thing, string option)
    {
        string[] demand = Demands[option]!;
        List<string> words = [.. thing.Words];
        bool isIdentity = option.StartsWith("--certificate-", StringComparison.Ordinal);
        for (int at = words.Count - 1; at > 0; at--)
        {
            bool isReplaced = demand.Contains(words[at]) || (words[at] == "-s" && option == "--signature") || (isIdentity && words[at].StartsWith("--certificate-", StringComparison.Ordinal));
            if (words[at].StartsWith('-') && isReplaced)
            {
                words.RemoveRange(at, demand.Length == 1 ? 1 : 2);
            }
        }

        return [.. words, .. demand];
    }

    /// <summary><paramref name="word"/> names something that is not there.</summary>
    public static bool IsNotThere(string word) => word == Missing || word.StartsWith("no-such-", StringComparison.Ordinal);

    private static string In(string vector) => Path.Combine(Vectors, vector);

    private static string[] Beside(string role) => ["--" + role, In("exports/REASONS.txt")];

    private static string[] Identity(string rule) => ["--certificate-identity" + rule, "nobody", "--certificate-oidc-issuer", "https://issuer.example"];

    private static string[] Issuer(string rule) => ["--certificate-identity", "nobody", "--certificate-oidc-issuer" + rule, "https://issuer.example"];
}
