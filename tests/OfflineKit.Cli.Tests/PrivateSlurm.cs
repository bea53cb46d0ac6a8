using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests;

/// <summary>A Slurm cluster of one node that belongs to one test: its own key, its own folder, ended with the test.</summary>
/// <remarks>The machine's own cluster, if there is one, is neither used nor touched.</remarks>
internal sealed class PrivateSlurm : IDisposable
{
    private static readonly string[] Daemons = ["slurmd", "slurmctld", "munged"];
    private readonly string _folder;

    /// <summary>Starts the cluster in <paramref name="folder"/>; a test is skipped where it does not come up.</summary>
    public PrivateSlurm(string folder)
    {
        Execution.Needs("sbatch");
        Assert.SkipUnless(File.Exists("/usr/sbin/slurmctld") && File.Exists("/usr/sbin/slurmd") && File.Exists("/usr/sbin/munged"), "slurmctld, slurmd or munged is not installed");
        _folder = folder;
        Array.ForEach(["run", "log", "state", "spool"], name => Directory.CreateDirectory(Path.Combine(folder, name)));
        File.WriteAllText(Configuration, Text(folder, (17817 + (Environment.ProcessId % 1000 * 2)).ToString(System.Globalization.CultureInfo.InvariantCulture)));
        Execution up = Execution.Of(["sh", "-c", Start(folder)], folder, seconds: 60);
        if (up.ExitCode != 0)
        {
            Dispose();
            Assert.Skip($"slurm does not start here: {up.Stderr.Trim().ReplaceLineEndings(" ")}");
        }
    }

    /// <summary>What SLURM_CONF must say.</summary>
    public string Configuration => Path.Combine(_folder, "slurm.conf");

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (string file in Daemons.Select(name => Path.Combine(_folder, "run", $"{name}.pid")).Where(File.Exists))
        {
            Execution.Of(["sh", "-c", $"pid=$(cat '{file}'); kill $pid; for i in $(seq 100); do kill -0 $pid 2> /dev/null || exit 0; sleep 0.1; done"], _folder);
        }
    }

    private static string Start(string folder) => $"""
        head -c 1024 /dev/urandom > '{folder}/munge.key' && chmod 400 '{folder}/munge.key' &&
        munged --force --key-file='{folder}/munge.key' --socket='{folder}/run/munge.socket' --pid-file='{folder}/run/munged.pid' --log-file='{folder}/log/munged.log' --seed-file='{folder}/run/seed' &&
        slurmctld -f '{folder}/slurm.conf' && slurmd -f '{folder}/slurm.conf' || exit 1
        export SLURM_CONF='{folder}/slurm.conf'
        for i in $(seq 100); do sinfo -h -o %t | grep -q '^idle$' && exit 0; sleep 0.2; done
        echo the node did not become idle >&2; tail -n 3 '{folder}'/log/slurm*.log >&2; exit 1
        """;

    private static string Text(string folder, string port) => $"""
        ClusterName=offlinekit
        SlurmctldHost={Host}(127.0.0.1)
        SlurmctldPort={port}
        SlurmdPort={int.Parse(port, System.Globalization.CultureInfo.InvariantCulture) + 1}
        SlurmUser={Environment.UserName}
        SlurmdUser={Environment.UserName}
        AuthType=auth/munge
        AuthInfo=socket={folder}/run/munge.socket
        CredType=cred/munge
        StateSaveLocation={folder}/state
        SlurmdSpoolDir={folder}/spool
        SlurmctldPidFile={folder}/run/slurmctld.pid
        SlurmdPidFile={folder}/run/slurmd.pid
        SlurmctldLogFile={folder}/log/slurmctld.log
        SlurmdLogFile={folder}/log/slurmd.log
        ProctrackType=proctrack/linuxproc
        TaskPlugin=task/none
        SwitchType=switch/none
        MpiDefault=none
        JobAcctGatherType=jobacct_gather/none
        AccountingStorageType=accounting_storage/none
        SelectType=select/cons_tres
        SelectTypeParameters=CR_Core
        ReturnToService=2
        SchedulerParameters=sched_interval=1,batch_sched_delay=0
        NodeName={Host} NodeAddr=127.0.0.1 CPUs={Environment.ProcessorCount} State=UNKNOWN
        PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP

        """;

    private static string Host => Environment.MachineName.Split('.')[0];
}
