using System.Globalization;

namespace OfflineKit.Properties.Tests;

/// <summary>States that something holds for every generated value. The same values on every machine; more of them by OFFLINEKIT_PROPERTIES=COUNT, others by OFFLINEKIT_PROPERTY_SEED=NUMBER.</summary>
internal static class Property
{
    private const long FewestToShrink = 2000;

    private static readonly int Count = int.TryParse(Environment.GetEnvironmentVariable("OFFLINEKIT_PROPERTIES"), NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : 150;
    private static readonly ulong Seed = ulong.TryParse(Environment.GetEnvironmentVariable("OFFLINEKIT_PROPERTY_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed) ? seed : 17;

    /// <summary><paramref name="holds"/> is true of every value of <paramref name="values"/>.</summary>
    /// <remarks>A failure names its seed and the smallest value that was found.</remarks>
    public static void Holds<T>(Gen<T> values, Func<T, bool> holds, Func<T, string>? print = null)
    {
        for (uint number = 0; number < Count; number++)
        {
            PCG generator = new(number, Seed);
            string seed = generator.ToString(generator.State);
            if (!IsTrue(values, holds, seed))
            {
                // The library looks for a smaller value, from the one that failed on, and tells both.
                values.Sample(holds, seed: seed, iter: FewestToShrink, threads: 1, print: print);
                Assert.Fail($"it failed once for the seed {seed}, and not again");
            }
        }
    }

    /// <summary>The same of two values.</summary>
    public static void Holds<T1, T2>(Gen<(T1, T2)> values, Func<T1, T2, bool> holds) => Holds(values, pair => holds(pair.Item1, pair.Item2));

    /// <summary>The same of three values.</summary>
    public static void Holds<T1, T2, T3>(Gen<(T1, T2, T3)> values, Func<T1, T2, T3, bool> holds) => Holds(values, three => holds(three.Item1, three.Item2, three.Item3));

    private static bool IsTrue<T>(Gen<T> values, Func<T, bool> holds, string seed)
    {
        try
        {
            return holds(values.Generate(PCG.Parse(seed), min: null, out _));
        }
#pragma warning disable CA1031 // Whatever is thrown breaks the property; the library tells what it was.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }
}
