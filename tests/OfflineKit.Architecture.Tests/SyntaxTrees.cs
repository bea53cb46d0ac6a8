using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using OfflineKit.Testing;

namespace OfflineKit.Architecture.Tests;

/// <summary>The sources of the programs as the compiler reads them.</summary>
internal static class SyntaxTrees
{
    private static readonly Lazy<(string File, CompilationUnitSyntax Root)[]> Parsed = new(() =>
        [.. Sources.Below("src").Select(file => (file, CSharpSyntaxTree.ParseText(File.ReadAllText(Repository.Path(file))).GetCompilationUnitRoot(TestContext.Current.CancellationToken)))]);

    /// <summary>Every file of src with its tree.</summary>
    public static IReadOnlyList<(string File, CompilationUnitSyntax Root)> All => Parsed.Value;

    /// <summary>The types that a file declares outside of other types.</summary>
    public static IEnumerable<MemberDeclarationSyntax> TypesOf(CompilationUnitSyntax root) =>
        root.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax).OfType<MemberDeclarationSyntax>().Where(node => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax);

    /// <summary>The name of a type without its namespace.</summary>
    public static string NameOf(MemberDeclarationSyntax type) =>
        type is BaseTypeDeclarationSyntax declared ? declared.Identifier.Text : ((DelegateDeclarationSyntax)type).Identifier.Text;

    /// <summary>The functions of a file, and how many lines each has from its first word to its end: methods, constructors, operators, accessors, local functions and properties with one expression.</summary>
    public static IEnumerable<(string Where, int Lines)> FunctionsOf(string file, CompilationUnitSyntax root) =>
        from node in root.DescendantNodes()
        where HasBody(node)
        let start = root.SyntaxTree.GetLineSpan(FirstWord(node).Span).StartLinePosition.Line
        let end = root.SyntaxTree.GetLineSpan(node.Span).EndLinePosition.Line
        select ($"{file}:{start + 1}", end - start + 1);

    private static bool HasBody(SyntaxNode node) => node switch
    {
        BaseMethodDeclarationSyntax method => method.Body is not null || method.ExpressionBody is not null,
        AccessorDeclarationSyntax accessor => accessor.Body is not null || accessor.ExpressionBody is not null,
        LocalFunctionStatementSyntax local => local.Body is not null || local.ExpressionBody is not null,
        PropertyDeclarationSyntax property => property.ExpressionBody is not null,
        _ => false,
    };

    // Attributes stand above a function and are no part of it.
    private static SyntaxToken FirstWord(SyntaxNode node) =>
        node is MemberDeclarationSyntax { AttributeLists.Count: > 0 } member ? member.AttributeLists.Last().GetLastToken().GetNextToken() : node.GetFirstToken();
}
