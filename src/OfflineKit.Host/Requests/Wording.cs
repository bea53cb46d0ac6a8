using System.Text;

namespace OfflineKit.Host.Requests;

/// <summary>How a surface says what its user can do: the command line names options, a host of <c>serve</c> names members.</summary>
/// <remarks>Advice is written once, with <c>{member}</c> where a parameter is meant; only a surface knows what its user calls that.</remarks>
internal sealed class Wording
{
    // What a question is about is no parameter of it, but has a name on every surface.
    private static readonly (string Member, string Option)[] Subjects = [("signaturePath", "--signature")];

    private readonly Func<RequestParameter, string> _name;
    private readonly Func<(string Member, string Option), string> _subject;

    private Wording(Func<RequestParameter, string> name, Func<(string Member, string Option), string> subject) => (_name, _subject) = (name, subject);

    /// <summary>Options: <c>--key</c>.</summary>
    public static Wording CommandLine { get; } = new(parameter => parameter.Option, subject => subject.Option);

    /// <summary>Members of requests and of lines: <c>publicKey</c>.</summary>
    public static Wording Members { get; } = new(parameter => parameter.Member, subject => subject.Member);

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
            string? name = close < 0 ? null : Name(text[(open + 1)..close]);
            said.Append(text, at, open - at).Append(name ?? "{");
            at = name is null ? open + 1 : close + 1;
            open = text.IndexOf('{', at);
        }

        return said.Append(text, at, text.Length - at).ToString();
    }

    private string? Name(string member) => RequestParameters.All.FirstOrDefault(parameter => parameter.Member == member) is { } parameter
        ? _name(parameter)
        : Subjects.Where(subject => subject.Member == member).Select(_subject).FirstOrDefault();
}
