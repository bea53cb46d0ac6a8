using System.CommandLine;
using System.CommandLine.Completions;

namespace OfflineKit.CommandLine;

/// <summary>Options that take one of a few words: shells offer these, and every other one is refused in the same words.</summary>
internal static class Choice
{
    /// <summary><paramref name="option"/>, which takes one of <paramref name="words"/>.</summary>
    public static T TakesOneOf<T>(this T option, params string[] words) where T : Option
    {
        option.Validators.Add(result =>
        {
            foreach (string other in result.Tokens.Select(token => token.Value).Where(value => !words.Contains(value, StringComparer.Ordinal)))
            {
                result.AddError(Refusal(option.Name, other, words));
            }
        });
        return option.Offers(() => words);
    }

    /// <summary><paramref name="option"/>, whose words the command itself judges; shells offer <paramref name="words"/>.</summary>
    public static T Offers<T>(this T option, Func<IEnumerable<string>> words) where T : Option
    {
        // The library would offer the members of an enumeration.
        option.CompletionSources.Clear();
        option.CompletionSources.Add(_ => words().Select(word => new CompletionItem(word)));
        return option;
    }

    /// <summary>What is said of <paramref name="other"/>.</summary>
    public static string Refusal(string name, string other, string[] words) => $"{name} is \"{other}\", wanted {string.Join(", ", words[..^1])} or {words[^1]}";
}
