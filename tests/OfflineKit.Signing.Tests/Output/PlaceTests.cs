using OfflineKit.Files;

namespace OfflineKit.Signing.Tests.Output;

/// <summary>An output goes to the file that its name means, from where each link stands; it is whole or absent.</summary>
public sealed class PlaceTests
{
    [Theory]
    [InlineData("link", "target")]
    [InlineData("sub/link", "../target")]
    [InlineData("sub/link", "deeper/target")]
    [InlineData("here", "sub/away")]
    public void A_relative_link_leads_from_its_own_folder(string link, string target)
    {
        using Bench bench = new();
        Directory.CreateDirectory(bench.Folder["sub/deeper"]);
        File.CreateSymbolicLink(bench.Folder[link], target);
        string place = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(bench.Folder[link])!, target));
        Assert.Equal(0, bench.Sign($"sign a --format minisign --key own.key -o {link}").Exit);
        Assert.True(File.Exists(place) && new FileInfo(bench.Folder[link]).LinkTarget == target);
        Assert.Equal(1, bench.Sign($"sign a --format minisign --key own.key -o {link}").Exit);
        Assert.Equal(0, bench.Sign($"sign a --format minisign --key own.key -o {link} --force").Exit);
        Assert.Equal(target, new FileInfo(bench.Folder[link]).LinkTarget);
    }

    [Fact]
    public void Two_dots_behind_a_link_lead_out_of_the_folder_that_is_meant()
    {
        using Bench bench = new();
        Directory.CreateDirectory(bench.Folder["far/inner"]);
        Directory.CreateSymbolicLink(bench.Folder["near"], "far/inner");
        Assert.Equal(0, bench.Sign("sign a --format minisign --key own.key -o near/../sig").Exit);
        Assert.True(File.Exists(bench.Folder["far/sig"]));
    }

    [Fact]
    public void Links_in_a_circle_are_refused()
    {
        using Bench bench = new();
        File.CreateSymbolicLink(bench.Folder["x"], "y");
        File.CreateSymbolicLink(bench.Folder["y"], "x");
        (int exit, string output) = bench.Sign("sign a --format minisign --key own.key -o x --force");
        Assert.True(exit == 1 && output.Contains("sign.output-failed", StringComparison.Ordinal), output);
    }

    [Fact]
    public void What_cannot_be_put_in_place_takes_the_rest_back()
    {
        using Folder folder = new();
        folder.Write("old", "before");
        OutputKind any = new("anything", static _ => true);
        using (FileTransaction change = new(new Disk(step => _ = step.StartsWith("name", StringComparison.Ordinal) ? throw new IOException("no room") : 0)))
        {
            change.Write(new OutputFile(folder["old"], any, Replacing.EarlierOutput), "after"u8);
            change.Write(new OutputFile(folder["new"], any, Replacing.Nothing), "new"u8);
            Assert.Equal(OutputRefusal.Failed, Assert.Throws<OutputException>(change.Commit).Refusal);
        }

        Assert.Equal(["old"], folder.Names);
        Assert.Equal("before", File.ReadAllText(folder["old"]));
    }

    [Fact]
    public void Two_names_of_one_file_are_refused_together()
    {
        using Folder folder = new();
        File.CreateSymbolicLink(folder["link"], "file");
        using FileTransaction change = new();
        change.Write(new OutputFile(folder["file"], OutputKind.SecretKey, Replacing.Nothing), "a"u8);
        Assert.Throws<OutputException>(() => change.Write(new OutputFile(folder["link"], OutputKind.SecretKey, Replacing.Nothing), "b"u8));
    }

    [Fact]
    public void A_document_that_changed_meanwhile_keeps_its_change()
    {
        using Folder folder = new();
        folder.Write("doc", "read");
        OutputFile file = OutputFile.InPlace(folder["doc"], OutputKind.SecretKey, "read"u8.ToArray());
        using FileTransaction change = new();
        change.Write(file, "signed"u8);
        folder.Write("doc", "edited");
        Assert.Equal(OutputRefusal.Changed, Assert.Throws<OutputException>(change.Commit).Refusal);
        Assert.Equal("edited", File.ReadAllText(folder["doc"]));
    }

    [Fact]
    public void A_line_that_a_full_disk_cuts_is_taken_back()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root", "a small file system needs root");
        using Folder folder = new();
        Directory.CreateDirectory(folder["disk"]);
        Assert.SkipUnless(Peer.Run(folder.Path, "mount", ["-t", "tmpfs", "-o", "size=16k", "tmpfs", "disk"]).Exit == 0, "no tmpfs can be mounted");
        try
        {
            LineFile lines = new(folder["disk/log"], longestLine: 64 * 1024);
            lines.Append(_ => "first"u8.ToArray());
            File.WriteAllBytes(folder["disk/fill"], new byte[4096]);
            Assert.Equal(OutputRefusal.Failed, Assert.Throws<OutputException>(() => lines.Append(_ => new byte[32 * 1024])).Refusal);
            lines.Append(_ => "second"u8.ToArray());
            Assert.Equal("first\nsecond\n", File.ReadAllText(folder["disk/log"]));
        }
        finally
        {
            Peer.Must(folder.Path, "umount", ["disk"]);
        }
    }

    [Theory]
    [InlineData("whole", "whole\nnext\n")]
    [InlineData("whole\n", "whole\nnext\n")]
    [InlineData("whole\nha", "whole\nnext\n")]
    [InlineData("ha", "next\n")]
    [InlineData("", "next\n")]
    public void Half_a_line_that_a_power_cut_left_is_taken_back(string before, string after)
    {
        using Folder folder = new();
        folder.Write("log", before);
        new LineFile(folder["log"], longestLine: 100).Append(_ => "next"u8.ToArray(), isWhole: static line => line.Span.SequenceEqual("whole"u8));
        Assert.Equal(after, File.ReadAllText(folder["log"]));
    }
}
