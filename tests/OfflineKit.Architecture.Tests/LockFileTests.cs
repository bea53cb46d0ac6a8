using OfflineKit.Testing;

namespace OfflineKit.Architecture.Tests;

/// <summary>The lock files of a plain restore are for no runtime: those of the published flavours have names of their own.</summary>
public sealed class LockFileTests
{
    [Fact]
    public void A_plain_lock_file_names_no_runtime() =>
        Sources.AssertNone(
            from file in Sources.Tracked()
            where file.EndsWith("/packages.lock.json", StringComparison.Ordinal)
            from line in File.ReadLines(Repository.Path(file))
            where line.Contains("/linux-", StringComparison.Ordinal) || line.Contains("/win-", StringComparison.Ordinal)
            select $"{file}: {line.Trim()} (a publication without its own lock file wrote it: take the file back)");
}
