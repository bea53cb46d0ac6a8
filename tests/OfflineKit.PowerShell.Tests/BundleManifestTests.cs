using System;
using System.IO;
using System.Linq;
using OfflineKit.Testing;
using Xunit;
using static OfflineKit.PowerShell.Tests.Invocation;

namespace OfflineKit.PowerShell.Tests;

/// <summary>Test-PolicyBundle -Manifest: a given manifest must be of this kit, and a JWS that lies beside it must be by somebody trusted.</summary>
public sealed class BundleManifestTests : IDisposable
{
    private readonly RealEngine _engine = RealEngine.Use();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void The_manifest_of_the_kit_is_true()
    {
        string manifest = Manifest("offline-update-kit-offline-manifest");
        Assert.Equal(true, Test(manifest).Written.Single());
    }

    [Fact]
    public void The_manifest_of_another_kit_is_false()
    {
        TestPolicyBundleCommand command = Test(Manifest("offline-update-kit-offline-manifest-other"));
        Assert.Equal((false, "DigestMismatch"), (command.Written.Single(), command.Errors.Single().FullyQualifiedErrorId));
    }

    [Fact]
    public void A_JWS_beside_the_manifest_by_nobody_trusted_is_false()
    {
        string manifest = Manifest("offline-update-kit-offline-manifest");
        File.Copy(Kit("offline-update-kit-offline-manifest", "offline.jws"), manifest + ".jws");
        Assert.Equal(false, Test(manifest).Written.Single());
    }

    [Fact]
    public void A_manifest_that_is_not_there_is_false()
    {
        TestPolicyBundleCommand command = Test(Path.Combine(_engine.Folder, "none"));
        Assert.Equal(false, command.Written.Single());
        Assert.NotEmpty(command.Errors);
    }

    private static string Kit(params string[] names) => Repository.Path(["tests", "vectors", "exports", .. names]);

    private string Manifest(string scenario)
    {
        string path = Path.Combine(_engine.Folder, "offline.json");
        File.Copy(Kit(scenario, "offline.json"), path);
        return path;
    }

    private static TestPolicyBundleCommand Test(string manifest)
    {
        TestPolicyBundleCommand command = new() { Path = Paths(Kit("offline-update-kit-good", "e")), PublicKey = [Kit("_keys", "alice.pem")], Manifest = manifest };
        return Run(command);
    }
}
