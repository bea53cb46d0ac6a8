using OfflineKit.Trust;

namespace OfflineKit.Tests.Trust;

/// <summary>The name that a key's patterns are held against.</summary>
public sealed class KeyScopeTests
{
    [Theory]
    [InlineData("app")]
    [InlineData("below/app")]
    public void The_folders_are_no_part_of_it(string path) => Assert.Null(Judge(path));

    [Fact]
    public void A_backslash_is_part_of_it_where_it_parts_no_folders() => Assert.Equal(!OperatingSystem.IsWindows(), Judge(@"evil\app") is not null);

    [Theory]
    [InlineData("below/app", true)]
    [InlineData("app/other", false)]
    public void Every_listed_file_is_held_against_it(string path, bool allowed) =>
        Assert.Equal(allowed, new KeyScope { Artifacts = ["app"] }.JudgeListed("k", ["app", path]) is null);

    [Fact]
    public void Without_patterns_every_file_may_be_listed() => Assert.Null(KeyScope.Everything.JudgeListed("k", ["app"]));

    private static Finding? Judge(string path) =>
        new KeyScope { Artifacts = ["app"] }.Judge("k", new SignatureFacts("kms-detached") { ArtifactName = path }, space: null, tenant: null);
}
