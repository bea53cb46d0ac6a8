using OfflineKit.Signing.Tests.Services;

namespace OfflineKit.Signing.Tests.Keyless;

/// <summary>At the public instance nobody becomes public who was not told, and nobody at a terminal who did not agree. Tokens go nowhere else.</summary>
public sealed class ConsentTests
{
    private const string Question = "Publish them? (y/N)", Note = "will be published by rekor.sigstore.dev, fulcio.sigstore.dev, for ever";

    [Theory]
    [InlineData("n\r", 0)]
    [InlineData("\r", 0)]
    [InlineData("yesterday\r", 0)]
    [InlineData("y\r", 1)]
    [InlineData("yes\r", 1)]
    public void Somebody_at_a_terminal_is_asked(string typed, int certified)
    {
        using PublicInstance instance = new();
        Ended(instance, instance.SignAtTerminal(typed, "--identity-token", "token"), isAsked: true, certified);
    }

    [Theory]
    [InlineData("n\r", 0)]
    [InlineData("y\r", 1)]
    public void Somebody_who_signed_in_by_browser_is_asked(string typed, int certified)
    {
        using PublicInstance instance = new();
        Ended(instance, instance.SignAtTerminal(typed), isAsked: true, certified);
    }

    [Fact]
    public void Who_agreed_beforehand_is_not_asked()
    {
        using PublicInstance instance = new();
        Ended(instance, instance.SignAtTerminal("", "--identity-token", "token", "--yes"), isAsked: false, certified: 1);
    }

    [Fact]
    public void A_token_without_a_terminal_was_granted_on_purpose()
    {
        using PublicInstance instance = new();
        Ended(instance, instance.Sign("", "--identity-token", "token"), isAsked: false, certified: 1);
    }

    [Fact]
    public void A_sign_in_needs_somebody_to_agree()
    {
        using PublicInstance instance = new();
        (int exit, string said) = instance.Sign("");
        Assert.True(exit == 1 && said.Contains("[keyless.no-token]", StringComparison.Ordinal), said);
        Assert.Equal(0, instance.Certified);
    }

    [Fact]
    public void An_issuer_elsewhere_names_no_address_of_this_machine()
    {
        using LoopbackServer here = new(_ => new Told(200, "{}"));
        using PublicInstance instance = new() { Exchange = here.Url + "/token" };
        (int exit, string said) = instance.Sign("code\n", "--sign-in-by-code");
        Assert.True(exit == 1 && said.Contains("[service.unsafe-address]", StringComparison.Ordinal), said);
        Assert.Empty(here.Requests);
    }

    [Fact]
    public void What_is_for_this_machine_goes_through_no_proxy()
    {
        using PublicInstance instance = new();
        using LoopbackServer here = new(_ => new Told(400, "{}")), proxy = new(_ => new Told(400, "{}"));
        string[] arguments = ["sign", "a", "--format", "sigstore", "--keyless", "--identity-token", "token", "--fulcio-url", here.Url, "--rekor-url", here.Url];
        (int exit, string said) = Peer.Sign(instance.Folder.Path, arguments, "", ("http_proxy", proxy.Url), ("HTTP_PROXY", proxy.Url), ("all_proxy", proxy.Url), ("no_proxy", ""), ("NO_PROXY", ""));
        Assert.True(exit == 1 && said.Contains("[service.refused]", StringComparison.Ordinal), said);
        Assert.Empty(proxy.Requests);
        Assert.Single(here.Requests);
    }

    [Fact]
    public void A_key_that_is_logged_in_public_says_so()
    {
        using PublicInstance instance = new();
        Peer.Must(instance.Folder.Path, "openssl", ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "key.pem"]);
        string[] arguments = ["sign", "a", "--format", "sigstore", "--key", "key.pem", "--rekor-url", "https://rekor.sigstore.dev", "--dry-run"];
        (int exit, string said) = Peer.Sign(instance.Folder.Path, arguments);
        Assert.True(exit == 0 && said.Contains("will be published by rekor.sigstore.dev, for ever", StringComparison.Ordinal), said);
    }

    [Theory]
    [InlineData("b", "[sign.output-exists]", 1)]
    [InlineData("missing", "missing", 2)]
    public void What_one_file_is_refused_for_is_found_before_any_is_public(string second, string containing, int exit)
    {
        using PublicInstance instance = new();
        instance.Folder.Write("b", "hello\n");
        instance.Folder.Write("b.sigstore.json", "{}");
        (int ended, string said) = instance.Sign("", second, "--identity-token", "token", "--audit-log", "log", "--parallel", "1");
        Assert.True(ended == exit && said.Contains(containing, StringComparison.Ordinal), said);
        Assert.Equal(0, instance.Certified);
        Assert.Equal(exit == 1, File.Exists(instance.Folder["log"]) && File.ReadAllText(instance.Folder["log"]).Contains("\"subject\":\"b\"", StringComparison.Ordinal));
    }

    private static void Ended(PublicInstance instance, (int Exit, string Output) run, bool isAsked, int certified)
    {
        Assert.True(run.Exit == 1 && run.Output.Contains(Note, StringComparison.Ordinal), run.Output);
        Assert.Contains(certified == 0 ? "[keyless.no-consent]" : "nobody is certified here [service.refused]", run.Output, StringComparison.Ordinal);
        Assert.True(run.Output.Contains(Question, StringComparison.Ordinal) == isAsked, run.Output);
        Assert.Equal(certified, instance.Certified);
        Assert.False(File.Exists(instance.Folder["a.sigstore.json"]));
    }
}
