using System.Runtime.Versioning;
using OfflineKit.Testing;

namespace OfflineKit.Signing.Tests.Dossier;

/// <summary>docs/dossier-migration.md is a transcript: every command on it is run, in order, and says what the page says.</summary>
public sealed class MigrationGuideTests
{
    private const string Dossier = "---dossier\n{\n  \"dossier_schema_version\": \"1.0.0\",\n  \"title\": \"T\",\n  \"version\": \"1.0.0\"\n}\n---\nbody\n";

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Every_command_of_the_page_says_what_the_page_says()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the page is written for a Unix shell");
        using Folder folder = new();
        Directory.CreateDirectory(folder["dossiers/deep"]);
        Directory.CreateDirectory(folder["mirror"]);
        Peer.Must(folder.Path, "openssl", ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "service.pem"]);
        Peer.Must(folder.Path, "openssl", ["pkey", "-in", "service.pem", "-pubout", "-out", "kms.pem"]);
        Peer.Must(folder.Path, "openssl", ["genpkey", "-algorithm", "ed25519", "-out", "team.pem"]);
        foreach ((string name, string scheme) in new[] { ("dossiers/one.ds.md", "v1"), ("dossiers/two.ds.md", "v2"), ("dossiers/deep/three.ds.md", "v3") })
        {
            folder.Write(name, Dossier);
            (int exit, string output) = Peer.Sign(folder.Path, ["dossier", "sign", name, "--scheme", scheme, "--key", "service.pem", "--key-name", "arn:aws:kms:eu-central-1:111122223333:key/1"]);
            Assert.True(exit == 0, output);
        }

        File.Copy(folder["dossiers/one.ds.md"], folder["mirror/one.ds.md"]);
        File.Delete(folder["service.pem"]);
        Guide.Shim(folder.Path, "offlinekit", Client.Command);
        Guide.Shim(folder.Path, "offlinekit-sign", ["dotnet", Path.Combine(AppContext.BaseDirectory, "OfflineKit.Signing.Cli.dll")]);
        Guide guide = new(Repository.Path("docs", "dossier-migration.md"));
        Assert.Equal(guide.Count, guide.Replay(folder.Path));
    }
}
