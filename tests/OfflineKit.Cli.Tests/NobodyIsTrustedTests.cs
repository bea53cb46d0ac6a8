using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests;

/// <summary>Without a key, a root and an identity nothing is decided, in every command that verifies: an error with a hint, never "any signer".</summary>
public sealed class NobodyIsTrustedTests
{
    private static readonly string Vectors = Repository.Path("tests", "vectors");

    [Theory]
    [InlineData("minisign/no-key-given", "verify a.txt --signature a.txt.minisig")]
    [InlineData("policy-file/two-of-three", "verify ../_keys/app.txt --signature ../_keys/app.dsse.json")]
    [InlineData("policy-file/two-of-three", "verify ../_keys/app.txt --signature ../_keys/app.dsse.json --policy policy.yaml")]
    [InlineData("policy-file/two-of-three", "verify-envelope ../_keys/app.dsse.json ../_keys/app.txt")]
    [InlineData("policy-file/two-of-three", "verify-envelope ../_keys/app.dsse.json ../_keys/app.txt --policy policy.yaml")]
    [InlineData("sigstore/message-rekor-v1", "verify-bundle --bundle bundle.sigstore.json ../_instance/a.txt")]
    [InlineData("sigstore/message-rekor-v1", "verify-bundle --bundle bundle.sigstore.json --trusted-root ../_instance/trusted_root.json ../_instance/a.txt")]
    [InlineData("sigstore/message-rekor-v1", "verify-bundle --bundle bundle.sigstore.json --policy ../../policy-file/two-of-three/policy.yaml ../_instance/a.txt")]
    [InlineData("oci-image/key", "verify-image layout --digest sha256:0522ca52173d41ac32a4a8c5e9748999efdccd6d6d50489c7c9817f09b525a74")]
    [InlineData("oci-image/key", "verify-image layout --digest sha256:0522ca52173d41ac32a4a8c5e9748999efdccd6d6d50489c7c9817f09b525a74 --policy ../../policy-file/two-of-three/policy.yaml")]
    [InlineData("exports/offlinekit-kit-good", "verify-export e")]
    [InlineData("exports/offlinekit-kit-good", "verify-export e --policy ../../policy-file/two-of-three/policy.yaml")]
    [InlineData("sentinel/by-verify", "policy verify policy.yaml -s policy.yaml.sig.json")]
    [InlineData("sentinel/log-intact", "verify-logs audit.jsonl")]
    [InlineData("sentinel/log-intact", "audit verify audit.jsonl")]
    [InlineData("dossier/kms", "verify demo.ds.md")]
    public void It_is_an_error_with_a_hint(string folder, string line)
    {
        Execution run = Client.Run(line.Split(' '), Path.Combine(Vectors, folder));
        Assert.Equal(2, run.ExitCode);
        Assert.Equal("", run.Stdout);
        Assert.Contains("offlinekit: error: ", run.Stderr, StringComparison.Ordinal);
        Assert.Contains("offlinekit: hint: ", run.Stderr, StringComparison.Ordinal);
    }

    // These two answer all the same, because their formats have words for it; they trust nobody.
    [Theory]
    [InlineData("dossier/kms", "dossier verify demo.ds.md", "key.unknown")]
    [InlineData("sigstore/message-rekor-v1", "verify ../_instance/a.txt --signature bundle.sigstore.json --trusted-root ../_instance/trusted_root.json", "policy.no-identity-demanded")]
    public void It_is_refused(string folder, string line, string reason)
    {
        Execution run = Client.Run(line.Split(' '), Path.Combine(Vectors, folder));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(reason, run.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_verifying_command_is_asked()
    {
        string[] asked =
        [
            .. typeof(NobodyIsTrustedTests).GetMethod(nameof(It_is_an_error_with_a_hint))!.GetCustomAttributesData()
                .Where(attribute => attribute.AttributeType == typeof(InlineDataAttribute))
                .Select(attribute => (string)((IReadOnlyList<System.Reflection.CustomAttributeTypedArgument>)attribute.ConstructorArguments[0].Value!)[1].Value!),
        ];
        string[] verifying = [.. CommandTable.For([]).Select(command => command.Name).Where(name => name.StartsWith("verify", StringComparison.Ordinal))];
        Assert.True(verifying.Length >= 5, string.Join(' ', verifying));
        Assert.All(verifying, name => Assert.Contains(asked, line => line.StartsWith(name + " ", StringComparison.Ordinal)));
    }
}
