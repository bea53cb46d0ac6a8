using OfflineKit.Host.Answers;
using OfflineKit.Host.State;

namespace OfflineKit.Cli;

/// <summary>What one run of the program has once: its standard input, the files that were named, and the machine.</summary>
internal static class ThisRun
{
    /// <summary>Where every command reads what it was named.</summary>
    public static Inputs Inputs { get; } = new(Console.OpenStandardInput);

    /// <summary>The machine that it runs on.</summary>
    public static Machine Machine { get; } = new(MachineFolder.Path);

    /// <summary>All of <paramref name="path"/>.</summary>
    public static byte[] ReadAll(string path, int limit, string what) => Inputs.Read(path, limit, what, "the " + what).ToArray();

    /// <summary>What a question is about, by the name that the command line gives it.</summary>
    public static Subject Subject(string name, Progress? watched = null) => new(name) { Inputs = Inputs, Watch = watched is null ? null : watched.Begin };
}
