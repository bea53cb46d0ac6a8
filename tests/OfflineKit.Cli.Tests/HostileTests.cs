using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests;

/// <summary>The published programs on machines that are in the way (tests/hostile), in short: the old state or the new one, and nothing trusted that was not to be.</summary>
public sealed class HostileTests
{
    private const int Minutes = 10;

    [Theory]
    [InlineData("kills")]
    [InlineData("faults")]
    [InlineData("reads")]
    [InlineData("a full disk")]
    [InlineData("a read-only medium")]
    [InlineData("small files (ulimit -f)")]
    [InlineData("few open files (ulimit -n)")]
    [InlineData("little memory (ulimit -v)")]
    [InlineData("two users")]
    [InlineData("four at once")]
    [InlineData("a clock that jumps")]
    public void The_old_state_or_the_new_one_is_in_force(string machine)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "strace and mounts of Linux");
        Execution.Needs("python3");
        string[] programs = [$"OFFLINEKIT={Published.Of("linux-x64").Binary}", $"OFFLINEKIT_SIGN={Published.Of("linux-x64", "offlinekit-sign").Binary}"];
        string[] few = ["--kills", "80", "--faults", "80", "--reads", "80", "--only", machine];
        Execution run = Execution.Of(["env", .. programs, "python3", "-B", Repository.Path("tests", "hostile", "hostile.py"), .. few], seconds: Minutes * 60);
        Assert.True(run.ExitCode == 0, run.Everything);
        string said = run.Stdout.Split('\n')[0];
        Assert.SkipWhen(said.StartsWith("SKIPPED", StringComparison.Ordinal), said);
        Assert.StartsWith($"ok {machine}: ", said, StringComparison.Ordinal);
    }
}
