namespace OfflineKit.Signing.Tests.Dossier;

/// <summary>A folder of dossiers is signed as a whole, or stays as it was.</summary>
public sealed class TogetherTests
{
    private const string Good = "---dossier\n{\n  \"dossier_schema_version\": \"1.0.0\",\n  \"title\": \"T\",\n  \"version\": \"1.0.0\"\n}\n---\nbody\n";

    [Fact]
    public void A_folder_is_signed_with_its_folders()
    {
        using Folder folder = Filled();
        (int exit, string output) = Peer.Sign(folder.Path, ["dossier", "sign", "all", "--key", "key", "--signed-by", "Team"]);
        Assert.True(exit == 0, output);
        Assert.Contains("3 dossiers are signed by sha256:", output, StringComparison.Ordinal);
        Assert.Contains("rewritten in the Agent Skills layout, which v3 signs; --scheme v2 keeps JSON (3 of 3)", output, StringComparison.Ordinal);
        Assert.Contains("all/link.ds.md is a link and stays as it is", output, StringComparison.Ordinal);
        Assert.Equal(Good, File.ReadAllText(folder["elsewhere.ds.md"]));
        Assert.Equal("no dossier", File.ReadAllText(folder["all/readme.md"]));
        Assert.All(Dossiers, name => Assert.Contains("spec-frontmatter+body", File.ReadAllText(folder[name]), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("---dossier\n{}\n---\n", "sign.unsuitable-subject")]
    [InlineData("---js\n{}\n---\n", "dossier.executable-front-matter")]
    public void One_that_cannot_be_signed_leaves_all_as_they_were(string bad, string reason)
    {
        using Folder folder = Filled();
        folder.Write("all/sub/z.ds.md", bad);
        (int exit, string output) = Peer.Sign(folder.Path, ["dossier", "sign", "all", "--key", "key"]);
        Assert.True(exit == 1 && output.Contains(reason, StringComparison.Ordinal) && output.Contains("z.ds.md", StringComparison.Ordinal), output);
        Assert.All(Dossiers, name => Assert.Equal(Good, File.ReadAllText(folder[name])));
        Assert.Empty(Directory.EnumerateFiles(folder.Path, ".*.tmp", SearchOption.AllDirectories));
    }

    [Fact]
    public void What_names_no_dossier_is_said()
    {
        using Folder folder = Filled();
        Directory.CreateDirectory(folder["empty"]);
        Assert.Equal(2, Peer.Sign(folder.Path, ["dossier", "sign", "empty", "--key", "key"]).Exit);
        Assert.Equal(2, Peer.Sign(folder.Path, ["dossier", "sign", "all", "--key", "key", "-o", "x"]).Exit);
        Assert.Equal(2, Peer.Sign(folder.Path, ["dossier", "sign", "all/a.ds.md", "-", "--key", "key"]).Exit);
        Assert.Equal(2, Peer.Sign(folder.Path, ["dossier", "sign", "all/a.ds.md", "--key", "key", "--scheme", "v4"]).Exit);
        Assert.Equal(2, Peer.Sign(folder.Path, ["dossier", "sign", "missing.ds.md", "all", "--key", "key"]).Exit);
        Assert.All(Dossiers, name => Assert.Equal(Good, File.ReadAllText(folder[name])));
    }

    private static readonly string[] Dossiers = ["all/a.ds.md", "all/b.ds.md", "all/sub/c.ds.md"];

    private static Folder Filled()
    {
        Folder folder = new();
        Directory.CreateDirectory(folder["all/sub"]);
        Dossiers.ToList().ForEach(name => folder.Write(name, Good));
        folder.Write("all/readme.md", "no dossier");
        folder.Write("elsewhere.ds.md", Good);
        File.CreateSymbolicLink(folder["all/link.ds.md"], "../elsewhere.ds.md");
        Assert.Equal(0, Peer.Sign(folder.Path, ["keygen", "-W", "-s", "key", "-p", "pub"]).Exit);
        return folder;
    }
}
