using OfflineKit.Testing;

namespace OfflineKit.Tests.Archives.Differential;

/// <summary>A program by others that extracts archives, run by its name on many archives.</summary>
/// <param name="Name">What it is called here.</param>
/// <param name="Tool">The program that must be installed.</param>
/// <param name="Kind">Which archives it is asked for.</param>
/// <param name="Command">A shell command for one archive: $A is the archive, the folder is where its files go. Null: a helper of ours reads many tasks from standard input.</param>
/// <param name="Helper">That helper, with the word by which it is asked for this reading.</param>
internal sealed record Extractor(string Name, string Tool, string Kind, string? Command, (string Program, string File, string Word)? Helper = null)
{
    private static readonly (string, string, string) PythonTar = ("python3", "extract.py", "tar"), PythonWhole = ("python3", "extract.py", "whole"), PythonZip = ("python3", "extract.py", "zip"), JavaStream = ("java", "Extract.java", "stream"), JavaFile = ("java", "Extract.java", "file");

    /// <summary>Those whose word counts.</summary>
    public static Extractor[] All { get; } =
    [
        new("GNU tar", "tar", "tar", "tar xf $A"), new("bsdtar", "bsdtar", "tar", "bsdtar xf $A"), new("bsdtar from a pipe", "bsdtar", "tar", "cat $A | bsdtar xf -"),
        new("busybox tar", "busybox", "tar", "busybox tar xf $A"), new("7-Zip", "7zz", "tar", "7zz x -bd -y -ttar $A"), new("Python tarfile", "python3", "tar", Command: null, PythonTar),
        new("Python tarfile with owners and times", "python3", "tar", Command: null, PythonWhole),
        new("GNU tar", "tar", "tar.gz", "tar xf $A"), new("GNU tar from a pipe", "tar", "tar.gz", "cat $A | tar xzf -"), new("bsdtar", "bsdtar", "tar.gz", "bsdtar xf $A"), new("bsdtar from a pipe", "bsdtar", "tar.gz", "cat $A | bsdtar xf -"),
        new("busybox tar", "busybox", "tar.gz", "busybox tar xzf $A"), new("7-Zip", "7zz", "tar.gz", "7zz x -bd -so -tgzip $A > ../archive.tar && 7zz x -bd -y -ttar ../archive.tar"), new("Python tarfile", "python3", "tar.gz", Command: null, PythonTar),
        new("unzip", "unzip", "zip", "unzip -q -o $A"), new("bsdtar", "bsdtar", "zip", "bsdtar xf $A"), new("bsdtar from a pipe", "bsdtar", "zip", "cat $A | bsdtar xf -"),
        new("busybox unzip", "busybox", "zip", "busybox unzip -q -o $A"), new("7-Zip", "7zz", "zip", "7zz x -bd -y -tzip $A"), new("7-Zip by content", "7zz", "zip", "7zz x -bd -y $A"),
        new("Python zipfile", "python3", "zip", Command: null, PythonZip), new("Java by stream", "javac", "zip", Command: null, JavaStream), new("Java by file", "javac", "zip", Command: null, JavaFile),
    ];

    /// <summary>Extracts each of <paramref name="archives"/> into a folder of its own; in them, <c>out</c> holds the files, and <c>status</c> is "ok" where it said nothing against the archive.</summary>
    public void Run(IReadOnlyList<(string Archive, string Folder)> archives)
    {
        string tasks = string.Join('\n', archives.Select(task => $"{Helper?.Word ?? "-"}\t{task.Archive}\t{task.Folder}"));
        string shell = "while IFS=\"$(printf '\\t')\" read -r w A F; do mkdir -p \"$F/out\"; cd \"$F/out\"; if { "
            + Command + "; } < /dev/null > ../log 2>&1; then echo ok > ../status; else echo \"exit $?\" > ../status; fi; done";
        string[] command = Helper is { } helper ? [helper.Program, Repository.Path("tests", "OfflineKit.Tests", "Archives", "Differential", helper.File)] : ["sh", "-c", shell];
        Execution run = Execution.Of(command, stdin: System.Text.Encoding.UTF8.GetBytes(tasks + "\n"), seconds: 300);
        Assert.True(run.ExitCode == 0, run.Everything);
    }
}
