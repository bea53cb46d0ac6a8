using OfflineKit.Host;

namespace OfflineKit.Cli.Tests.Serve;

/// <summary>A file that is no list of checksums is read once, and again when it is another one.</summary>
public sealed class NotListsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("offlinekit-lists-").FullName;
    private readonly NotLists _known = new();

    private string File => Path.Combine(_folder, "notes.txt");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_that_is_none_is_known_and_one_that_is_a_list_never()
    {
        Write("none");
        Assert.False(_known.Know(File));
        Assert.False(_known.Add(File, static _ => false));
        Assert.False(_known.Know(File));
        Assert.True(_known.Add(File, static _ => true));
        Assert.True(_known.Know(File));
    }

    [Fact]
    public void A_file_that_changed_in_place_is_another_one_whatever_time_it_says()
    {
        DateTime time = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        Write("none");
        System.IO.File.SetLastWriteTimeUtc(File, time);
        _ = _known.Add(File, static _ => true);
        Write("a list by now");
        System.IO.File.SetLastWriteTimeUtc(File, time);
        Assert.False(_known.Know(File));
    }

    [Fact]
    public void A_file_that_changes_while_it_is_read_is_another_one()
    {
        Write("none");
        _ = _known.Add(File, _ =>
        {
            Write("a list by now");
            return true;
        });
        Assert.False(_known.Know(File));
    }

    private void Write(string content) => System.IO.File.WriteAllText(File, content);
}
