using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Host.Requests;

namespace OfflineKit.Host.Serve;

/// <summary>The parameters of a question, as members of a JSON object: of a serve request, and of a line of a batch.</summary>
/// <remarks>Shape: a switch is true or false, a number a number, everything else a text; where several may be given, a text or a list of texts. Source: docs/spec/serve.md.</remarks>
internal static class RequestMembers
{
    /// <summary>The names of the parameters of <paramref name="asks"/>.</summary>
    public static ImmutableArray<string> Names(Questions asks) => [.. RequestParameters.Of(asks).Select(parameter => parameter.Member)];

    /// <summary>What <paramref name="members"/> say.</summary>
    /// <exception cref="MalformedException">A member is of the wrong kind.</exception>
    /// <exception cref="UsageException">A member is empty, or names no plain file.</exception>
    public static IEnumerable<GivenParameter> Given(JsonValue members, Questions asks, Inputs inputs)
    {
        foreach (RequestParameter parameter in RequestParameters.Of(asks))
        {
            if (members.Optional(parameter.Member) is { } value && Texts(parameter, value) is { } texts)
            {
                RefuseSpecial(parameter, texts);
                yield return GivenParameter.Of(parameter, parameter.Member, texts, inputs);
            }
        }
    }

    // Null: a switch that is off.
    private static ImmutableArray<string>? Texts(RequestParameter parameter, JsonValue value) => parameter.Names switch
    {
        ParameterNames.Nothing => value.Boolean ? [] : default(ImmutableArray<string>?),
        ParameterNames.Number => [value.Integer.ToString(System.Globalization.CultureInfo.InvariantCulture)],
        _ when value.Kind == JsonKind.Array => [.. value.Elements.Select(element => element.Text)],
        _ => [value.Text],
    };

    private static void RefuseSpecial(RequestParameter parameter, ImmutableArray<string> texts)
    {
        foreach (string text in parameter.NamesPath ? texts : [])
        {
            RequestPaths.Refuse(parameter.Member, parameter.Names == ParameterNames.Key ? KeyWord.Of(text).Path : text);
        }
    }
}
