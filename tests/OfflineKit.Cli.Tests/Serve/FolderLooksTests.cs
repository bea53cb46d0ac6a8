using OfflineKit.Host;

namespace OfflineKit.Cli.Tests.Serve;

/// <summary>What was seen in a folder counts while the folder is as it was, and no longer.</summary>
public sealed class FolderLooksTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("offlinekit-looks-").FullName;
    private readonly FolderLooks _looks = new();
    private int _looked;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_folder_that_does_not_change_is_looked_into_once()
    {
        Settle();
        Assert.Equal([1, 1], [Look(), Look()]);
    }

    [Fact]
    public void A_name_that_comes_is_seen()
    {
        Settle();
        _ = Look();
        File.WriteAllText(Path.Combine(_folder, "a.sig"), "");
        Assert.Equal(2, Look());
    }

    [Fact]
    public void What_is_seen_just_after_a_change_is_not_kept()
    {
        File.WriteAllText(Path.Combine(_folder, "a.sig"), "");
        Assert.Equal([1, 2], [Look(), Look()]);
    }

    [Fact]
    public void More_folders_than_are_kept_are_looked_into_again()
    {
        Settle();
        _ = Look();
        foreach (int number in Enumerable.Range(0, 100))
        {
            string other = Directory.CreateDirectory(Path.Combine(_folder, $"{number}")).FullName;
            Directory.SetLastWriteTimeUtc(other, Long);
            _ = _looks.Of(other, static _ => 0);
        }

        Settle();
        Assert.Equal(2, Look());
    }

    private static DateTime Long => new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private void Settle() => Directory.SetLastWriteTimeUtc(_folder, Long);

    private int Look() => _looks.Of(_folder, _ => ++_looked);
}
