using System.Text.RegularExpressions;
using OfflineKit.Testing;

namespace OfflineKit.Signing.Tests;

/// <summary>The published <c>offlinekit-sign</c>: one file that needs a C library of 2021 or later and nothing else.</summary>
public sealed partial class SigningBinaryTests
{
    private const long LargestBinary = 30_000_000;

    public static TheoryData<string> Rids { get; } = ["linux-x64", "linux-arm64"];

    [Theory]
    [MemberData(nameof(Rids))]
    public void It_is_one_file_of_at_most_30_MB_that_needs_the_C_library_only(string rid)
    {
        string binary = Published.Of(rid, "offlinekit-sign").Binary;
        Assert.True(new FileInfo(binary).Length <= LargestBinary, $"{new FileInfo(binary).Length} bytes");
        Execution.Needs("readelf");
        string headers = Execution.Of(["readelf", "-Wd", binary]).Stdout;
        Assert.All(Needed().Matches(headers).Select(match => match.Groups["name"].Value), name => Assert.Matches("^(libc|libm|ld-linux-[a-z0-9-]+)\\.so\\.[0-9]$", name));
    }

    // glibc 2.34: Debian 12, Ubuntu 22.04, RHEL 9 and later. A function of a later one would keep the program from starting there.
    [Theory]
    [MemberData(nameof(Rids))]
    public void It_needs_no_function_that_came_after_glibc_2_34(string rid)
    {
        string binary = Published.Of(rid, "offlinekit-sign").Binary;
        Execution.Needs("readelf");
        Version[] versions = [.. GlibcVersion().Matches(Execution.Of(["readelf", "-W", "--dyn-syms", binary]).Stdout).Select(match => Version.Parse(match.Groups["version"].Value))];
        Assert.NotEmpty(versions);
        Assert.Equal(new Version(2, 34), versions.Max());
    }

    [Theory]
    [MemberData(nameof(Rids))]
    public void What_it_signs_is_trusted_by_the_verifier_of_its_platform(string rid)
    {
        Published sign = Published.Of(rid, "offlinekit-sign"), verify = Published.Of(rid);
        string folder = Directory.CreateTempSubdirectory("offlinekit-sign-").FullName;
        try
        {
            Peer.Must(folder, "openssl", ["genpkey", "-algorithm", "ed25519", "-out", "key.pem"]);
            Peer.Must(folder, "openssl", ["pkey", "-in", "key.pem", "-pubout", "-out", "key.pub"]);
            Directory.CreateDirectory(Path.Combine(folder, "in"));
            File.WriteAllText(Path.Combine(folder, "in", "a.txt"), "content");
            Execution packed = sign.Run(["export", "pack", "in", "--name", "k", "--version", "1.0.0", "--key", "key.pem", "-o", "k.tar.zst"], folder);
            Assert.True(packed.ExitCode == 0, packed.Everything);
            Execution verified = verify.Run(["verify-export", "k.tar.zst", "--key", "key.pub"], folder);
            Assert.True(verified.ExitCode == 0, verified.Everything);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [GeneratedRegex(@"\(NEEDED\).*\[(?<name>[^\]]+)\]", RegexOptions.ExplicitCapture)]
    private static partial Regex Needed();

    [GeneratedRegex(@"@GLIBC_(?<version>[0-9.]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex GlibcVersion();
}
