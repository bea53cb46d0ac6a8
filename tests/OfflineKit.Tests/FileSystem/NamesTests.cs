using OfflineKit.Archives;
using OfflineKit.Encoding;
using OfflineKit.Exports;
using OfflineKit.FileSystem;
using OfflineKit.Formats.Cosign;
using OfflineKit.Testing;
using OfflineKit.Trust.Tuf;

namespace OfflineKit.Tests.FileSystem;

/// <summary>On Linux a name is bytes: one that is no UTF-8 is refused where it is met, and never becomes another name.</summary>
public sealed class NamesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("offlinekit-names").FullName;

    public void Dispose() => Execution.Of(["rm", "-rf", _folder]);

    [Fact]
    public void Every_name_in_a_folder_is_there_in_ordinal_order()
    {
        Shell("mkdir sub; : > 'b'; : > 'größe'; : > \"$(printf 'true\\357\\277\\275')\"; ln -s b link; mkfifo pipe; : > .hidden");
        (string, FileType)[] wanted =
        [
            (".hidden", FileType.File), ("b", FileType.File), ("größe", FileType.File), ("link", FileType.Link), ("pipe", FileType.Special), ("sub", FileType.Folder), ("true\uFFFD", FileType.File),
        ];
        Assert.Equal(wanted, Folder.Read(_folder).Select(entry => (entry.Name, entry.Type)));
    }

    [Theory]
    [InlineData("\\351")]
    [InlineData("caf\\303")]
    [InlineData("\\355\\240\\200")]
    [InlineData("\\300\\257")]
    [InlineData("\\364\\220\\200\\200")]
    public void A_name_that_is_no_utf8_is_refused(string octal)
    {
        Shell($"mkdir -p sub metadata blobs/sha256; : > \"sub/$(printf '{octal}')\"; : > \"metadata/$(printf '{octal}')\"; : > \"blobs/sha256/$(printf '{octal}')\"; : > oci-layout; : > index.json");
        Assert.Equal("file.name-not-utf8", Refusal(() => Folder.Read(Path.Join(_folder, "sub"))));
        Assert.Equal("file.name-not-utf8", ExportSource.Folder(_folder, readers: 2).Finding?.Reason.Code);
        Assert.Equal("file.name-not-utf8", FolderFiles.Open(_folder).Finding?.Reason.Code);
        Assert.Equal("file.name-not-utf8", Refusal(() => OciLayout.FromFolder(_folder)));
    }

    [Fact]
    public void The_bytes_of_a_refused_name_are_told() =>
        Assert.Contains("\"caf\\xe9\\x1b.txt\"", Shell("mkdir sub; : > \"sub/$(printf 'caf\\351\\033.txt')\"", () => ExportSource.Folder(_folder, readers: 1).Finding!.Detail), StringComparison.Ordinal);

    [Fact]
    public void A_link_is_followed_from_the_folder_in_which_it_stands()
    {
        Shell("mkdir -p a/b c; : > c/end; ln -s ../c/end a/relative; ln -s relative a/again; ln -s a/b through; ln -s ../../c/end a/b/up; ln -s nowhere broken; ln -s circle circle; ln -s \"$(printf 'x\\351')\" damaged");
        Assert.Equal(Path.Join(_folder, "c/end"), Links.Final(Path.Join(_folder, "a/again")));
        Assert.Equal(Path.Join(_folder, "c/end"), Links.Final(Path.Join(_folder, "through/up")));
        Assert.Equal(Path.Join(_folder, "a/x"), Links.Meant(Path.Join(_folder, "through/../x")));
        Assert.Equal("../x/y", Links.Meant("../x/y"));
        Assert.Equal(Path.Join(_folder, "nowhere"), Links.Final(Path.Join(_folder, "broken")));
        Assert.Throws<IOException>(() => Links.Final(Path.Join(_folder, "circle")));
        Assert.Equal("file.name-not-utf8", Refusal(() => Links.Final(Path.Join(_folder, "damaged"))));
    }

    [Fact]
    public void What_leads_nowhere_is_not_absent()
    {
        Shell("ln -s nowhere broken; : > file; mkfifo pipe");
        Assert.Equal(FileType.Link, FileStatus.Of(Path.Join(_folder, "broken")));
        Assert.Equal(FileType.Absent, FileStatus.Of(Path.Join(_folder, "none")));
        Assert.Equal(FileType.Absent, FileStatus.Of(Path.Join(_folder, "file/none")));
        Assert.Equal(FileType.Absent, FileStatus.Of(Path.Join(_folder, "file\0none")));
        Assert.Equal(FileType.Special, FileStatus.Of(Path.Join(_folder, "pipe")));
        Assert.Equal(FileType.Folder, FileStatus.Of(_folder));
    }

    private static string? Refusal<T>(Func<T> read) => Result.Parse<object>(ArchiveReasons.Malformed, () => read()!).Finding?.Reason.Code;

    private void Shell(string command)
    {
        Execution run = Execution.Of(["sh", "-c", command], _folder);
        Assert.True(run.ExitCode == 0, run.Everything);
    }

    private string Shell(string command, Func<string> then)
    {
        Shell(command);
        return then();
    }
}
