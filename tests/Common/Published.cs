namespace OfflineKit.Testing;

/// <summary>A program as <c>./build.sh publish</c> makes it for one Linux platform, and the words that start it on this machine.</summary>
internal sealed record Published(string Rid, string Binary, string[] Command)
{
    /// <summary>The static emulator of another architecture; null when the machine runs the program itself.</summary>
    public string? Emulator => Command.Length > 1 ? Command[0] : null;

    /// <summary>The program <paramref name="name"/> for <paramref name="rid"/>; the test that calls this is skipped when it was not published or cannot be run here.</summary>
    public static Published Of(string rid, string name = "offlinekit")
    {
        string binary = Repository.Path("artifacts", rid, name);
        if (!File.Exists(binary))
        {
            Assert.Skip($"artifacts/{rid}/{name} is not published (./build.sh publish)");
        }

        return new Published(rid, binary, rid == "linux-arm64" && !OnArm64 ? [Qemu(), .. Loader(name), binary] : [binary]);
    }

    /// <summary>Runs it with <paramref name="arguments"/>; emulation is slow.</summary>
    public Execution Run(IEnumerable<string> arguments, string? folder = null) => Execution.Of([.. Command, .. arguments], folder, seconds: 120);

    private static bool OnArm64 => System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture == System.Runtime.InteropServices.Architecture.Arm64;

    // offlinekit is static; offlinekit-sign finds its C library below the sysroot that it was linked with.
    private static string[] Loader(string name) => name == "offlinekit" ? [] : ["-L", Repository.Path("artifacts", "sysroot", "arm64")];

    private static string Qemu()
    {
        string[] found = [.. new[] { "/usr/bin/qemu-aarch64-static", "/usr/bin/qemu-aarch64" }.Where(File.Exists)];
        if (found.Length == 0)
        {
            Assert.Skip("qemu-user-static is not installed");
        }

        return found[0];
    }
}
