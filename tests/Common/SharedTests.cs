using System.Reflection;
using System.Runtime.CompilerServices;
using Xunit.Sdk;
using Xunit.v3;

namespace OfflineKit.Testing;

/// <summary>What a test wants of the material of others beside the checkout: <c>corpora</c>, <c>samples</c> or <c>peers</c>.</summary>
/// <remarks>Where the folder is absent, all tests of an assembly that want it are one skipped test, which counts and names them.</remarks>
internal interface IWantsShared
{
    string Folder { get; }
}

/// <summary>A test over <c>../shared/<paramref name="folder"/></c>.</summary>
[XunitTestCaseDiscoverer(typeof(SharedFactDiscoverer))]
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedFactAttribute(string folder, [CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
    : FactAttribute(sourceFilePath, sourceLineNumber), IWantsShared
{
    public string Folder => folder;
}

/// <summary>A theory over <c>../shared/<paramref name="folder"/></c>.</summary>
[XunitTestCaseDiscoverer(typeof(SharedTheoryDiscoverer))]
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedTheoryAttribute(string folder, [CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
    : TheoryAttribute(sourceFilePath, sourceLineNumber), IWantsShared
{
    public string Folder => folder;
}

/// <summary>See <see cref="SharedFactAttribute"/>; the runner makes it.</summary>
public sealed class SharedFactDiscoverer : FactDiscoverer
{
    public override ValueTask<IReadOnlyCollection<IXunitTestCase>> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, IXunitTestMethod testMethod, IFactAttribute factAttribute) =>
        AbsentMaterial.Instead(discoveryOptions, testMethod, factAttribute) is { } absent ? new(absent) : base.Discover(discoveryOptions, testMethod, factAttribute);
}

/// <summary>See <see cref="SharedTheoryAttribute"/>; the runner makes it.</summary>
public sealed class SharedTheoryDiscoverer : TheoryDiscoverer
{
    public override ValueTask<IReadOnlyCollection<IXunitTestCase>> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, IXunitTestMethod testMethod, IFactAttribute factAttribute) =>
        AbsentMaterial.Instead(discoveryOptions, testMethod, factAttribute) is { } absent ? new(absent) : base.Discover(discoveryOptions, testMethod, factAttribute);
}

internal static class AbsentMaterial
{
    /// <summary>Null where the folder is there; else the one skipped test, under the first of the methods that want the folder.</summary>
    public static IReadOnlyCollection<IXunitTestCase>? Instead(ITestFrameworkDiscoveryOptions options, IXunitTestMethod method, IFactAttribute attribute)
    {
        string folder = ((IWantsShared)attribute).Folder;
        if (Directory.Exists(Path.Combine(Repository.Shared, folder)))
        {
            return null;
        }

        MethodInfo[] wanting =
        [
            .. method.Method.DeclaringType!.Assembly.GetTypes().SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
                .Where(other => other.GetCustomAttributes().OfType<IWantsShared>().Any(wants => wants.Folder == folder))
                .OrderBy(Name, StringComparer.Ordinal),
        ];
        if (wanting[0] != method.Method)
        {
            return [];
        }

        string id = TestIntrospectionHelper.GetTestCaseDetails(options, method, attribute).UniqueID;
        string reason = $"../shared/{folder} is not beside the repository: {wanting.Length} tests are not run: {string.Join(", ", wanting.Select(Name))}";
        return [new XunitTestCase(method, $"{method.Method.DeclaringType!.Assembly.GetName().Name}: tests over ../shared/{folder}", id, @explicit: false, skipReason: reason)];
    }

    private static string Name(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";
}
