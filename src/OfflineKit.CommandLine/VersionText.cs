using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OfflineKit.CommandLine;

/// <summary><c>--version</c>: what this program is, how it was built, and what it is made of.</summary>
/// <param name="program">How it is called.</param>
/// <param name="entry">The class that it begins with; its assembly is asked only when somebody wants to know, because that alone would be a tenth of a small verification.</param>
/// <param name="facts">Further lines.</param>
internal sealed class VersionText(string program, Type entry, Func<ImmutableArray<string>> facts) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine($"{program} {entry.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown"}");
        output.WriteLine($"runtime: {RuntimeInformation.FrameworkDescription}");
        output.WriteLine($"build: {(RuntimeFeature.IsDynamicCodeSupported ? "managed" : "native")}, {RuntimeInformation.RuntimeIdentifier}");
        foreach (string fact in facts())
        {
            output.WriteLine(fact);
        }

        return ExitCode.Done;
    }
}
