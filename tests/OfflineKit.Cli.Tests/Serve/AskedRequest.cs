using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using System.Text.Json.Nodes;
using OfflineKit.Cli.Tests.Demands;
using OfflineKit.Host.Requests;

namespace OfflineKit.Cli.Tests.Serve;

/// <summary>A command line as the request to an engine that asks the same.</summary>
internal static partial class AskedRequest
{
    /// <summary>The request whose id is <paramref name="id"/>, on one line.</summary>
    public static string Of(string id, string[] words)
    {
        bool isGroup = words[0] is "dossier" or "policy";
        Command command = CommandTable.For(words[..1]).Single();
        command = isGroup ? command.Subcommands.Single(inner => inner.Name == words[1]) : command;
        ParseResult parsed = command.Parse(words[(isGroup ? 2 : 1)..]);
        Assert.Empty(parsed.Errors);
        string name = isGroup ? $"{words[0]} {words[1]}" : words[0];
        (string verb, Questions asks) = VerbOf(name);
        JsonObject request = new() { ["id"] = id, ["verb"] = verb };
        AddSubject(request, name, [.. parsed.CommandResult.Children.OfType<ArgumentResult>().Select(argument => argument.Tokens.Select(token => token.Value).FirstOrDefault())], option => Given(command, parsed, option));
        foreach (RequestParameter parameter in RequestParameters.Of(asks))
        {
            if (Given(command, parsed, parameter.Option) is { } given)
            {
                request[parameter.Member] = Value(parameter, given);
            }
        }

        return request.ToJsonString();
    }

    /// <summary>The same of <paramref name="thing"/>.</summary>
    public static string Of(string id, AskedThing thing) => Of(id, thing.Words);

    /// <summary>The verb and the question of a command.</summary>
    public static (string Verb, Questions Asks) VerbOf(string command) => command switch
    {
        "verify" => ("verify", Questions.File),
        "verify-bundle" => ("verify-bundle", Questions.Bundle),
        "verify-envelope" => ("verify-envelope", Questions.Envelope),
        "verify-image" => ("verify-image", Questions.Image),
        "verify-export" => ("verify-export", Questions.Export),
        "verify-logs" => ("verify-logs", Questions.Log),
        "dossier verify" => ("verify-dossier", Questions.Dossier),
        "policy verify" => ("verify-policy", Questions.Sentinel),
        _ => throw new ArgumentException($"no verb is known for {command}"),
    };

    /// <summary>The report in the answer of a command line or an engine, as text that is the same for both: what each surface calls its parameters is called by their members.</summary>
    /// <remarks>The advice of a finding stays, with members; the same in the words of a surface goes.</remarks>
    public static string Comparable(JsonElement report) => RequestParameters.All.Aggregate(
        NextStep().Replace(JsonSerializer.Serialize(report), ""),
        static (text, parameter) => text.Replace($"{JsonEncodedText.Encode(parameter.Option)} ", $"{parameter.Member} ", StringComparison.Ordinal));

    [System.Text.RegularExpressions.GeneratedRegex(@"""nextStep"":""(?:[^""\\]|\\.)*"",?")]
    private static partial System.Text.RegularExpressions.Regex NextStep();

    private static void AddSubject(JsonObject request, string command, string?[] arguments, Func<string, string[]?> option)
    {
        request["path"] = arguments[0];
        switch (command)
        {
            case "verify-bundle": request["signaturePath"] = option("--bundle")![0]; break;
            case "verify-envelope" when arguments.ElementAtOrDefault(1) is { } artifact: request["artifactPath"] = artifact; break;
            case "verify-image": request["digest"] = option("--digest")![0]; break;
            case "verify" or "policy verify" when option("--signature") is { } signature: request["signaturePath"] = signature[0]; break;
        }
    }

    private static string[]? Given(Command command, ParseResult parsed, string name) =>
        command.Options.FirstOrDefault(option => option.Name == name) is { } found && parsed.GetResult(found) is { Implicit: false } result ? [.. result.Tokens.Select(token => token.Value)] : null;

    private static JsonNode Value(RequestParameter parameter, string[] given) => parameter.Names switch
    {
        ParameterNames.Nothing => true,
        ParameterNames.Number => int.Parse(given[0], System.Globalization.CultureInfo.InvariantCulture),
        _ when parameter.IsRepeatable => new JsonArray([.. given.Select(text => (JsonNode)text)]),
        _ => given[0],
    };
}
