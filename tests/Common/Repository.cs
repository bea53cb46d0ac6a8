namespace OfflineKit.Testing;

/// <summary>Where things are in the checkout that these tests were built from.</summary>
internal static class Repository
{
    /// <summary>The folder that holds OfflineKit.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The material of others beside the checkout: read in place, absent on most machines.</summary>
    public static string Shared => System.IO.Path.GetFullPath(System.IO.Path.Combine(Root, "..", "shared"));

    /// <summary>The path of <paramref name="parts"/> below the root.</summary>
    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    /// <summary>Skips the test that calls it unless <paramref name="folder"/> of the shared material is there; returns its path.</summary>
    public static string SharedFolder(string folder)
    {
        string path = System.IO.Path.Combine(Shared, folder);
        if (!Directory.Exists(path))
        {
            Assert.Skip($"../shared/{folder} is absent");
        }

        return path;
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "OfflineKit.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("no OfflineKit.sln above " + AppContext.BaseDirectory);
    }
}
