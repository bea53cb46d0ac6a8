using System.Text.Json;

namespace OfflineKit.Signing.Tests.Output;

/// <summary>A folder with one of everything that signing reads: keys, documents, a trust repository, a kit.</summary>
internal sealed class Bench : IDisposable
{
    private static readonly Lazy<string> Made = new(Make);

    public Bench()
    {
        Peer.Must("/", "cp", ["-a", Made.Value + "/.", Folder.Path]);
    }

    public Folder Folder { get; } = new();

    /// <summary>Runs the program; the words of <paramref name="line"/> are its arguments.</summary>
    public (int Exit, string Output) Sign(string line, string input = "") => Peer.Sign(Folder.Path, line.Split(' '), input);

    public void Dispose() => Folder.Dispose();

    private static string Make()
    {
        Folder folder = new();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
        folder.Write("a", "hello\n");
        folder.Write("b", "world\n");
        folder.Write("pred.json", "{}");
        folder.Write("bad.ds.md", "no front matter\n");
        folder.Write("guide.ds.md", "---json\n{\"dossier_schema_version\":\"1\",\"title\":\"T\",\"version\":\"1\"}\n---\nbody\n");
        folder.Write("bad.yaml", "rules: [\n");
        folder.Write("event.json", "{\"event\":\"x\"}");
        folder.Write("bad.json", "{");
        Directory.CreateDirectory(folder["in"]);
        folder.Write("in/file", "payload\n");
        Peer.Must(folder.Path, "openssl", ["genpkey", "-algorithm", "ed25519", "-out", "key.pem"]);
        Peer.Must(folder.Path, "openssl", ["genpkey", "-algorithm", "ed25519", "-out", "other.pem"]);
        Peer.Must(folder.Path, "openssl", ["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", "rsa.pem"]);
        Must(folder, "keygen -W -s own.key -p own.pub");
        Must(folder, "public-key key.pem -o key.pub");
        Must(folder, "public-key other.pem -o other.pub");
        Must(folder, "sign b --format dsse --payload-type text/plain --key key.pem -o b.dsse.json");
        Must(folder, "sign b --format sigstore --key key.pem --append b.jsonl");
        Must(folder, "trust init repo --root key.pub --targets key.pub --snapshot key.pub --timestamp key.pub");
        Must(folder, "export pack in --name k --version 1 --key key.pem -o kit");
        return folder.Path;
    }

    private static void Must(Folder folder, string line)
    {
        (int exit, string output) = Peer.Sign(folder.Path, line.Split(' '));
        Assert.True(exit == 0, $"{line}: {output}");
    }

    /// <summary>Asks the engine and gives its answer to the request with id 1.</summary>
    public JsonElement Serve(string request)
    {
        (int exit, string output) = Peer.Sign(Folder.Path, ["serve"], request + "\n{\"verb\":\"bye\"}\n");
        Assert.True(exit == 0, output);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).First(answer => answer.TryGetProperty("id", out JsonElement id) && id.GetString() == "1");
    }
}
