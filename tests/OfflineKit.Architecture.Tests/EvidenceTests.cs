using System.Reflection;

namespace OfflineKit.Architecture.Tests;

/// <summary>Evidence is proved through the gate or not at all: a new kind that forgets fails here.</summary>
public sealed partial class EvidenceTests
{
    // What a signer says; worth what the signer beside it is worth.
    private static readonly string[] Statements = ["ListsFiles", "States", "StatesVersion", "TrustedComment"];

    // The tokens of the gate: only the named members make one.
    private static readonly string[] Tokens = ["KeySignature: By", "CertificateSignature: By", "TrustedLog: Admit", "VerifiedPath: ", "VerifiedTime: "];

    private static readonly Type[] Kinds = [.. typeof(Verifier).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Evidence)))];

    [Fact]
    public void Nobody_outside_the_library_can_make_evidence() => Sources.AssertNone(
        Kinds.Where(type => !type.IsSealed || MakersOf(type).Any(maker => !maker.IsAssembly && !maker.IsPrivate)).Select(type => type.Name));

    [Fact]
    public void Who_signed_what_is_covered_and_when_is_proved_and_never_written() => Sources.AssertNone(
        Kinds.Where(type => !Statements.Contains(type.Name))
            .Where(type => MakersOf(type).Any(maker => !maker.IsPrivate)
                || !type.GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).Any(method => method.IsAssembly && method.Name.StartsWith("Prove", StringComparison.Ordinal))
                || type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).Any(property => property.SetMethod is not null))
            .Select(type => $"{type.Name}: a constructor that is not private, no Prove, or a member that can be set"));

    // What an export proves by comparing files belongs to nobody; everything else is said by somebody, and counts for nobody else.
    [Fact]
    public void Evidence_of_an_export_says_whose_it_is() => Sources.AssertNone(Sources.Below("src/OfflineKit/Exports").SelectMany(file => Sources.Code(file)
        .Where(line => line.Contains(".Proved(", StringComparison.Ordinal) && !line.Contains("new ListsFiles(", StringComparison.Ordinal) && !Attributed().IsMatch(line)).Select(line => $"{file}: {line}")));

    [Fact]
    public void Every_statement_is_a_kind_of_evidence() => Assert.Equal(Statements, Kinds.Select(type => type.Name).Where(Statements.Contains).Order(StringComparer.Ordinal));

    [Fact]
    public void What_evidence_is_made_of_is_made_by_verification_alone() => Sources.AssertNone(Tokens.Select(token => token.Split(": "))
        .Select(pair => (Type: typeof(Verifier).Assembly.GetTypes().Single(type => type.Name == pair[0]), Maker: pair[1]))
        .Where(token => MakersOf(token.Type).Any(maker => !maker.IsPrivate) || (token.Maker.Length > 0 && token.Type.GetMethod(token.Maker, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic, Any(token.Type, token.Maker)) is null))
        .Select(token => token.Type.Name));

    [System.Text.RegularExpressions.GeneratedRegex(@"\.Proved\(.+, [A-Za-z]+\);")]
    private static partial System.Text.RegularExpressions.Regex Attributed();

    private static Type[] Any(Type type, string name) =>
        [.. type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).First(method => method.Name == name).GetParameters().Select(parameter => parameter.ParameterType)];

    // A record's copy constructor makes the same evidence again.
    private static IEnumerable<ConstructorInfo> MakersOf(Type type) => type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        .Where(constructor => constructor.GetParameters() is not [{ } only] || only.ParameterType != type);
}
