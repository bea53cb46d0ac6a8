using OfflineKit.Host.State;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Signing.Tests.Trust;
using OfflineKit.Trust.Tuf;

namespace OfflineKit.Cli.Tests.State;

/// <summary>An import that is cut anywhere leaves the old trust or the new one, whole.</summary>
public sealed class CrashTests : IDisposable
{
    private static readonly Lazy<(SimulatedRepository Old, SimulatedRepository New, string Pin)> Releases = new(() =>
    {
        SimulatedRepository site = SimulatedRepository.Fresh();
        SimulatedRepository old = site.Copy();
        site.AddRoot(site.Keys["root"]);
        site.Advance();
        return (old, site, old.Pin);
    });

    // Thousands of flushes to a real disk take minutes and show nothing more: the steps are the same.
    private readonly string _root = Directory.Exists("/dev/shm")
        ? Directory.CreateDirectory($"/dev/shm/offlinekit-crash-{Guid.NewGuid():N}").FullName
        : Directory.CreateTempSubdirectory("offlinekit-crash-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_cut_before_any_step_of_the_first_import_leaves_nothing_or_everything()
    {
        int steps = CountSteps(folder => Import(folder, Releases.Value.Old));
        for (int cut = 0; cut < steps; cut++)
        {
            string path = Path.Combine(_root, $"first-{cut}");
            Assert.Throws<PowerCutException>(() => Import(Folder(path, cut), Releases.Value.Old));
            Assert.Contains(Version(path), new long?[] { null, 1 });
            Import(Folder(path), Releases.Value.Old);
            Assert.Equal(1, Version(path));
        }

        Assert.True(steps > 25, $"only {steps} steps");
    }

    [Fact]
    public void A_cut_before_any_step_of_an_update_leaves_the_old_trust_or_the_new()
    {
        int steps = CountSteps(folder => Import(folder, Releases.Value.New), Releases.Value.Old);
        HashSet<long?> seen = [];
        for (int cut = 0; cut < steps; cut++)
        {
            string path = Path.Combine(_root, $"update-{cut}");
            Import(Folder(path), Releases.Value.Old);
            Assert.Throws<PowerCutException>(() => Import(Folder(path, cut), Releases.Value.New));
            seen.Add(Version(path));
            Import(Folder(path), Releases.Value.New);
            Assert.Equal(2, Version(path));
        }

        Assert.Equal([1, 2], seen.Order());
    }

    [Theory]
    [InlineData(Loss.EverythingUnflushed)]
    [InlineData(Loss.ContentsUnflushed)]
    public void A_cut_that_loses_what_was_not_flushed_leaves_the_old_trust_or_the_new(Loss loss)
    {
        HashSet<long?> first = CutEverywhere(loss, before: null, Releases.Value.Old), update = CutEverywhere(loss, Releases.Value.Old, Releases.Value.New);
        Assert.Equal([null, 1], first.Order());
        Assert.Equal([1, 2], update.Order());
    }

    [Fact]
    public void An_import_that_has_answered_survives_a_cut_that_loses_what_was_not_flushed()
    {
        string path = Path.Combine(_root, "answered", "state", "default");
        LossyDisk disk = new();
        Import(new TrustFolder(path, new Disk(disk.Before)), Releases.Value.Old);
        disk.Cut(Loss.EverythingUnflushed);
        Assert.Equal(1, Version(path));
    }

    [Fact]
    public void A_link_in_the_place_of_a_draft_is_not_followed()
    {
        string path = Path.Combine(_root, "linked", "default"), other = Path.Combine(_root, "other");
        File.WriteAllText(other, "of somebody else");
        Directory.CreateDirectory(path);
        File.CreateSymbolicLink(Path.Combine(path, "current.new"), other);
        Import(Folder(path), Releases.Value.Old);
        Assert.Equal(1, Version(path));
        Assert.Equal("of somebody else", File.ReadAllText(other));
    }

    [Fact]
    public void A_thousand_random_cuts_never_leave_a_mix()
    {
        Random random = new(20261122);
        string path = Path.Combine(_root, "random");
        Import(Folder(path), Releases.Value.Old);
        int steps = CountSteps(folder => Import(folder, Releases.Value.New), Releases.Value.Old);
        int old = 0, updated = 0;
        for (int kill = 0; kill < 1000; kill++)
        {
            long before = Version(path)!.Value;
            try
            {
                Import(Folder(path, random.Next(steps + 2)), Releases.Value.New);
            }
            catch (PowerCutException)
            {
            }

            long after = Version(path)!.Value;
            Assert.InRange(after, before, 2);
            _ = after == 1 ? old++ : updated++;
            if (after == 2)
            {
                Directory.Delete(path, recursive: true);
                Import(Folder(path), Releases.Value.Old);
            }
        }

        Assert.True(old > 100 && updated > 10, $"{old} old, {updated} new");
    }

    [Fact]
    public void Everything_is_on_the_disk_before_the_pointer_is_replaced()
    {
        List<string> steps = [];
        string path = Path.Combine(_root, "order");
        Import(new TrustFolder(path, new Disk(steps.Add)), Releases.Value.Old);
        int rename = steps.FindIndex(step => step.StartsWith("rename", StringComparison.Ordinal));
        Assert.Single(steps, step => step.StartsWith("rename", StringComparison.Ordinal));
        foreach (string file in steps.Where(step => step.StartsWith("create ", StringComparison.Ordinal)).Select(step => step["create ".Length..]))
        {
            Assert.InRange(steps.IndexOf("fsync " + file), steps.IndexOf("write on " + file), rename);
            Assert.Contains(steps.Take(rename + 2), step => step == "fsync " + Path.GetDirectoryName(file));
        }

        Assert.Equal("fsync " + path, steps[rename + 1]);
    }

    [Fact]
    public void Two_imports_at_once_exclude_each_other()
    {
        string path = Path.Combine(_root, "lock");
        using (Folder(path).TakeLock())
        {
            Assert.Contains("another import", Assert.Throws<UsageException>(() => Import(Folder(path), Releases.Value.Old)).Message, StringComparison.Ordinal);
        }

        Import(Folder(path), Releases.Value.Old);
        Parallel.For(0, 8, _ =>
        {
            try
            {
                Import(Folder(path), Releases.Value.New);
            }
            catch (UsageException)
            {
            }
        });
        Assert.Equal(2, Version(path));
    }

    [Fact]
    public void Every_altered_byte_of_the_state_is_refused_or_means_nothing()
    {
        string path = Path.Combine(_root, "tamper");
        Import(Folder(path), Releases.Value.New);
        foreach (string file in Directory.EnumerateFiles(Path.Combine(path, "generations"), "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != ImportRecord.FileName))
        {
            byte[] content = File.ReadAllBytes(file);
            for (int i = 0; i < content.Length; i += Math.Max(1, content.Length / 40))
            {
                byte[] altered = [.. content];
                altered[i] ^= 1;
                File.WriteAllBytes(file, altered);
                Result<ImportedTrust> loaded = Folder(path).Load(pin: null, SimulatedRepository.Now);
                Assert.True(loaded.Value is null || SameTargets(loaded.Value.Repository), $"{file} byte {i}");
            }

            File.WriteAllBytes(file, content);
        }

        Assert.Equal(2, Version(path));
        Assert.Equal("trust.other-root", Folder(path).Load(new string('0', 64), SimulatedRepository.Now).Finding?.Reason.Code);
    }

    [Fact]
    public void A_state_without_its_generation_or_with_a_strange_pointer_is_damaged()
    {
        string path = Path.Combine(_root, "damaged");
        Import(Folder(path), Releases.Value.Old);
        File.WriteAllText(Path.Combine(path, "current"), "7\n");
        Assert.Equal("trust.state-damaged", Folder(path).Load(pin: null, SimulatedRepository.Now).Finding?.Reason.Code);
        File.WriteAllText(Path.Combine(path, "current"), "../1\n");
        Assert.Equal("trust.state-damaged", Folder(path).Load(pin: null, SimulatedRepository.Now).Finding?.Reason.Code);
    }

    [Fact]
    public void A_stated_time_before_a_proved_one_is_refused_and_a_slow_clock_corrected()
    {
        string path = Path.Combine(_root, "time");
        SimulatedRepository site = Releases.Value.Old;
        ImportOutcome stated = Import(Folder(path), site, new JudgedAt(SimulatedRepository.Now.AddDays(-9), IsStated: true));
        Assert.Equal("tuf.time-reversed", stated.Finding?.Reason.Code);
        ImportOutcome clock = Import(Folder(path), site, new JudgedAt(SimulatedRepository.Now.AddDays(-9), IsStated: false));
        Assert.Null(clock.Finding);
    }

    // What is in force after a cut before each step; each time the same import is then made again and must go through.
    private HashSet<long?> CutEverywhere(Loss loss, SimulatedRepository? before, SimulatedRepository import)
    {
        int steps = CountSteps(folder => Import(folder, import), before);
        HashSet<long?> seen = [];
        for (int cut = 0; cut < steps; cut++)
        {
            string path = Path.Combine(_root, $"lossy-{loss}-{before is null}-{cut}");
            if (before is not null)
            {
                Import(Folder(path), before);
            }

            LossyDisk disk = new();
            int left = cut;
            Assert.Throws<PowerCutException>(() => Import(
                new TrustFolder(path, new Disk(step =>
                {
                    if (left-- == 0)
                    {
                        throw new PowerCutException(step);
                    }

                    disk.Before(step);
                })), import));
            disk.Cut(loss);
            seen.Add(Version(path));
            Import(Folder(path), import);
            Assert.Equal(import == Releases.Value.New ? 2 : 1, Version(path));
        }

        return seen;
    }

    // A changed member that nobody signs (a signature beyond the threshold, white space) changes nothing that is trusted.
    private static bool SameTargets(TufRepository repository) =>
        repository.Root.Version == 2 && repository.Targets.All(target => Releases.Value.New.Targets[target.File.Path].AsSpan().SequenceEqual(target.Content.Span));

    private int CountSteps(Action<TrustFolder> import, SimulatedRepository? first = null)
    {
        string path = Path.Combine(_root, "count-" + Guid.NewGuid().ToString("N"));
        if (first is not null)
        {
            Import(Folder(path), first);
        }

        int steps = 0;
        import(new TrustFolder(path, new Disk(_ => steps++)));
        return steps;
    }

    private static TrustFolder Folder(string path, int? cutAt = null)
    {
        int step = 0;
        return new TrustFolder(path, new Disk(what =>
        {
            if (step++ == cutAt)
            {
                throw new PowerCutException(what);
            }
        }));
    }

    private static ImportOutcome Import(TrustFolder folder, SimulatedRepository site, JudgedAt? at = null) => TrustImport.Run(
        folder, new ImportRequest(site, "bundle", Releases.Value.Pin, at ?? new JudgedAt(SimulatedRepository.Now, IsStated: true), ExpiryRule.Refuse));

    private static long? Version(string path)
    {
        TrustFolder folder = new(path, new Disk());
        if (!folder.IsThere)
        {
            return null;
        }

        Result<ImportedTrust> loaded = folder.Load(pin: null, SimulatedRepository.Now);
        Assert.Null(loaded.Finding);
        return loaded.Value!.Repository.Timestamp.Version;
    }

    private sealed class PowerCutException(string step) : Exception(step);
}
