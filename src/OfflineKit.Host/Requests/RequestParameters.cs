using System.Collections.Immutable;

namespace OfflineKit.Host.Requests;

/// <summary>Everything that a question can say. The one table from which options, members of serve requests and members of batch lines are made.</summary>
internal static class RequestParameters
{
    /// <summary>Every parameter, in the order in which people need them.</summary>
    public static ImmutableArray<RequestParameter> All => [.. Of(Questions.All | Questions.Log)];

    /// <summary>Those that can be said when <paramref name="question"/> is asked.</summary>
    public static IEnumerable<RequestParameter> Of(Questions question)
    {
        ImmutableArray<RequestParameter> exports = (question & (Questions.Export | Questions.Medium)) != Questions.None ? ExportParameters.All : [];
        ImmutableArray<RequestParameter> all = [.. TrustParameters.All, .. SignerParameters.All, .. SignatureParameters.All, .. exports, .. ImportedTrustParameters.All];
        return all.Where(parameter => (parameter.Asks & question) != Questions.None);
    }

    /// <summary>The one that is called <paramref name="member"/>.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static RequestParameter Named(string member) => All.FirstOrDefault(parameter => parameter.Member == member)
        ?? throw new ArgumentException($"no parameter is called {member}", nameof(member));

    /// <summary>Most people need it.</summary>
    public static bool IsMostUsed(RequestParameter parameter) => MostUsed.Contains(parameter.Member, StringComparer.Ordinal);

    /// <summary>What it is about, as a heading.</summary>
    public static string HeadingOf(RequestParameter parameter) => Headings.First(heading => heading.Parameters().Contains(parameter)).Heading;

    private static string[] MostUsed => ["publicKey", "trustRoots", "certificateIdentity", "certificateOidcIssuer", "threshold", "policy", "format", "at"];

    private static (string Heading, Func<ImmutableArray<RequestParameter>> Parameters)[] Headings =>
    [
        ("Whom to trust", () => TrustParameters.All),
        ("Who must have signed", () => SignerParameters.All),
        ("The signature", () => SignatureParameters.All),
        ("The export", () => ExportParameters.All),
        ("Imported trust", () => ImportedTrustParameters.All),
    ];
}
