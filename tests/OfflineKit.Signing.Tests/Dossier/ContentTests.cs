using System.Text.Json.Nodes;
using OfflineKit.Formats.Dossier;
using OfflineKit.Policy;
using OfflineKit.Signing.Formats;
using OfflineKit.Signing.Formats.Dossier;
using OfflineKit.Signing.Output;

namespace OfflineKit.Signing.Tests.Dossier;

/// <summary>The dossiers of a whole repository: all are verified as they are, and all can be signed anew under every scheme that suits.</summary>
public sealed class ContentTests
{
    [Fact]
    public void All_dossiers_of_a_content_repository_are_trusted_by_the_raw_key()
    {
        DossierTeam team = DossierTeam.Create();
        string[] words = [.. Enumerable.Range(0, ContentDossiers.Total).Select(index => Words(team, ContentDossiers.Signed(team, index)))];
        Assert.Equal(ContentDossiers.Total, words.Count(status => status.StartsWith("TRUSTED ", StringComparison.Ordinal)));

        // Of v1 nobody signed the level, so nothing is allowed by it.
        Assert.All(words.Take(ContentDossiers.OfBodyAlone), status => Assert.EndsWith(" WARN", status, StringComparison.Ordinal));
        Assert.Equal(words.Skip(ContentDossiers.OfBodyAlone).Count(status => status.EndsWith(" low ALLOW", StringComparison.Ordinal)), words.Count(status => status.EndsWith(" ALLOW", StringComparison.Ordinal)));
        Assert.Contains(words, status => status.EndsWith(" critical WARN", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task All_of_them_can_be_signed_anew_and_say_what_they_said(int scheme)
    {
        using Folder folder = new();
        DossierTeam old = DossierTeam.Create(), next = DossierTeam.Create();
        SigningSession session = new(next, pinned: null, new DossierInPlace { Scheme = (DossierScheme)scheme, SignedBy = "N" }, DateTimeOffset.UnixEpoch, audit: null);
        for (int index = 0; index < ContentDossiers.Total; index++)
        {
            string before = ContentDossiers.Signed(old, index);
            using MemoryStream output = new();
            await session.SignAsync(new SigningOrder("x.ds.md", new MemoryStream(System.Text.Encoding.UTF8.GetBytes(before)), OutputTarget.To(output, "memory")), TestContext.Current.CancellationToken);
            string after = System.Text.Encoding.UTF8.GetString(output.ToArray());
            Assert.StartsWith("TRUSTED ", Words(next, after), StringComparison.Ordinal);
            Assert.StartsWith("SIGNED_UNKNOWN ", Words(old, after), StringComparison.Ordinal);
            Compare(IndependentDossier.Read(before), IndependentDossier.Read(after), next, scheme);
        }
    }

    private static void Compare(IndependentDossier before, IndependentDossier after, DossierTeam signer, int scheme)
    {
        Assert.Equal(before.Body, after.Body);
        Assert.Equal(scheme == 3, after.IsSkill);
        Assert.True(scheme == 1 || signer.Signed(after));
        foreach ((string name, JsonNode? value) in before.FrontMatter.Where(member => member.Key != "signature"))
        {
            JsonNode? now = scheme == 3 && name is "name" or "description" or "license" ? after.FrontMatter[name] : after.Field(name);
            Assert.True(JsonNode.DeepEquals(value, now), $"{name}: {value?.ToJsonString()} became {now?.ToJsonString()}");
        }
    }

    private static string Words(DossierTeam trusted, string dossier)
    {
        TrustedKeysFile keys = TrustedKeysFile.Parse(System.Text.Encoding.UTF8.GetBytes("# KEYS\n" + trusted.TrustedLine), "KEYS.txt");
        Verdict verdict = Verifier.Verify(new VerificationRequest(
            Artifact: null, System.Text.Encoding.UTF8.GetBytes(dossier), new VerificationContext(keys.Store, Expectations.None, StatedTime: null), SignaturePolicy.AnyPinnedSigner));
        string Word(string name) => verdict.Words.FirstOrDefault(word => word.Key == name).Value ?? "";
        return $"{Word("status")} {Word("risk")} {Word("recommendation")}";
    }
}
