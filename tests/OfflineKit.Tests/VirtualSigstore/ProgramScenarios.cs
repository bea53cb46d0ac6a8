namespace OfflineKit.Tests.VirtualSigstore;

/// <summary>What the program's options do; written as vectors, not asked of the library.</summary>
internal static class ProgramScenarios
{
    private const string Bundle = "verify-bundle --bundle bundle.sigstore.json", Artifact = "../_instance/a.txt";
    private const string Issuer = "--certificate-oidc-issuer https://token.forge.example";

    public static IEnumerable<Scenario> All =>
    [
        Line("cli-verify", "the general command takes a bundle as well", "trusted", $"verify {Artifact} --signature bundle.sigstore.json {{identity}} --trusted-root {{root}}"),
        Line("cli-verify-no-identity", "a certificate of somebody is not trusted: somebody must be demanded", "policy.no-identity-demanded",
            $"verify {Artifact} --signature bundle.sigstore.json --trusted-root {{root}}"),
        Line("cli-no-signer", "without identity and key nothing can be decided", "error", $"{Bundle} --trusted-root {{root}} {Artifact}", "no signer was named"),
        Line("cli-no-issuer", "an identity without its issuer is half a demand", "error",
            $"{Bundle} --certificate-identity {new LeafRecipe().Identity} --trusted-root {{root}} {Artifact}", "an identity without its issuer"),
        Line("cli-no-root", "a certificate, and no trusted root at all", "bundle.no-trusted-root", $"{Bundle} {{identity}} --no-bundled-trust {Artifact}"),
        Line("cli-bundled-root", "another instance than the bundled one", "bundle.no-log", $"{Bundle} {{identity}} {Artifact}"),
        Line("cli-digest", "the artefact may be given by its digest", "trusted",
            $"{Bundle} {{identity}} --trusted-root {{root}} sha256:{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(BundleDraft.Artifact))}"),
        Line("cli-prefix", "an identity by how it begins, on request", "trusted",
            $"{Bundle} --certificate-identity-prefix https://forge.example/acme/app/ {Issuer} --trusted-root {{root}} {Artifact}"),
        Line("cli-suffix", "an identity by how it ends, on request", "trusted", $"{Bundle} --certificate-identity-suffix @refs/heads/main {Issuer} --trusted-root {{root}} {Artifact}"),
        Line("cli-wildcard", "one star for one segment, on request", "trusted",
            $"{Bundle} --certificate-identity-wildcard https://forge.example/acme/*/.github/workflows/*.yml@refs/heads/main {Issuer} --trusted-root {{root}} {Artifact}"),
        Line("cli-wildcard-spans-no-segment", "a star never stands for a slash", "policy.identity",
            $"{Bundle} --certificate-identity-wildcard https://forge.example/* {Issuer} --trusted-root {{root}} {Artifact}"),
        Line("cli-exact-star", "without the rule a star is a star", "policy.identity", $"{Bundle} --certificate-identity https://forge.example/* {Issuer} --trusted-root {{root}} {Artifact}"),
        Line("cli-extension", "a fact in the certificate can be demanded", "trusted", $"{Bundle} {{identity}} --require-extension sourceRepositoryRef=refs/heads/main --trusted-root {{root}} {Artifact}"),
        Line("cli-extension-other", "a fact that the certificate states otherwise", "policy.extension",
            $"{Bundle} {{identity}} --require-extension sourceRepositoryRef=refs/heads/dev --trusted-root {{root}} {Artifact}"),
        Line("cli-extension-absent", "a fact that the certificate does not state", "policy.extension",
            $"{Bundle} {{identity}} --require-extension buildTrigger=push --trusted-root {{root}} {Artifact}"),
        Line("cli-says-its-limits", "the report ends with what it cannot know", "trusted", $"{Bundle} {{identity}} --trusted-root {{root}} {Artifact}", "an offline verdict cannot know"),
    ];

    private static Scenario Line(string name, string about, string expect, string line, string contains = "") =>
        new(name, about, expect, instance => new Question(new BundleDraft(instance).Build())) { CommandLine = line, Contains = contains };
}
