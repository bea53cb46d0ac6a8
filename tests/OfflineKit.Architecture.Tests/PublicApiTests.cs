using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace OfflineKit.Architecture.Tests;

/// <summary>What others may build on changes only knowingly.</summary>
public sealed class PublicApiTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Fact]
    public void The_public_api_is_the_one_of_the_snapshot() =>
        Sources.AssertSnapshot("tests/OfflineKit.Architecture.Tests/public-api.txt", Describe());

    [Fact]
    public void No_method_takes_a_bool()
    {
        IEnumerable<string> found = typeof(Verifier).Assembly.GetTypes()
            .Where(type => !typeof(Delegate).IsAssignableFrom(type) && !type.IsDefined(typeof(CompilerGeneratedAttribute)) && !type.IsNestedPrivate)
            .SelectMany(type => type.GetMethods(Declared)
                .Where(method => (method.IsPublic || method.IsAssembly) && !method.IsSpecialName && !IsCompilerMade(method) && method.GetParameters().Any(parameter => parameter.ParameterType == typeof(bool)))
                .Select(method => $"{type.FullName}.{method.Name}"));
        Sources.AssertNone(found);
    }

    private static string Describe()
    {
        StringBuilder text = new();
        foreach (Type type in typeof(Verifier).Assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(type.FullName).Append('\n');
            IEnumerable<string> members = type.GetMembers(Declared)
                .Where(IsVisible)
                .Where(member => member is not MethodInfo { IsSpecialName: true } && !IsCompilerMade(member))
                .Select(member => $"{type.FullName}: {member}")
                .Order(StringComparer.Ordinal);
            foreach (string member in members)
            {
                text.Append(member).Append('\n');
            }
        }

        return text.ToString();
    }

    private static bool IsVisible(MemberInfo member) => member switch
    {
        MethodBase method => method.IsPublic || method.IsFamily,
        FieldInfo field => field.IsPublic || field.IsFamily,
        PropertyInfo property => (property.GetMethod ?? property.SetMethod) is { } accessor && (accessor.IsPublic || accessor.IsFamily),
        Type => false,
        _ => true,
    };

    // What a record brings along says nothing about our intent.
    private static bool IsCompilerMade(MemberInfo member) =>
        member.Name is "PrintMembers" or "<Clone>$" or "EqualityContract" or "Deconstruct" or "GetHashCode" or "Equals" or "ToString" or "value__";
}
