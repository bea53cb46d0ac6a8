using OfflineKit.Testing;

namespace OfflineKit.Signer.Tests;

/// <summary>A PKCS#11 token in software (SoftHSM) with one P-256 key, in a folder of its own.</summary>
internal sealed class SoftToken
{
    private const string Pin = "1234";
    private readonly World _world;

    private SoftToken(World world) => _world = world;

    public static string Key => $"pkcs11:token=kit;object=p256?module-path={Module}";

    public (string, string)[] Environment => [("SOFTHSM2_CONF", _world.FilePath("softhsm2.conf")), ("COSIGN_PKCS11_PIN", "")];

    private static string Module
    {
        get
        {
            string? module = new[]
            {
                System.Environment.GetEnvironmentVariable("PEERS_SOFTHSM"), "/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
            }.FirstOrDefault(path => path is { Length: > 0 } && File.Exists(path));
            Assert.SkipWhen(module is null, "libsofthsm2.so is not installed (build/setup.sh peers)");
            return module!;
        }
    }

    /// <summary>Makes it in the folder of <paramref name="world"/>, with <c>token.pub</c> and the file <c>pin</c>.</summary>
    public static SoftToken In(World world)
    {
        SoftToken token = new(world);
        _ = (Module, PeerTools.Needed("softhsm2-util"), PeerTools.Needed("pkcs11-tool"));
        Directory.CreateDirectory(world.FilePath("tokens"));
        world.Write("softhsm2.conf", $"directories.tokendir = {world.FilePath("tokens")}\n");
        world.Write("pin", Pin + "\n");
        token.Run("softhsm2-util", "--module", Module, "--init-token", "--free", "--label", "kit", "--so-pin", "12345678", "--pin", Pin);
        token.Run("pkcs11-tool", "--module", Module, "--token-label", "kit", "--login", "--pin", Pin, "--keypairgen", "--key-type", "EC:prime256v1", "--id", "01", "--label", "p256", "--usage-sign");
        token.Run("pkcs11-tool", "--module", Module, "--token-label", "kit", "--read-object", "--type", "pubkey", "--label", "p256", "--output-file", world.FilePath("token.der"));
        Execution.Of(["openssl", "pkey", "-pubin", "-inform", "DER", "-in", world.FilePath("token.der"), "-out", world.FilePath("token.pub")]);
        return token;
    }

    private void Run(string program, params string[] arguments)
    {
        Execution run = Execution.Of(["env", .. Environment.Select(pair => $"{pair.Item1}={pair.Item2}"), PeerTools.Needed(program), .. arguments]);
        Assert.True(run.ExitCode == 0, run.Everything);
    }
}
