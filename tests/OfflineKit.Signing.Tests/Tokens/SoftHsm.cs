namespace OfflineKit.Signing.Tests.Tokens;

/// <summary>A SoftHSM token called kit with one key of every kind; made once for a class of tests, skipped by name where SoftHSM is not installed.</summary>
public sealed class SoftHsm : IDisposable
{
    public const string Pin = "1234";

    /// <summary>Label on the token, and the kind for pkcs11-tool.</summary>
    private static readonly (string Label, string Kind)[] Keys =
    [
        ("rsa", "rsa:2048"), ("p256", "EC:prime256v1"), ("p384", "EC:secp384r1"), ("p521", "EC:secp521r1"), ("k1", "EC:secp256k1"), ("ed", "EC:edwards25519"),
    ];

    private readonly Lock _gate = new();
    private readonly Folder _folder = new();
    private bool _isMade;

    /// <summary>The environment in which the module is found, without a PIN.</summary>
    internal (string Name, string Value)[] Environment =>
        [("SOFTHSM2_CONF", _folder["softhsm2.conf"]), ("COSIGN_PKCS11_MODULE_PATH", Module), ("COSIGN_PKCS11_PIN", ""), .. TokenPeers.Libraries];

    internal (string Name, string Value)[] WithPin => [.. Environment, ("COSIGN_PKCS11_PIN", Pin)];

    internal static string Module => TokenPeers.Module("PEERS_SOFTHSM", "softhsm/libsofthsm2.so");

    /// <summary>Makes the token where that was not done yet, and puts the public half of <paramref name="label"/> into <paramref name="folder"/>.</summary>
    internal void Needed(Folder folder, string label)
    {
        lock (_gate)
        {
            if (!_isMade)
            {
                Make();
                _isMade = true;
            }

            string pem = _folder[label + ".pem"];
            if (!File.Exists(pem))
            {
                (int exit, string output) = Peer.Sign(_folder.Path, ["public-key", $"pkcs11:token=kit;object={label}", "-o", pem], "", WithPin);
                Assert.True(exit == 0, output);
            }

            File.Copy(pem, folder["pin.pem"], overwrite: true);
        }
    }

    internal string Tool(params string[] arguments)
    {
        (int exit, string output) = Peer.Run(_folder.Path, "pkcs11-tool", ["--module", Module, "--token-label", "kit", "--login", "--pin", Pin, .. arguments], "", Environment);
        Assert.True(exit == 0, output);
        return output;
    }

    /// <summary>What openssl says of the public half, asked of the token by another program.</summary>
    internal string PemByOthers(string label, Folder folder)
    {
        Tool("--read-object", "--type", "pubkey", "--label", label, "--output-file", folder["other.der"]);
        return Peer.Must(folder.Path, "openssl", ["pkey", "-pubin", "-inform", "DER", "-in", "other.der"]);
    }

    /// <summary>Pulls the token out of its slot.</summary>
    internal void Remove() => Directory.Delete(_folder["tokens"], recursive: true);

    public void Dispose() => _folder.Dispose();

    private void Make()
    {
        _ = (Peer.Needed("softhsm2-util"), Peer.Needed("pkcs11-tool"), Module);
        Directory.CreateDirectory(_folder["tokens"]);
        _folder.Write("softhsm2.conf", $"directories.tokendir = {_folder["tokens"]}\n");
        (int exit, string output) = Peer.Run(_folder.Path, "softhsm2-util", ["--init-token", "--free", "--label", "kit", "--so-pin", "12345678", "--pin", Pin], "", Environment);
        Assert.True(exit == 0, output);
        for (int i = 0; i < Keys.Length; i++)
        {
            Tool("--keypairgen", "--key-type", Keys[i].Kind, "--id", $"0{i + 1}", "--label", Keys[i].Label, "--usage-sign");
        }

        // Two private keys with one label: only the id tells them apart.
        Tool("--keypairgen", "--key-type", "EC:prime256v1", "--id", "a1", "--label", "twin", "--usage-sign");
        Tool("--keypairgen", "--key-type", "EC:prime256v1", "--id", "a2", "--label", "twin", "--usage-sign");
        // A private key whose public half was deleted.
        Tool("--keypairgen", "--key-type", "EC:prime256v1", "--id", "c1", "--label", "alone", "--usage-sign");
        Tool("--delete-object", "--type", "pubkey", "--id", "c1");
    }
}
