using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests.Machines;

/// <summary>A machine whose administrator decided something: the program runs in a mount namespace of its own, in which a folder of the test lies where the machine's would.</summary>
internal sealed class BoundMachine : IDisposable
{
    // An own /etc over the real one, of which nothing is changed, so that the folder need not be there.
    private const string Room = """
        d=$1; shift
        mount -t tmpfs tmpfs /mnt && mkdir /mnt/upper /mnt/work && mount -t overlay overlay -o lowerdir=/etc,upperdir=/mnt/upper,workdir=/mnt/work /etc || exit 90
        mkdir -p /etc/offlinekit && umount /mnt && mount --bind "$d" /etc/offlinekit && exec "$@"
        exit 90
        """;

    private readonly string _parent = Directory.CreateTempSubdirectory("offlinekit-machine-").FullName;

    private BoundMachine() => Directory.CreateDirectory(Folder);

    /// <summary>What lies at the place of the machine's folder.</summary>
    public string Folder => Path.Combine(_parent, "machine");

    /// <summary>A machine with nothing decided; the test is skipped where no such room can be made.</summary>
    public static BoundMachine Empty()
    {
        Execution.Needs("unshare");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "only root can make a mount namespace");
        BoundMachine machine = new();
        Execution probe = Execution.Of([.. machine.Words, "true"]);
        Assert.SkipUnless(probe.ExitCode == 0, "no file system can be mounted here: " + probe.Stderr);
        return machine;
    }

    /// <summary>A machine that the policy in <paramref name="text"/> binds.</summary>
    public static BoundMachine With(string text)
    {
        BoundMachine machine = Empty();
        File.WriteAllText(Path.Combine(machine.Folder, "policy"), text);
        return machine;
    }

    /// <summary>A policy that the keys with <paramref name="fingerprints"/> satisfy, any of them.</summary>
    public static string PolicyOf(params IEnumerable<string> fingerprints) =>
        $"version: 1\nname: ours\nsigners:\n  - any-of: [{string.Join(", ", fingerprints.Select(fingerprint => $"\"sha256:{fingerprint}\""))}]\n";

    /// <summary>Runs the program on it.</summary>
    public Execution Run(IEnumerable<string> arguments, byte[]? stdin = null, string? configuration = null) =>
        Start([.. Client.Command, .. arguments], stdin, configuration);

    /// <summary>The words that start the program on it with <paramref name="arguments"/>.</summary>
    public IReadOnlyList<string> Command(params IEnumerable<string> arguments) => [.. Words, .. Client.Command, .. arguments];

    /// <summary>Runs another program on it.</summary>
    public Execution Start(IEnumerable<string> command, byte[]? stdin = null, string? configuration = null) => Execution.Of([.. Words, .. command], stdin: stdin, seconds: 120, configuration: configuration);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_parent, recursive: true);

    private string[] Words => ["unshare", "-m", "sh", "-c", Room, "sh", Folder];
}
