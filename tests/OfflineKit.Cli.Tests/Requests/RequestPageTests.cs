using OfflineKit.Host.Requests;
using OfflineKit.Testing;

namespace OfflineKit.Cli.Tests.Requests;

/// <summary>docs/spec/requests.md lists every parameter, and nothing else. UPDATE=1 writes the list.</summary>
public sealed class RequestPageTests
{
    private const string Begin = "<!-- parameters -->\n", End = "<!-- /parameters -->";

    [Fact]
    public void The_page_lists_the_parameters_as_they_are()
    {
        string path = Repository.Path("docs", "spec", "requests.md"), page = File.ReadAllText(path), table = Table();
        int begin = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, end = page.IndexOf(End, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("UPDATE") == "1")
        {
            File.WriteAllText(path, page[..begin] + table + page[end..]);
        }
        else
        {
            Assert.Equal(table, page[begin..end]);
        }
    }

    private static string Table() => "\n| member | option | | names | asked of |\n|---|---|---|---|---|\n" + string.Concat(RequestParameters.All.Select(Row)) + "\n";

    private static string Row(RequestParameter parameter) =>
        $"| `{parameter.Member}`{(parameter.IsRepeatable ? " +" : "")} | `{parameter.Option}` | {parameter.Kind.ToString().ToLowerInvariant()} | {Names(parameter)} | {Asked(parameter)} |\n";

    private static string Names(RequestParameter parameter) => parameter.Names switch
    {
        ParameterNames.Nothing => "– (a switch)",
        _ when !parameter.Choices.IsEmpty => string.Join(", ", parameter.Choices.Select(choice => $"`{choice}`")),
        _ => parameter.Names.ToString().ToLowerInvariant(),
    };

    private static string Asked(RequestParameter parameter) => parameter.Asks == Questions.All
        ? "all"
        : string.Join(", ", Enum.GetValues<Questions>().Where(asks => System.Numerics.BitOperations.IsPow2((int)asks) && (parameter.Asks & asks) != Questions.None)
            .Select(asks => asks == Questions.PolicyCheck ? "policy-check" : asks.ToString().ToLowerInvariant()));
}
