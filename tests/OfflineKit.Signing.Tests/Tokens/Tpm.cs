using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace OfflineKit.Signing.Tests.Tokens;

/// <summary>A software TPM with tpm2-pkcs11 in front of it, on a message bus of its own: a module as different from SoftHSM as can be had.</summary>
internal sealed class Tpm : IDisposable
{
    private const string Script =
        """
        set -e
        swtpm socket --tpm2 --tpmstate "dir=$1/state" --server "type=tcp,port=$2,bindaddr=127.0.0.1" --ctrl "type=tcp,port=$3,bindaddr=127.0.0.1" --flags not-need-init,startup-clear >"$1/swtpm.log" 2>&1 & tpm=$!
        trap 'kill $tpm' EXIT
        sleep 1
        tpm2-abrmd --allow-root --session --flush-all --tcti="swtpm:host=127.0.0.1,port=$2" >"$1/broker.log" 2>&1 & broker=$!
        trap 'kill $broker $tpm' EXIT
        sleep 2
        tpm2_ptool init >&2
        tpm2_ptool addtoken --pid=1 --label=tpm --sopin=12345678 --userpin=1234 >&2
        for kind in ecc256 ecc384 rsa2048; do tpm2_ptool addkey --algorithm=$kind --label=tpm --userpin=1234 --key-label=$kind >&2; done
        echo "ready $DBUS_SESSION_BUS_ADDRESS"
        read -r end || true
        """;

    private readonly Process _process;
    private readonly Folder _folder = new();
    private readonly string _bus;

    public Tpm()
    {
        string module = TokenPeers.Module("PEERS_TPM2_PKCS11", "libtpm2_pkcs11.so.1");
        foreach (string program in (string[])["swtpm", "tpm2-abrmd", "tpm2_ptool", "dbus-daemon"])
        {
            _ = Peer.Needed(program);
        }

        int port = FreePair();
        string configuration = TokenPeers.Said("PEERS_DBUS_CONFIG") ?? "/usr/share/dbus-1/session.conf";
        Directory.CreateDirectory(_folder["state"]);
        Directory.CreateDirectory(_folder["store"]);
        ProcessStartInfo start = new(
            Peer.Needed("dbus-run-session"),
            [$"--config-file={configuration}", $"--dbus-daemon={Peer.Needed("dbus-daemon")}", "--", "bash", "-c", Script, "tpm", _folder.Path, $"{port}", $"{port + 1}"])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        Common = [("TPM2TOOLS_TCTI", "tabrmd:bus_type=session"), ("TPM2_PKCS11_TCTI", "tabrmd:bus_type=session"), ("TPM2_PKCS11_STORE", _folder["store"])];
        foreach ((string name, string value) in Common)
        {
            start.Environment[name] = value;
        }

        start.Environment["PATH"] = (TokenPeers.Said("PEERS") is { } peers ? Path.Combine(peers, "bin") + ":" : "") + System.Environment.GetEnvironmentVariable("PATH");
        _process = Process.Start(start)!;
        Task<string> said = _process.StandardError.ReadToEndAsync();
        string? line = _process.StandardOutput.ReadLine();
        Assert.True(line?.StartsWith("ready ", StringComparison.Ordinal) == true, line ?? said.Result);
        _bus = line!["ready ".Length..];
        Module = module;
    }

    public string Module { get; }

    public (string Name, string Value)[] Environment =>
        [.. Common, ("DBUS_SESSION_BUS_ADDRESS", _bus), ("COSIGN_PKCS11_MODULE_PATH", Module), ("COSIGN_PKCS11_PIN", "1234"), .. TokenPeers.Libraries];

    private (string Name, string Value)[] Common { get; }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(10_000))
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
        _folder.Dispose();
    }

    // The client looks for the control port beside the server's.
    private static int FreePair()
    {
        for (int attempt = 0; ; attempt++)
        {
            using TcpListener first = new(IPAddress.Loopback, 0);
            first.Start();
            int port = ((IPEndPoint)first.LocalEndpoint).Port;
            try
            {
                using TcpListener second = new(IPAddress.Loopback, port + 1);
                second.Start();
                return port;
            }
            catch (SocketException) when (attempt < 20)
            {
                // Somebody has the next one.
            }
        }
    }
}
