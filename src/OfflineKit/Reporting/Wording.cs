using System.Text;

namespace OfflineKit.Reporting;

/// <summary>How a surface says what its user can do: the command line names options, a host of <c>serve</c> names members, PowerShell names parameters.</summary>
/// <remarks>Advice is written once, with <c>{member}</c> where a parameter is meant; only a surface knows what its user calls that.</remarks>
/// <param name="call">What the surface calls a member; null where it is none, and the text stands as it is.</param>
internal sealed class Wording(Func<string, string?> call)
{
    /// <summary>Members of requests and of lines: <c>publicKey</c>.</summary>
    public static Wording Members { get; } = new(static member => member);

    /// <summary><paramref name="text"/> with every parameter called as this surface calls it.</summary>
    public string Of(string text)
    {
        int open = text.IndexOf('{', StringComparison.Ordinal);
        if (open < 0)
        {
            return text;
        }

        StringBuilder said = new(text.Length);
        int at = 0;
        while (open >= 0)
        {
            int close = text.IndexOf('}', open);
            string? name = close > open + 1 && text[(open + 1)..close].All(char.IsAsciiLetter) ? call(text[(open + 1)..close]) : null;
            said.Append(text, at, open - at).Append(name ?? "{");
            at = name is null ? open + 1 : close + 1;
            open = text.IndexOf('{', at);
        }

        return said.Append(text, at, text.Length - at).ToString();
    }
}
