using OfflineKit.Encoding;
using OfflineKit.Signing.Services;
using OfflineKit.Testing;

namespace OfflineKit.Signing.Tests.Services;

/// <summary>The guides do what they say, and the pages about services name what can go wrong.</summary>
public sealed class GuideTests
{
    private static readonly string[] Pages = ["aws.md", "azure.md", "google.md", "vault.md"];

    [Fact]
    public async Task Every_command_of_the_policy_guide_runs()
    {
        using MotoGuide guide = await MotoGuide.OfAsync("policy-signing.md");
        int count = guide.RunConsole();
        Assert.True(count >= 18, $"{count} commands");

        // The recipes' own folders, as in a repository.
        Directory.CreateDirectory(guide.Folder["policies"]);
        Directory.CreateDirectory(guide.Folder["keys"]);
        File.Copy(guide.Folder["policy.yaml"], guide.Folder["policies/prod.yaml"]);
        File.Copy(guide.Folder["policy-key.pem"], guide.Folder["keys/policy-key.pem"]);
        Assert.Equal(4, guide.RunRecipes());
    }

    [Fact]
    public async Task Every_command_of_the_dossier_guide_runs()
    {
        using MotoGuide guide = await MotoGuide.OfAsync("dossier-signing.md");
        int count = guide.RunConsole();
        Assert.True(count >= 22, $"{count} commands");
        Assert.Equal(2, guide.RunRecipes());
    }

    [Fact]
    public void Every_reason_of_services_stands_in_the_pages()
    {
        string[] texts = [.. Pages.Select(page => File.ReadAllText(Repository.Path("docs", "providers", page)))];
        foreach (Reason reason in ServiceReasons.All)
        {
            Assert.Contains(texts, text => text.Contains($"`{reason.Code}`", StringComparison.Ordinal));
        }

        // What can happen at any service stands on each page.
        foreach (Reason reason in (Reason[])[ServiceReasons.NoCredentials, ServiceReasons.BadCredentials, ServiceReasons.Denied, ServiceReasons.KeyNotFound, ServiceReasons.WrongUsage, ServiceReasons.Unreachable, ServiceReasons.Throttled, ServiceReasons.Failed, SigningReasons.PinRequired, SigningReasons.PinMismatch])
        {
            Assert.All(texts, text => Assert.Contains($"`{reason.Code}`", text, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Json_in_the_pages_is_json()
    {
        int count = 0;
        foreach (string page in Directory.EnumerateFiles(Repository.Path("docs", "providers"), "*.md"))
        {
            foreach (string block in File.ReadAllText(page).Split("```json\n").Skip(1))
            {
                _ = StrictJson.Parse(Utf8Text.Encode(block.Split("\n```")[0]), Path.GetFileName(page));
                count++;
            }
        }

        Assert.True(count >= 2, $"{count} blocks");
    }
}
