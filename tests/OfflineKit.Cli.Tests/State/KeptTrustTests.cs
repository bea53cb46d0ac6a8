using OfflineKit.Cli.Tests.Demands;
using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests.State;

/// <summary>What a user's folders of trust say without being asked: what lies there and is none of ours, and whom they revoke.</summary>
public sealed class KeptTrustTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("offlinekit-kept-").FullName;

    public static TheoryData<AskedThing> Verifying() => [.. AskedThing.All.Where(thing => thing.Command != "verify-logs").DistinctBy(thing => thing.Command)];

    [Theory]
    [MemberData(nameof(Verifying))]
    public void A_foreign_folder_beside_imported_trust_is_reported_and_passed_over(AskedThing thing)
    {
        Directory.CreateDirectory(In("data/offlinekit/trust/lost.found"));
        Directory.CreateDirectory(In("data/offlinekit/trust/backup"));
        string[] form = thing.Command is "policy verify" or "dossier verify" ? ["--output", "json"] : [];
        Execution run = Run([.. thing.Words, .. form]);
        Assert.True(run.ExitCode == 0, run.Everything);
        Assert.Contains("lost.found", run.Stdout, StringComparison.Ordinal);
        Assert.Contains("backup", run.Stdout, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("trust", "list")]
    [InlineData("trust", "status")]
    [InlineData("trust", "show", "sigstore-public-good")]
    public void The_commands_on_trust_report_it_as_well(params string[] words)
    {
        Directory.CreateDirectory(In("data/offlinekit/trust/lost.found"));
        Execution run = Run(words);
        Assert.True(run.ExitCode == 0, run.Everything);
        Assert.Contains("\"lost.found\" in", run.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public void Whom_the_user_revokes_is_revoked_whoever_names_the_key()
    {
        string vector = Repository.Path("tests", "vectors", "trust-store", "revoked"), roots = In("data/offlinekit/trust-roots");
        string[] verify = ["verify", Path.Combine(vector, "a.txt"), "--key", Path.Combine(vector, "trust", "demo.pub")];
        Assert.Equal(0, Run(verify).ExitCode);
        Directory.CreateDirectory(roots);
        Array.ForEach(Directory.GetFiles(Path.Combine(vector, "trust")), file => File.Copy(file, Path.Combine(roots, Path.GetFileName(file))));
        Execution run = Run(verify);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("key.revoked", run.Stdout, StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Execution Run(string[] words) => Client.Run(words, _folder, configuration: _folder);

    private string In(string name) => Path.Combine(_folder, name);
}
