using OfflineKit.Signing.Tests.Tokens;
using OfflineKit.Testing;

namespace OfflineKit.Signing.Tests;

/// <summary>docs/providers: the pages about tokens and plugins are transcripts.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ProviderGuideTests
{
    private static readonly string[] Sign = ["dotnet", Path.Combine(AppContext.BaseDirectory, "OfflineKit.Signing.Cli.dll")];

    [Fact]
    public void Every_command_about_tokens_says_what_the_page_says()
    {
        using Folder folder = Programs();
        string module = SoftHsm.Module, prelude = $"export SOFTHSM2_CONF={folder["softhsm2.conf"]} COSIGN_PKCS11_MODULE_PATH={module}; ";
        Directory.CreateDirectory(folder["tokens"]);
        folder.Write("softhsm2.conf", $"directories.tokendir = {folder["tokens"]}\n");
        string[] libraries = [.. TokenPeers.Libraries.Select(library => $"{library.Name}={library.Value}")];
        Guide.Shim(folder.Path, "softhsm2-util", [Peer.Needed("softhsm2-util")]);
        Guide.Shim(folder.Path, "pkcs11-tool", [Peer.Needed("pkcs11-tool")]);
        Guide.Shim(folder.Path, "offlinekit-sign", ["env", .. libraries, .. Sign]);
        Guide guide = new(Repository.Path("docs", "providers", "pkcs11.md")) { Prelude = prelude };
        Assert.Equal(guide.Count, guide.Replay(folder.Path));
    }

    [Fact]
    public void Every_command_about_plugins_says_what_the_page_says()
    {
        using Folder folder = Programs();
        Guide.Shim(folder.Path, "cosign", [Peer.Needed("cosign")]);
        Guide.Shim(folder.Path, "sigstore-kms-offlinekit", [.. Sign, "cosign-plugin"]);
        Guide guide = new(Repository.Path("docs", "providers", "plugin.md"));
        Assert.Equal(guide.Count, guide.Replay(folder.Path));
    }

    private static Folder Programs()
    {
        Folder folder = new();
        Guide.Shim(folder.Path, "offlinekit", Client.Command);
        Guide.Shim(folder.Path, "offlinekit-sign", Sign);
        return folder;
    }
}
