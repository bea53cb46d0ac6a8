using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using OfflineKit.Testing;

namespace OfflineKit.PowerShell.Tests.Contract;

/// <summary>One parameter in one parameter set.</summary>
internal sealed record ParameterUse(string Set, bool Mandatory, int? Position, bool FromPipeline, bool FromPropertyName);

/// <summary>One parameter of a cmdlet, as PowerShell sees it.</summary>
internal sealed record ParameterSurface(
    string Name, string Type, IReadOnlyList<string> Aliases, IReadOnlyList<string> Values, bool Wildcards, IReadOnlyList<string> Attributes, IReadOnlyList<ParameterUse> Uses)
{
    /// <summary>The member of the engine's request that it is; null for one that is none.</summary>
    public string? Asks { get; init; }

    /// <summary>What its text names, as <see cref="OfflineKit.PowerShell.Names"/> calls it.</summary>
    public OfflineKit.PowerShell.Names Naming { get; init; }

    /// <summary>The option that it is, where that is not the member's name with hyphens.</summary>
    public string? Option { get; init; }

    /// <summary>The parameter is a switch.</summary>
    public bool IsSwitch => Type == "SwitchParameter";

    /// <summary>Its use in the set called <paramref name="set"/>, or null.</summary>
    public ParameterUse? In(string set) => Uses.FirstOrDefault(use => use.Set == set) ?? Uses.FirstOrDefault(use => use.Set == ModuleSurface.AllSets);
}

/// <summary>One cmdlet, as PowerShell sees it.</summary>
internal sealed record CmdletSurface(
    string Verb, string Noun, string Class, string? DefaultSet, bool ShouldProcess, string Impact, IReadOnlyList<string> Outputs, IReadOnlyList<ParameterSurface> Parameters,
    IReadOnlyList<ParameterSurface> Hidden)
{
    /// <summary>Verb-Noun.</summary>
    public string Name => Verb + "-" + Noun;

    /// <summary>Scripts rely on it as a guard: whatever is handed to it binds.</summary>
    public bool IsGuard => Hidden.Count > 0;

    /// <summary>Its parameter sets, the default one first.</summary>
    public IReadOnlyList<string> Sets
    {
        get
        {
            string[] named = [.. Parameters.SelectMany(parameter => parameter.Uses).Select(use => use.Set).Where(set => set != ModuleSurface.AllSets).Distinct()];
            return named.Length == 0 ? [ModuleSurface.AllSets] : [.. named.OrderBy(set => set == DefaultSet ? 0 : 1)];
        }
    }
}

/// <summary>What the real netstandard2.0 assembly declares; only its metadata is read, nothing of it runs.</summary>
internal static class ModuleSurface
{
    /// <summary>The name by which PowerShell calls "every set".</summary>
    public const string AllSets = "__AllParameterSets";

    /// <summary>The assembly that is shipped.</summary>
    public static string Assembly { get; } = Repository.Path("src", "OfflineKit.PowerShell", "bin", Configuration(), "netstandard2.0", "OfflineKit.PowerShell.dll");

    /// <summary>The properties of the public types. Filled before the cmdlets are.</summary>
    public static Dictionary<string, string[]> Properties { get; } = new(StringComparer.Ordinal);

    /// <summary>Every cmdlet, by name.</summary>
    public static IReadOnlyList<CmdletSurface> Cmdlets { get; } = Read();

    /// <summary>The cmdlets' names, for theories.</summary>
    public static Xunit.TheoryData<string> Names => [.. Cmdlets.Select(cmdlet => cmdlet.Name)];

    /// <summary>The cmdlet called <paramref name="name"/>.</summary>
    public static CmdletSurface Cmdlet(string name) => Cmdlets.Single(cmdlet => cmdlet.Name == name);

    /// <summary>Every public type of the assembly.</summary>
    public static IEnumerable<string> PublicTypes => Properties.Keys;

    private static string Configuration() => AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";

    private static CmdletSurface[] Read()
    {
        string automation = typeof(ModuleSurface).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "PowerShellStandard").Value!;
        PathAssemblyResolver resolver = new([.. Directory.GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*.dll"), automation, Assembly]);
        using MetadataLoadContext context = new(resolver);
        Type[] types = context.LoadFromAssemblyPath(Assembly).GetTypes();
        foreach (Type type in types.Where(type => type.IsPublic))
        {
            Properties[type.FullName!] = [.. type.GetProperties().Select(property => property.Name)];
        }

        return [.. types.Where(type => !type.IsAbstract && Named(type, "CmdletAttribute") is not null).Select(Cmdlet).OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal)];
    }

