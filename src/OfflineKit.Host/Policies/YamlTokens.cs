using OfflineKit.Encoding;
using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace OfflineKit.Host.Policies;

/// <summary>The tokens of a YAML text, one at a time, without those that would make one value stand for another.</summary>
/// <remarks>
/// The native program carries neither the library's parser nor its anchors and directives, whose names it checks with regular expressions: that engine alone is larger
/// than what is left below the bound on the program. What was taken out throws <see cref="NotSupportedException"/>. docs/decisions/0024-yaml-policies.md.
/// </remarks>
internal sealed class YamlTokens
{
    private readonly Scanner _scanner;
    private readonly string _what;

    /// <summary>The tokens of <paramref name="text"/>, at the first one.</summary>
    public YamlTokens(TextReader text, string what)
    {
        (_scanner, _what) = (new Scanner(text), what);
        Advance();
    }

    /// <summary>Where the reader stands; null at the end.</summary>
    public Token? Current { get; private set; }

    /// <summary>The next token.</summary>
    /// <exception cref="MalformedException">The text is no YAML, or an anchor, alias, tag or directive follows.</exception>
    public void Advance()
    {
        try
        {
            Current = _scanner.MoveNext() ? _scanner.Current : null;
        }
        catch (YamlException fault)
        {
            throw At(fault.Start, $"not YAML: {fault.Message.TrimEnd('.')}");
        }
        catch (InvalidOperationException)
        {
            // The scanner's own stacks run empty on some texts.
            throw At(_scanner.CurrentPosition, "not YAML: the indentation or the brackets do not fit");
        }
        catch (NotSupportedException)
        {
            throw Decorated(_scanner.CurrentPosition);
        }

        if (Current is Anchor or AnchorAlias or Tag or TagDirective or VersionDirective)
        {
            throw Decorated(Current.Start);
        }
    }

    /// <summary>Goes on if the current token is a <typeparamref name="T"/>.</summary>
    /// <returns>Whether it was one.</returns>
    public bool Skip<T>()
        where T : Token
    {
        if (Current is not T)
        {
            return false;
        }

        Advance();
        return true;
    }

    /// <summary>Goes on; the current token must be a <typeparamref name="T"/>.</summary>
    public void Take<T>(string wanted)
        where T : Token
    {
        if (!Skip<T>())
        {
            throw Refused($"wanted {wanted}");
        }
    }

    /// <summary>The text of a scalar that stands on one line.</summary>
    public string TextOf(Scalar scalar) =>
        scalar.Start.Line == scalar.End.Line && scalar.Style is not (ScalarStyle.Literal or ScalarStyle.Folded)
            ? scalar.Value
            : throw Refused("a text of several lines, wanted one");

    /// <summary>The refusal of what stands here.</summary>
    public MalformedException Refused(string why) => At(Current?.Start ?? _scanner.CurrentPosition, why);

    private MalformedException Decorated(Mark mark) => At(mark, "an anchor, alias, tag or directive, wanted plain values");

    private MalformedException At(Mark mark, string why) => new($"{_what}: line {mark.Line}, column {mark.Column}: {why}");
}
