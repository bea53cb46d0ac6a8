using OfflineKit.Host.Requests;

namespace OfflineKit.Cli.Tests.Demands;

/// <summary>A command line as the members of a serve request or of a line of a batch.</summary>
/// <param name="Members">The members by name, with the path and the signature's.</param>
/// <param name="Kinds">What each of them can do to a verdict.</param>
internal sealed record AskedMembers(Dictionary<string, object> Members, Dictionary<string, ParameterKind> Kinds)
{
    /// <summary>The members that <paramref name="words"/> are, which ask <paramref name="asks"/>.</summary>
    public static AskedMembers Of(Questions asks, string[] words)
    {
        AskedMembers asked = new(new Dictionary<string, object>(StringComparer.Ordinal), new Dictionary<string, ParameterKind>(StringComparer.Ordinal));
        for (int at = 1; at < words.Length; at++)
        {
            RequestParameter? parameter = RequestParameters.Of(asks).FirstOrDefault(known => known.Option == words[at] || known.Aliases.Contains(words[at]));
            if (parameter is not null)
            {
                asked.Add(parameter, parameter.Names == ParameterNames.Nothing ? "" : words[++at]);
            }
            else if (words[at] is "--signature" or "-s")
            {
                asked.Members["signaturePath"] = words[++at];
            }
            else
            {
                Assert.True(!words[at].StartsWith('-') && asked.Members.TryAdd("path", words[at]), words[at]);
            }
        }

        return asked;
    }

    private void Add(RequestParameter parameter, string word)
    {
        Kinds[parameter.Member] = parameter.Kind;
        if (parameter.IsRepeatable)
        {
            Members[parameter.Member] = (string[])[.. Members.GetValueOrDefault(parameter.Member) as string[] ?? [], word];
            return;
        }

        Members[parameter.Member] = parameter.Names switch
        {
            ParameterNames.Nothing => true,
            ParameterNames.Number => int.Parse(word, System.Globalization.CultureInfo.InvariantCulture),
            _ => word,
        };
    }
}
