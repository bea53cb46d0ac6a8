using OfflineKit.Crypto;
using OfflineKit.Files;
using OfflineKit.Signing.Tests.Services;
using OfflineKit.Signing.Tests.Trust;
using OfflineKit.Signing.Trust;
using OfflineKit.Testing;

namespace OfflineKit.Signing.Tests;

/// <summary>Refusals that are met on the way to signing, each with its reason; and no reason is without a test.</summary>
public sealed class RefusalReasonTests
{
    // Codes that are asserted by no test, and why.
    private static readonly string[] Untried =
    [
        "policy.not-found", // what the parameter store does not have: the stub of the store always answers
        "remote.no-token", // an authority that refuses a client: our own service is none
    ];

    [Theory]
    [InlineData(OutputRefusal.Exists, "sign.output-exists")]
    [InlineData(OutputRefusal.Foreign, "sign.output-foreign")]
    [InlineData(OutputRefusal.InUse, "sign.output-in-use")]
    [InlineData(OutputRefusal.Changed, "sign.output-changed")]
    [InlineData(OutputRefusal.Failed, "sign.output-failed")]
    public void An_output_that_is_refused_says_why(OutputRefusal refusal, string reason) =>
        Assert.Equal(reason, SigningReasons.Refusal(new OutputException(refusal, "a")).Finding.Reason.Code);

    [Fact]
    public async Task A_key_that_no_source_opens_is_refused()
    {
        SigningException fault = await Assert.ThrowsAsync<SigningException>(() => KnownKeySources.OpenAsync(new KeylessUri(), new KeyOpening(), TestContext.Current.CancellationToken));
        Assert.Equal("sign.key-scheme", fault.Finding.Reason.Code);
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    [InlineData(1, 0)]
    public void A_role_that_nobody_or_anybody_fulfils_is_refused(int keys, int threshold)
    {
        using ServiceKeyPair pair = ServiceKeyPair.Of(KeyKind.P256);
        RoleKeys role = new("root", [.. Enumerable.Repeat(SubjectPublicKeyInfo.Parse(Encoding.Pem.ParseOne(System.Text.Encoding.ASCII.GetBytes(pair.Pem), "key").Content.Span), keys)], threshold);
        Assert.Equal("sign-trust.impossible", Assert.Throws<SigningException>(role.Checked).Finding.Reason.Code);
    }

    [Fact]
    public void A_secret_key_is_never_handed_out_however_it_came_there()
    {
        using MaintainedRepository team = MaintainedRepository.WithOneKey();
        string staged = Directory.CreateDirectory(Path.Combine(team.Repo, "staged", "targets")).FullName;
        File.Copy(team["all.key"], Path.Combine(staged, "all.key"));
        team.Refused("sign-trust.secret", "add", "repo", "all.pub", "--name", "release");
    }

    [Fact]
    public void A_message_that_a_service_signs_in_no_way_is_refused()
    {
        using ServiceKeyPair pair = ServiceKeyPair.Of(KeyKind.Ed25519);
        using AwsStub stub = new(pair);
        using Folder folder = new();
        folder.Write("pin.pem", pair.Pem);
        folder.Write("empty", "");
        (int exit, string output) = Peer.Sign(folder.Path, ["sign", "empty", "--format", "kms", "--key", "awskms:///alias/release", "--public-key", "pin.pem"], "", stub.Environment);
        Assert.True(exit == 1 && output.Contains("[service.message-too-long]", StringComparison.Ordinal), output);
    }

    [Fact]
    public void A_policy_with_a_fault_is_not_pushed()
    {
        using Folder folder = new();
        folder.Write("policy.yaml", "version: 1\n");
        (int exit, string output) = Peer.Sign(folder.Path, ["policy", "push", "prod", "policy.yaml", "--sign", "--key-id", "key.pem", "--public-key", "key.pub"]);
        Assert.True(exit == 1 && output.Contains("[policy.invalid]", StringComparison.Ordinal), output);
    }

    [Fact]
    public void No_reason_is_without_a_test()
    {
        string[] tests = [.. new[] { "OfflineKit.Signing.Tests", "OfflineKit.Signer.Tests", "transcripts" }
            .SelectMany(folder => Directory.EnumerateFiles(Repository.Path("tests", folder), "*", SearchOption.AllDirectories))
            .Where(file => Path.GetExtension(file) is ".cs" or ".txt" && !file.Contains("/bin/", StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal)).Select(File.ReadAllText)];
        Assert.Equal(Untried, KnownSigningReasons.All.Select(reason => reason.Code).Where(code => Untried.Contains(code) || !tests.Any(text => text.Contains(code, StringComparison.Ordinal))).Order(StringComparer.Ordinal));
    }
}
