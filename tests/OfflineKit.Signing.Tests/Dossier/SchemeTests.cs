using OfflineKit.Signing.Formats.Dossier;
using OfflineKit.Signing.Output;

namespace OfflineKit.Signing.Tests.Dossier;

/// <summary>Every layout under every scheme: signed with what the scheme says that it covers, or refused.</summary>
public sealed class SchemeTests
{
    private const string Legacy = "---dossier\n{\"dossier_schema_version\":\"1.0.0\",\"title\":\"T\",\"version\":\"1.0.0\",\"risk_level\":\"low\"}\n---\nbody\n";
    private const string Skill = "---\nname: a-skill\ndescription: What it does # a remark\nmetadata:\n  dossier.dossier_schema_version: 1.0.0\n  dossier.title: T\n  dossier.version: 1.0.3\n  other.tool: 'kept'\n---\nbody\n";
    private const string SkillInJson = "---json\n{\"name\":\"a-skill\",\"description\":\"D\",\"metadata\":{\"dossier.dossier_schema_version\":\"1.0.0\",\"dossier.title\":\"T\",\"dossier.version\":\"1.0.0\"}}\n---\nbody\n";

    [Theory]
    [InlineData(Legacy, 1, "none", "only the body is signed")]
    [InlineData(Legacy, 2, "frontmatter+body", "")]
    [InlineData(Legacy, 3, "spec-frontmatter+body", "rewritten in the Agent Skills layout")]
    [InlineData(Skill, 3, "spec-frontmatter+body", "comments and the choice of quotes are not kept")]
    [InlineData(SkillInJson, 3, "spec-frontmatter+body", "comments and the choice of quotes are not kept")]
    public async Task A_layout_is_signed_by_the_schemes_that_suit_it(string document, int scheme, string covers, string remark)
    {
        (string text, SigningReceipt receipt) = await SignAsync(document, scheme);
        IndependentDossier signed = IndependentDossier.Read(text);
        Assert.Equal(covers, signed.Signature["covers"]?.GetValue<string>() ?? "none");
        Assert.Equal("body\n", signed.Body);
        Assert.Equal(remark.Length > 0 ? 1 : 0, receipt.Remarks.Length);
        Assert.All(receipt.Remarks, said => Assert.Contains(remark, said, StringComparison.Ordinal));

        // Signed again, it is what it was but for the signature: what a reader sees has one spelling.
        (string again, SigningReceipt second) = await SignAsync(text, scheme);
        Assert.Equal(text.Length, again.Length);
        Assert.Equal(scheme == 1 ? 2 : 1, second.Remarks.Length);
    }

    [Theory]
    [InlineData(Skill, 1, "v1 does not sign")]
    [InlineData(Skill, 2, "v2 does not sign")]
    [InlineData(SkillInJson, 2, "v2 does not sign")]
    [InlineData("---\n{\"title\":\"T\",\"version\":\"1\"}\n---\n", 3, "dossier_schema_version is missing")]
    [InlineData("---\n{\"dossier_schema_version\":\"1\",\"title\":\"T\",\"version\":1}\n---\n", 2, "version is missing, or no text")]
    [InlineData("---\n{\"dossier_schema_version\":\"1\",\"title\":\"T\",\"version\":\"1\",\"name\":\"No Skill\"}\n---\n", 3, "name \"No Skill\"")]
    [InlineData("---\n{\"dossier_schema_version\":\"1\",\"title\":\"T\",\"version\":\"1\",\"license\":[]}\n---\n", 3, "license")]
    [InlineData("---\n{\"dossier_schema_version\":\"1\",\"title\":\"T\",\"version\":\"1\",\"\":1}\n---\n", 3, "is the name of no field")]
    [InlineData("---\n{\"dossier_schema_version\":\"1\",\"title\":\"T\",\"version\":\"1\",\"n\":9007199254740993}\n---\n", 2, "an integer beyond")]
    public async Task What_does_not_suit_is_refused_before_the_key_is_asked(string document, int scheme, string why)
    {
        SigningException refusal = await Assert.ThrowsAsync<SigningException>(() => SignAsync(document, scheme));
        Assert.Equal("sign.unsuitable-subject", refusal.Finding.Reason.Code);
        Assert.Contains(why, refusal.Finding.Detail, StringComparison.Ordinal);
    }

    private static async Task<(string Text, SigningReceipt Receipt)> SignAsync(string document, int scheme)
    {
        SigningSession session = new(DossierTeam.Create(), pinned: null, new DossierInPlace { Scheme = (DossierScheme)scheme }, DateTimeOffset.UnixEpoch, audit: null);
        using MemoryStream output = new();
        SigningReceipt receipt = await session.SignAsync(
            new SigningOrder("a.ds.md", new MemoryStream(System.Text.Encoding.UTF8.GetBytes(document)), OutputTarget.To(output, "memory")), TestContext.Current.CancellationToken);
        return (System.Text.Encoding.UTF8.GetString(output.ToArray()), receipt);
    }
}
