namespace OfflineKit.Signing.Tests.Output;

/// <summary><c>--force</c> replaces an earlier output of the same kind and nothing else: every command that has the option, over everything that is none.</summary>
public sealed class ForceTests
{
    // The command without its output; what an earlier run of it may be replaced by is itself.
    private static readonly string[] Commands =
    [
        "sign a --format minisign --key own.key -o {0} --force",
        "sign a --format signify --key own.key -o {0} --force",
        "sign a --format kms --key key.pem -o {0} --force",
        "sign a --format kms --key key.pem --signature-encoding base64 -o {0} --force",
        "sign a --format kms --key key.pem --signature-encoding aws-json -o {0} --force",
        "sign a --format dsse --payload-type text/plain --key key.pem -o {0} --force",
        "sign a --format sigstore --key key.pem -o {0} --force",
        "policy sign a --key key.pem -o {0} --force",
        "dossier sign guide.ds.md --key key.pem -o {0} --force",
        "event sign event.json --provider aws_kms --key rsa.pem -o {0} --force",
        "event sign event.json --allow-bare-sha256-instead-of-signature -o {0} --force",
        "public-key key.pem -o {0} --force",
        "key recreate-public own.key -o {0} --force",
        "keygen -W -s new.key -p {0} --force",
        "keygen -W -s {0} -p new.pub --force",
        "export pack in --name k --version 2 --key key.pem -o {0} --force",
    ];

    // Keys, the subject, other documents, folders, links to them, and what is no file.
    private static readonly string[] Foreign = ["own.key", "key.pem", "a", "pred.json", "bad.yaml", "in", "notes.txt", "link-to-key", "folder-with-note", "pipe", "noise"];

    public static TheoryData<string> All => [.. Commands];

    [Theory]
    [MemberData(nameof(All))]
    public void Force_destroys_nothing_that_is_no_earlier_output(string command)
    {
        using Bench bench = new();
        bench.Folder.Write("notes.txt", "dear diary\n");
        File.CreateSymbolicLink(bench.Folder["link-to-key"], "own.key");
        Directory.CreateDirectory(bench.Folder["folder-with-note"]);
        bench.Folder.Write("folder-with-note/note", "mine\n");
        File.WriteAllBytes(bench.Folder["noise"], [.. Enumerable.Range(0, 1000).Select(i => (byte)(i * 7 % 256))]);
        Peer.Must(bench.Folder.Path, "mkfifo", ["pipe"]);
        string[] before = Tree.Of(bench.Folder.Path);
        foreach (string foreign in Foreign)
        {
            (int exit, string output) = bench.Sign(string.Format(System.Globalization.CultureInfo.InvariantCulture, command, foreign));
            Assert.True(exit != 0, $"{command} over {foreign}: {output}");
            Assert.Equal(before, Tree.Of(bench.Folder.Path));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Force_replaces_an_earlier_output(string command)
    {
        using Bench bench = new();
        string line = string.Format(System.Globalization.CultureInfo.InvariantCulture, command, "out.new");
        Assert.Equal(0, bench.Sign(line.Replace("-p new.pub", "-p new1.pub", StringComparison.Ordinal)).Exit);
        (int again, string output) = bench.Sign(line.Replace("-s new.key", "-s new2.key", StringComparison.Ordinal));
        Assert.True(command.Contains("-s {0}", StringComparison.Ordinal) ? again != 0 : again == 0, output);
    }

    [Fact]
    public void A_kit_with_a_note_or_a_change_in_it_is_not_replaced()
    {
        using Bench bench = new();
        foreach ((string file, string content) in (ReadOnlySpan<(string, string)>)[("kit/note", "mine\n"), ("kit/file", "changed\n")])
        {
            string before = File.Exists(bench.Folder[file]) ? File.ReadAllText(bench.Folder[file]) : "";
            bench.Folder.Write(file, content);
            (int exit, string output) = bench.Sign("export pack in --name k --version 2 --key key.pem -o kit --force");
            Assert.True(exit == 1 && output.Contains("sign.output-foreign", StringComparison.Ordinal), output);
            Assert.Equal(content, File.ReadAllText(bench.Folder[file]));
            if (before.Length > 0)
            {
                bench.Folder.Write(file, before);
            }
            else
            {
                File.Delete(bench.Folder[file]);
            }
        }

        Assert.Equal(0, bench.Sign("export pack in --name k --version 2 --key key.pem -o kit --force").Exit);
    }
}