    private static CmdletSurface Cmdlet(Type type)
    {
        CustomAttributeData attribute = Named(type, "CmdletAttribute")!;
        object? impact = Member(attribute, "ConfirmImpact");
        return new CmdletSurface(
            (string)attribute.ConstructorArguments[0].Value!,
            (string)attribute.ConstructorArguments[1].Value!,
            type.FullName!,
            (string?)Member(attribute, "DefaultParameterSetName"),
            Member(attribute, "SupportsShouldProcess") is true,
            impact is int number ? ((string[])["None", "Low", "Medium", "High"])[number] : "Medium",
            [.. type.GetCustomAttributesData().Where(data => data.AttributeType.Name == "OutputTypeAttribute").SelectMany(Outputs)],
            Parameters(type, shown: true),
            Parameters(type, shown: false));
    }

    private static ParameterSurface[] Parameters(Type type, bool shown) =>
    [
        .. type.GetProperties().Where(property => Attributes(property).Length > 0 && Attributes(property).Any(data => Member(data, "DontShow") is true) != shown)
            .Select(Parameter).OrderBy(parameter => parameter.Name, StringComparer.Ordinal),
    ];

    private static CustomAttributeData[] Attributes(PropertyInfo property) => [.. property.GetCustomAttributesData().Where(data => data.AttributeType.Name == "ParameterAttribute")];

    private static IEnumerable<string> Outputs(CustomAttributeData data) =>
        ((IEnumerable<CustomAttributeTypedArgument>)data.ConstructorArguments[0].Value!).Select(argument => ((Type)argument.Value!).FullName!);

    private static ParameterSurface Parameter(PropertyInfo property)
    {
        IList<CustomAttributeData> attributes = property.GetCustomAttributesData();
        return new ParameterSurface(
            property.Name,
            // A value that may be null binds like the value.
            (property.PropertyType.IsGenericType ? property.PropertyType.GenericTypeArguments[0] : property.PropertyType).Name,
            Texts(attributes, "AliasAttribute"),
            Texts(attributes, "ValidateSetAttribute"),
            attributes.Any(data => data.AttributeType.Name == "SupportsWildcardsAttribute"),
            [.. attributes.Select(data => data.AttributeType.Name)],
            [.. attributes.Where(data => data.AttributeType.Name == "ParameterAttribute").Select(Use)])
        {
            Naming = attributes.FirstOrDefault(data => data.AttributeType.Name == "AsksAttribute") is { } named && Member(named, "Names") is int naming ? (OfflineKit.PowerShell.Names)naming : OfflineKit.PowerShell.Names.Text,
            Option = attributes.FirstOrDefault(data => data.AttributeType.Name == "AsksAttribute") is { } asks ? Member(asks, "Option") as string : null,
            Asks = attributes.FirstOrDefault(data => data.AttributeType.Name == "AsksAttribute")?.ConstructorArguments[0].Value as string,
        };
    }

    private static ParameterUse Use(CustomAttributeData data) => new(
        (string?)Member(data, "ParameterSetName") ?? AllSets,
        Member(data, "Mandatory") is true,
        Member(data, "Position") is int position && position != int.MinValue ? position : null,
        Member(data, "ValueFromPipeline") is true,
        Member(data, "ValueFromPipelineByPropertyName") is true);

    private static string[] Texts(IList<CustomAttributeData> attributes, string name) =>
        attributes.FirstOrDefault(data => data.AttributeType.Name == name) is { } data
            ? [.. ((IEnumerable<CustomAttributeTypedArgument>)data.ConstructorArguments[0].Value!).Select(argument => (string)argument.Value!)]
            : [];

    private static CustomAttributeData? Named(Type type, string name) => type.GetCustomAttributesData().FirstOrDefault(data => data.AttributeType.Name == name);

    private static object? Member(CustomAttributeData data, string name) =>
        data.NamedArguments.Where(argument => argument.MemberName == name).Select(argument => argument.TypedValue.Value).FirstOrDefault();
}
