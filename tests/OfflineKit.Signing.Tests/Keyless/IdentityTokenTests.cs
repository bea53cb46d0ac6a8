using System.Text.Json.Nodes;
using OfflineKit.Signing.Keyless;

namespace OfflineKit.Signing.Tests.Keyless;

/// <summary>What is read from an identity token, and what is refused without showing it.</summary>
public sealed class IdentityTokenTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("""{"sub":"repo:a/b:ref:refs/heads/main","job_workflow_ref":"a/b/.github/workflows/r.yml@refs/heads/main"}""", "https://github.com/a/b/.github/workflows/r.yml@refs/heads/main", "https://i.example")]
    [InlineData("""{"sub":"project_path:a/b","ci_config_ref_uri":"gitlab.com/a/b//.gitlab-ci.yml@refs/heads/main"}""", "https://gitlab.com/a/b//.gitlab-ci.yml@refs/heads/main", "https://i.example")]
    [InlineData("""{"sub":"spiffe://example/robot"}""", "spiffe://example/robot", "https://i.example")]
    [InlineData("""{"sub":"x","email":"dev@example.com","email_verified":"true","aud":["other","sigstore"]}""", "dev@example.com", "https://i.example")]
    [InlineData("""{"sub":"x","email":"dev@example.com","email_verified":true,"federated_claims":{"connector_id":"https://github.com/login/oauth"}}""", "dev@example.com", "https://github.com/login/oauth")]
    public void The_identity_is_the_one_that_the_certificate_will_carry(string claims, string name, string issuer)
    {
        IdentityToken token = IdentityToken.Parse(Text(claims) + "\n", Now);
        Assert.Equal((name, issuer), (token.Name, token.Issuer));
        Assert.Equal("(an identity token)", token.ToString());
    }

    [Theory]
    [InlineData("""{"sub":"x","aud":"other"}""", "keyless.token-unusable")]
    [InlineData("""{"sub":"x","aud":[]}""", "keyless.token-unusable")]
    [InlineData("""{"sub":"x","exp":1767268850}""", "keyless.token-unusable")]
    [InlineData("""{"sub":"x","email":"a@example.com"}""", "keyless.token-unusable")]
    [InlineData("""{"sub":"x","email":"a@example.com","email_verified":false}""", "keyless.token-unusable")]
    [InlineData("""{"sub":7}""", "keyless.token-malformed")]
    [InlineData("""{"sub":"x","exp":"soon"}""", "keyless.token-malformed")]
    [InlineData("""{"sub":"x","aud":{}}""", "keyless.token-malformed")]
    [InlineData("""{"sub":"x","sub":"y"}""", "keyless.token-malformed")]
    [InlineData("[]", "keyless.token-malformed")]
    public void A_token_that_will_not_do_is_refused(string claims, string reason)
    {
        string text = Text(claims);
        SigningException fault = Assert.Throws<SigningException>(() => IdentityToken.Parse(text, Now));
        Assert.Equal(reason, fault.Finding.Reason.Code);
        Assert.All(text.Split('.'), part => Assert.DoesNotContain(part, fault.ToString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("one.two")]
    [InlineData("a.b.c.d")]
    [InlineData("a.!!!.c")]
    public void Text_that_is_no_token_is_refused_and_not_shown(string text)
    {
        SigningException fault = Assert.Throws<SigningException>(() => IdentityToken.Parse(text, Now));
        Assert.Equal("keyless.token-malformed", fault.Finding.Reason.Code);
        Assert.DoesNotContain("!!!", fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_environment_names_the_source()
    {
        Assert.Equal("SIGSTORE_ID_TOKEN", IdentityTokenSource.FromEnvironment(With(("SIGSTORE_ID_TOKEN", "x"), ("ACTIONS_ID_TOKEN_REQUEST_URL", "https://x.example")), null).Name);
        Assert.Equal("GitHub Actions", IdentityTokenSource.FromEnvironment(With(("ACTIONS_ID_TOKEN_REQUEST_URL", "https://x.example")), null).Name);
        SigningException fault = Assert.Throws<SigningException>(() => IdentityTokenSource.FromEnvironment(With(("GITHUB_ACTIONS", "true")), new GivenToken("x", "x")));
        Assert.Equal("keyless.no-token", fault.Finding.Reason.Code);
        Assert.Contains("id-token: write", fault.Message, StringComparison.Ordinal);
    }

    private static KeyOpening With(params (string Name, string Value)[] variables) => new() { Variable = name => variables.FirstOrDefault(variable => variable.Name == name).Value };

    // Duplicate members survive, because the text is completed, not parsed.
    private static string Text(string claims)
    {
        string completed = claims;
        foreach ((string name, string value) in ((string, string)[])[("aud", "\"sigstore\""), ("iss", "\"https://i.example\""), ("exp", "1767270000")])
        {
            completed = claims == "[]" || claims.Contains($"\"{name}\"", StringComparison.Ordinal) ? completed : completed[..^1] + $",\"{name}\":{value}}}";
        }

        string token = SigstoreStub.TokenOf(new JsonObject());
        string payload = System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(completed));
        return $"{token.Split('.')[0]}.{payload}.{token.Split('.')[2]}";
    }
}
