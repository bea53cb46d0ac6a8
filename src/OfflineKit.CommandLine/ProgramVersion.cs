using System.Reflection;

namespace OfflineKit.CommandLine;

/// <summary>The version of a program: MAJOR.MINOR.PATCH, as semver.org has it, without what it was built from.</summary>
internal static class ProgramVersion
{
    /// <summary>The version that <paramref name="program"/> states.</summary>
    public static string Of(Assembly program) =>
        program.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}
