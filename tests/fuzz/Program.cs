using System.Globalization;
using System.Runtime.InteropServices;
using OfflineKit.Fuzz.Targets;

namespace OfflineKit.Fuzz;

/// <summary>Fuzzing: <c>list</c>; <c>seeds TARGET FOLDER</c>; <c>afl TARGET</c>, started by afl-fuzz; <c>change TARGET COUNT SEED FOLDER</c>, in this process; <c>read TARGET FILE...</c>.</summary>
/// <remarks>Ends with 0: nothing was found; 1: a crash or a hang was saved; 2: it was not understood.</remarks>
internal static class Program
{
    private const int TraceSize = 64 * 1024;

    private static int Main(string[] words)
    {
        switch (words)
        {
            case ["list"]:
                Console.WriteLine(string.Join('\n', TargetTable.All.Select(target => target.Name)));
                return 0;
            case ["seeds", var name, var folder]:
                Write(TargetTable.Named(name), folder);
                return 0;
            case ["afl", var name]:
                PrepareTrace();
                Target target = TargetTable.Named(name);
                SharpFuzz.Fuzzer.Run(stream => _ = target.Accepts(Whole(stream)));
                return 0;
            case ["change", var name, var count, var seed, var folder]:
                return new ChangeLoop(TargetTable.Named(name), folder).Run(long.Parse(count, CultureInfo.InvariantCulture), int.Parse(seed, CultureInfo.InvariantCulture));
            case ["read", var name, .. var files]:
                files.ToList().ForEach(file => Console.WriteLine($"{file}: {(TargetTable.Named(name).Accepts(File.ReadAllBytes(file)) ? "accepted" : "refused")}"));
                return 0;
            default:
                Console.Error.WriteLine("fuzz: error: wanted list, seeds TARGET FOLDER, afl TARGET, change TARGET COUNT SEED FOLDER, or read TARGET FILE...");
                return 2;
        }
    }

    // What is instrumented writes its trace from its first instruction on: the target is made before afl-fuzz gives its memory, and the trace of that goes nowhere.
    private static unsafe void PrepareTrace() => SharpFuzz.Common.Trace.SharedMem = (byte*)NativeMemory.AllocZeroed(TraceSize);

    private static void Write(Target target, string folder)
    {
        Directory.CreateDirectory(folder);
        byte[][] seeds = Seeds.Of(target);
        for (int at = 0; at < seeds.Length; at++)
        {
            File.WriteAllBytes(Path.Combine(folder, at.ToString("D3", CultureInfo.InvariantCulture)), seeds[at]);
        }
    }

    private static byte[] Whole(Stream stream)
    {
        using MemoryStream content = new();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
