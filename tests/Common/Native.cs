namespace OfflineKit.Testing;

/// <summary>Conditions of tests that look at the published binary from outside.</summary>
internal static class Native
{
    /// <summary>The published binary; without one the test that calls this is skipped.</summary>
    public static string Binary()
    {
        if (!File.Exists(Client.Native))
        {
            Assert.Skip("artifacts/linux-x64/offlinekit is not published (./build.sh publish)");
        }

        return Client.Native;
    }

    /// <summary>Only root may change its root folder; other users skip the test.</summary>
    public static void NeedsRoot()
    {
        if (!string.Equals(Environment.UserName, "root", StringComparison.Ordinal))
        {
            Assert.Skip("only root may chroot");
        }
    }

    /// <summary>Copies the files of the vector <paramref name="vector"/> into <paramref name="target"/>; skips when the vector is not there.</summary>
    public static void CopyVector(string vector, string target)
    {
        string source = Repository.Path("tests", "vectors", vector);
        if (!Directory.Exists(source))
        {
            Assert.Skip($"tests/vectors/{vector} does not exist");
        }

        foreach (string file in Directory.EnumerateFiles(source))
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }
    }
}
