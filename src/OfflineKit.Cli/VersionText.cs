using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using OfflineKit.Crypto;

namespace OfflineKit.Cli;

/// <summary><c>--version</c>: what this program is, how it was built, and how old its trust is.</summary>
internal sealed class VersionText : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        TextWriter output = parseResult.InvocationConfiguration.Output;
        string version = typeof(VersionText).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        output.WriteLine($"offlinekit {version}");
        output.WriteLine($"runtime: {RuntimeInformation.FrameworkDescription}");
        output.WriteLine($"build: {(RuntimeFeature.IsDynamicCodeSupported ? "managed" : "native")}, {RuntimeInformation.RuntimeIdentifier}");
        output.WriteLine($"cryptography: {UnderlyingLibraries.OfThePlatform()}, {UnderlyingLibraries.Sodium()}");
        output.WriteLine($"trust roots: {TrustRoots()}");
        return ExitCode.Trusted;
    }

    private static string TrustRoots()
    {
        string[] days = [.. BundledTrust.ReadManifest().Roots.Select(root => root.RetrievedOn).Order(StringComparer.Ordinal)];
        return days.Length == 0 ? "none bundled" : $"{days.Length} bundled, the newest retrieved on {days[^1]}";
    }
}
