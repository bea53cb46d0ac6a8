using System.Runtime.Versioning;
using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests.State;

/// <summary>What cannot be seen is not absent: a folder on the way that leads in a circle, which nobody can look into, root included.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class UnseenTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("offlinekit-unseen-").FullName;

    public UnseenTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links of Unix");
        string good = Repository.Path("tests", "vectors", "minisign", "prehashed", "a.txt");
        File.Copy(good, In("a"));
        File.Copy(good + ".minisig", In("a.minisig"));
    }

    private static readonly string Key = Repository.Path("tests", "vectors", "minisign", "_keys", "alice.pub");
    private static readonly string[] Verify = ["verify", "a", "--key", Key];
    private static readonly string[] Export =
        ["verify-export", Repository.Path("tests", "vectors", "exports", "offlinekit-kit-good", "e"), "--key", Repository.Path("tests", "vectors", "exports", "_keys", "alice.pem")];

    [Theory]
    [InlineData("config/offlinekit")]
    [InlineData("config/offlinekit/trust.json")]
    [InlineData("data/offlinekit/trust-roots")]
    [InlineData("data/offlinekit/trust-roots/trust.json")]
    [InlineData("data/offlinekit/trust-roots/alice.key")]
    public void Trust_of_this_user_that_cannot_be_seen_refuses(string unseen)
    {
        Add();
        string[] verify = ["verify", "a", "--trust-root", "alice"];
        Assert.True(Run(verify).ExitCode == 0, Run(verify).Everything);
        Hide(unseen);
        Circle(unseen);
        Refused(verify);
        Hide(unseen);
        Directory.CreateDirectory(In(unseen));
        Assert.True(!unseen.EndsWith(".json", StringComparison.Ordinal) || Run(verify).ExitCode == 1, "a folder in the place of a file is no absent file");
    }

    [Theory]
    [InlineData("data/offlinekit/trust")]
    [InlineData("data/offlinekit")]
    public void Imported_trust_that_cannot_be_seen_refuses_whoever_is_named(string unseen)
    {
        Circle(unseen);
        Refused(Verify);
        Refused(Export);
    }

    [Theory]
    [InlineData("data")]
    [InlineData("data/offlinekit")]
    [InlineData("data/offlinekit/trust")]
    [InlineData("data/offlinekit/trust/default")]
    [InlineData("config")]
    [InlineData("config/offlinekit")]
    public void A_link_that_leads_to_nothing_hides_what_was_there(string unseen)
    {
        Lead(unseen);
        Refused(unseen.StartsWith("data/offlinekit/trust", StringComparison.Ordinal) ? Verify : ["verify", "a", "--trust-root", "sigstore-public-good"]);
        Assert.True(Run(["trust", "disable", "sigstore-public-good"]).ExitCode == 2 || !unseen.StartsWith("config", StringComparison.Ordinal));
        Assert.False(Directory.Exists(In("not-mounted")), "a folder that was not there was made anew");
    }

    [Fact]
    public void A_state_of_exports_on_a_medium_that_is_not_there_is_not_begun_anew()
    {
        Lead("state");
        Execution run = Run([.. Export, "--state", "state"]);
        Assert.True(run.ExitCode == 2, run.Everything);
        Assert.Equal(2, Run([.. Export, "--state", "state", "--dry-run"]).ExitCode);
        Assert.Equal(2, Run([.. Export, "--state", "state/inside"]).ExitCode);
        Assert.False(Directory.Exists(In("not-mounted")), "the state was begun anew in another place");
    }

    [Fact]
    public void A_state_of_exports_that_cannot_be_seen_decides_nothing()
    {
        Circle("state");
        Execution dry = Run([.. Export, "--state", "state", "--dry-run"]);
        Assert.True(dry.ExitCode == 2, dry.Everything);
        Assert.Equal(2, Run([.. Export, "--state", "state"]).ExitCode);
        Assert.Equal(2, Run([.. Export, "--state", "state/inside", "--dry-run"]).ExitCode);
    }

    [Theory]
    [InlineData("trust", "list")]
    [InlineData("trust", "status")]
    [InlineData("trust", "show", "sigstore-public-good")]
    public void Commands_that_show_trust_say_that_it_cannot_be_seen(params string[] words)
    {
        Circle("data/offlinekit/trust-roots");
        Circle("config/offlinekit");
        Execution run = Run(words);
        Assert.True(run.ExitCode != 0, run.Everything);
    }

    [Fact]
    public void A_named_place_that_cannot_be_seen_is_said_and_not_taken_for_absent()
    {
        Circle("circle");
        Assert.Contains("Too many levels", Run(["verify", "circle/a", "--signature", "a.minisig", .. Verify[2..]]).Stderr, StringComparison.Ordinal);
        Assert.Contains("Too many levels", Run([.. Verify, "--trust", "circle/store"]).Stderr, StringComparison.Ordinal);
        Assert.Contains("Too many levels", Run(["verify-export", "circle/kit", .. Export[2..]]).Stderr, StringComparison.Ordinal);
        Assert.Contains("Too many levels", Run(["verify", "a", "--key", "name=circle/key"]).Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_longer_than_any_is_only_absent()
    {
        string name = new('n', 250);
        File.Copy(In("a"), In(name));
        Execution run = Run(["verify", name, .. Verify[2..]]);
        Assert.Contains("no signature next to", run.Stderr, StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Add()
    {
        using System.Text.Json.JsonDocument seen = System.Text.Json.JsonDocument.Parse(Run([.. Verify, "--output", "json"]).Stdout);
        string fingerprint = seen.RootElement.GetProperty("evidence")[0].GetProperty("fingerprint").GetString()!;
        Execution added = Run(["trust", "add", "alice", Key, "--fingerprint", fingerprint]);
        Assert.True(added.ExitCode == 0, added.Everything);
    }

    private void Refused(string[] words)
    {
        Execution run = Run(words);
        Assert.True(run.ExitCode == 1, run.Everything);
        Assert.Contains("trust.state-damaged", run.Stdout, StringComparison.Ordinal);
    }

    private void Hide(string name)
    {
        if (Path.Exists(In(name)) || new FileInfo(In(name)).LinkTarget is not null)
        {
            Directory.Move(In(name), In(Guid.NewGuid().ToString("N")));
        }
    }

    private void Circle(string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(In(name))!);
        File.CreateSymbolicLink(In(name), Path.GetFileName(name));
    }

    private void Lead(string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(In(name))!);
        File.CreateSymbolicLink(In(name), In("not-mounted"));
    }

    private Execution Run(string[] words) => Execution.Of(["env", $"XDG_CONFIG_HOME={In("config")}", $"XDG_DATA_HOME={In("data")}", .. Client.Command, .. words], _folder);

    private string In(string name) => Path.Combine(_folder, name);
}
