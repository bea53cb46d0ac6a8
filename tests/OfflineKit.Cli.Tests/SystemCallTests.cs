using System.Text.RegularExpressions;
using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests;

/// <summary>What the published binary asks of the kernel, seen by strace.</summary>
public sealed partial class SystemCallTests
{
    [Fact]
    public void No_command_opens_a_socket_or_reads_the_configuration_of_OpenSSL()
    {
        string binary = Native.Binary();
        Execution.Needs("strace");
        string[] commands = Commands(Execution.Of([binary, "--help"]).Stdout);
        Assert.Contains("verify", commands);
        string[][] lines = [["--version"], ["--help"], .. commands.SelectMany(LinesOf)];
        foreach (string[] line in lines)
        {
            AssertQuiet(binary, line, Repository.Root);
        }
    }

    [Fact]
    public void No_vector_opens_a_socket_or_reads_the_configuration_of_OpenSSL()
    {
        string binary = Native.Binary();
        Execution.Needs("strace");
        string vectors = Repository.Path("tests", "vectors");
        // One accepted and one refused case of each format are enough: the others take the same ways.
        IEnumerable<string> chosen = Directory.EnumerateFiles(vectors, "case.txt", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .GroupBy(file => (Format: Path.GetRelativePath(vectors, file).Split('/')[0], Trusted: CaseFile.Field(file, "expect") == "trusted"))
            .SelectMany(group => group.Take(2));
        foreach (string file in chosen)
        {
            AssertQuiet(binary, CaseFile.Arguments(file), Path.GetDirectoryName(file)!);
        }
    }

    private static void AssertQuiet(string binary, string[] arguments, string folder)
    {
        string log = Path.GetTempFileName();
        try
        {
            Execution run = Execution.Of(["strace", "-f", "-o", log, "-e", "trace=%network,open,openat,openat2", binary, .. arguments], folder);
            string[] calls = File.ReadAllLines(log);
            Assert.True(calls.Any(call => call.Contains("open", StringComparison.Ordinal)), "strace saw nothing:\n" + run.Everything);
            Assert.Equal("", string.Join('\n', calls.Where(call => NetworkCall().IsMatch(call) || call.Contains("openssl.cnf", StringComparison.Ordinal)).Select(call => $"{string.Join(' ', arguments)}: {call}")));
        }
        finally
        {
            File.Delete(log);
        }
    }

    // Help, nothing at all, and a file that is not there: every command starts, and most decide something.
    private static string[][] LinesOf(string command) => [[command, "--help"], [command], [command, "absent.txt"]];

    private static string[] Commands(string help) =>
        [.. help.Split('\n').SkipWhile(line => !line.StartsWith("Commands:", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => line.StartsWith("  ", StringComparison.Ordinal))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0])
            .Where(word => word.All(c => char.IsAsciiLetterLower(c) || c == '-'))];

    [GeneratedRegex(@"\b(socket|socketpair|connect|bind|listen|accept4?|sendto|sendmsg|recvfrom|recvmsg|getaddrinfo)\(", RegexOptions.ExplicitCapture)]
    internal static partial Regex NetworkCall();
}
