using System.Runtime.Versioning;
using System.Text.Json;
using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests;

/// <summary>The recipes of docs/scale.md are run as they stand there; each ends in the result of one machine.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ScaleGuideTests : IDisposable
{
    private const int Files = 60;
    private const string Same = "It is the same result";
    private static readonly Guide Page = new(Repository.Path("docs", "scale.md"));
    private readonly string _folder = Directory.CreateTempSubdirectory("offlinekit-scale-").FullName;

    public ScaleGuideTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the recipes are written for a Unix shell");
        Array.ForEach(Directory.GetFiles(Repository.Path("docs", "scale")), file => File.Copy(file, In(Path.GetFileName(file))));
        File.Copy(Repository.Path("tests", "vectors", "minisign", "_keys", "alice.pub"), In("release.pub"));
        string good = Repository.Path("tests", "vectors", "minisign", "prehashed", "a.txt");
        string[] names = [.. Enumerable.Range(0, Files).Select(i => $"f{i * 7 % Files:D2}.txt")];
        foreach (string name in names)
        {
            File.Copy(good, In(name));
            File.Copy(good + ".minisig", In(name + ".minisig"));
        }

        File.AppendAllText(In("f33.txt"), "changed on the way");
        File.WriteAllLines(In("files.txt"), names);
        Guide.Shim(_folder, "offlinekit", Client.Command);
    }

    [Fact]
    public void Every_section_is_run_by_a_test() =>
        Assert.Equal(["A Kubernetes Indexed Job", "A Slurm job array", "GNU parallel over hosts", Same, "One machine"], Page.Sections.Order(StringComparer.Ordinal));

    [Fact]
    public void GNU_parallel_gives_the_result_of_one_machine()
    {
        Execution.Needs("parallel");
        Assert.True(Page.Replay(_folder, "One machine", "GNU parallel over hosts", Same) >= 7);
    }

    [Fact]
    public void A_Slurm_job_array_gives_the_result_of_one_machine()
    {
        using PrivateSlurm cluster = new(Directory.CreateDirectory(In("slurm")).FullName);
        Guide.Shim(_folder, "sbatch", ["env", $"SLURM_CONF={cluster.Configuration}", "/usr/bin/sbatch", "--export=ALL"]);
        Assert.True(Page.Replay(_folder, "One machine", "A Slurm job array", Same) >= 7);
    }

    [Fact]
    public void An_indexed_job_gives_the_result_of_one_machine()
    {
        JsonElement job = Manifest().GetProperty("spec");
        Assert.Equal("Indexed", job.GetProperty("completionMode").GetString());
        int parts = job.GetProperty("completions").GetInt32();
        JsonElement pod = job.GetProperty("template").GetProperty("spec"), container = pod.GetProperty("containers")[0];
        Assert.Equal("Never", pod.GetProperty("restartPolicy").GetString());
        Assert.Equal($"{parts}", container.GetProperty("env")[0].GetProperty("value").GetString());
        string[] command = [.. container.GetProperty("command").EnumerateArray().Select(word => word.GetString()!)];
        Assert.Contains("JOB_COMPLETION_INDEX", command[^1], StringComparison.Ordinal);
        for (int i = 0; i < parts; i++)
        {
            Execution pods = Execution.Of(["env", $"PATH={In("bin")}:/usr/bin:/bin", $"JOB_COMPLETION_INDEX={i}", $"PARTS={parts}", .. command], _folder, seconds: 60);
            Assert.True(pods.ExitCode == 0, pods.Everything);
        }

        Assert.True(Page.Replay(_folder, "One machine", "A Kubernetes Indexed Job", Same) >= 6);
    }

    [Fact]
    public void A_part_that_was_cut_short_goes_on_where_it_ended()
    {
        Execution first = Part();
        Assert.Equal(0, first.ExitCode);
        string whole = File.ReadAllText(In("results/part-1.ndjson"));
        string[] lines = whole.Split('\n');
        File.Delete(In("results/part-1.ndjson"));
        File.WriteAllText(In("results/part-1.partial"), string.Join('\n', lines.Take(5)) + "\n" + lines[5][..40]);
        Assert.Equal(0, Part().ExitCode);
        string again = File.ReadAllText(In("results/part-1.ndjson"));
        Assert.Contains("\"resumed\":4", again, StringComparison.Ordinal);
        Assert.Equal(lines.Length, again.Split('\n').Length);
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Execution Part() => Execution.Of(["env", $"PATH={In("bin")}:/usr/bin:/bin:{Environment.GetEnvironmentVariable("PATH")}", "sh", "verify-part.sh", "files.txt", "1", "4"], _folder, seconds: 60);

    // A reader by others must find the one document that we mean.
    private static JsonElement Manifest()
    {
        Execution read = Execution.Of(
            ["/usr/bin/python3", "-c", "import json, sys, yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1]))))", Repository.Path("docs", "scale", "job.yaml")]);
        Assert.SkipUnless(read.ExitCode == 0 || !read.Stderr.Contains("No module named 'yaml'", StringComparison.Ordinal), "python3-yaml is not installed");
        Assert.True(read.ExitCode == 0, read.Everything);
        JsonElement job = JsonDocument.Parse(read.Stdout).RootElement;
        Assert.Equal(("batch/v1", "Job"), (job.GetProperty("apiVersion").GetString()!, job.GetProperty("kind").GetString()!));
        return job;
    }

    private string In(string name) => Path.Combine(_folder, name);
}
