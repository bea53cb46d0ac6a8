using OfflineKit.Testing;

namespace OfflineKit.Signing.Tests.Trust;

/// <summary>A trust repository that <c>offlinekit-sign trust</c> keeps in a folder of its own, as a security team would.</summary>
internal sealed class MaintainedRepository : IDisposable
{
    private readonly Folder _folder = new();

    public string Path => _folder.Path;

    public string this[string name] => _folder[name];

    public string Repo => _folder["repo"];

    /// <summary>A key pair <paramref name="name"/>.key and .pub, made by openssl.</summary>
    public void MakeKey(string name)
    {
        Peer.Must(Path, "openssl", ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", name + ".key"]);
        Peer.Must(Path, "openssl", ["pkey", "-in", name + ".key", "-pubout", "-out", name + ".pub"]);
    }

    /// <summary>A file in the folder.</summary>
    public string Write(string name, string content) => _folder.Write(name, content);

    /// <summary>Runs <c>offlinekit-sign trust …</c> and wants success; returns what it said.</summary>
    public string Trust(params string[] arguments) => Trust([], arguments);

    /// <inheritdoc cref="Trust(string[])"/>
    public string Trust((string, string)[] environment, params string[] arguments)
    {
        (int exit, string output) = Peer.Sign(Path, ["trust", .. arguments], "", environment);
        Assert.True(exit == 0, $"trust {string.Join(' ', arguments)}: exit {exit}: {output}");
        return output;
    }

    /// <summary>Runs the same and wants the refusal <paramref name="reason"/>.</summary>
    public void Refused(string reason, params string[] arguments)
    {
        (int exit, string output) = Peer.Sign(Path, ["trust", .. arguments]);
        Assert.True(exit != 0 && output.Contains(reason, StringComparison.Ordinal), $"trust {string.Join(' ', arguments)}: exit {exit}: {output}");
    }

    /// <summary>The verifier finds the repository sound from its first root; returns its report.</summary>
    public string Sound()
    {
        string pin = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(System.IO.Path.Combine(Repo, "metadata", "1.root.json"))));
        Execution run = Client.Run(["trust", "check", Repo, "--root-fingerprint", pin]);
        Assert.True(run.ExitCode == 0, run.Everything);
        return run.Stdout;
    }

    /// <summary>A repository in which one local key fills every role, published once.</summary>
    public static MaintainedRepository WithOneKey()
    {
        MaintainedRepository repository = new();
        repository.MakeKey("all");
        repository.Trust(["init", "repo", .. new[] { "root", "targets", "snapshot", "timestamp" }.SelectMany(role => new[] { "--" + role, "all.pub" })]);
        return repository;
    }

    /// <summary>Signs and publishes with that key.</summary>
    public void Publish(params string[] more)
    {
        Trust("sign", "repo", "--key", "all.key");
        Trust(["publish", "repo", "--key", "all.key", .. more]);
    }

    public void Dispose() => _folder.Dispose();
}
