using OfflineKit.Reporting;

namespace OfflineKit.Tests;

/// <summary>No text of others reaches a terminal with a character that is not seen, or is not what it looks like.</summary>
public sealed class TerminalTextTests
{
    // One of every kind: controls, directions, joiners, fillers, selectors, blanks, private, unassigned, tags.
    public static TheoryData<string> Hidden() =>
    [
        "\u001b", "\u0007", "\u009b", "\n", "\r", "\t", "\u0000", "\u007f", "\u202e", "\u2066", "\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u3164", "\u115f", "\u1160", "\uffa0", "\u034f", "\u17b4",
        "\u180e", "\ufe0f", "\u2800", "\u00a0", "\u3000", "\u2003", "\u1680", "\u2028", "\u2029", "\ufffd", "\ufffc", "\ue000", "\u0378", "\U000e0041", "\U000e0100", "\U0001d159", "\U0001d173", "\U000f0000",
    ];

    [Theory]
    [MemberData(nameof(Hidden))]
    public void What_is_not_seen_is_spelled_out(string hidden)
    {
        string spelled = $"a\\u{{{char.ConvertToUtf32(hidden, 0):x}}}b";
        Assert.Equal(spelled, TerminalText.Escape($"a{hidden}b"));
        TerminalText text = $"a{hidden}b";
        Assert.Equal($"a{spelled[1..^1]}b", text.ToString());
        using StringWriter shown = new();
        using TerminalWriter writer = new(shown);
        writer.WriteLine($"a{hidden}b");
        Assert.Equal(hidden == "\t" ? "a\tb\n" : spelled + "\n", shown.ToString().ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("Grüße, 中文")]
    [InlineData("❤ naïve café Ω ß")]
    [InlineData("a b-c_d.e/f:g")]
    [InlineData("עברית العربية हिन्दी ไทย 한국어 日本語")]
    public void What_people_read_is_shown_as_it_is(string text) => Assert.Equal(text, TerminalText.Escape(text));

    [Fact]
    public void The_words_of_the_program_are_shown_and_the_holes_are_escaped()
    {
        TerminalText inner = $"in {"\u001b"}";
        TerminalText text = $"moved \\ to {"a\\b\n"}, {inner}, {12}, {"x",3}|{"y",-3}|";
        Assert.Equal("moved \\ to a\\\\b\\u{a}, in \\u{1b}, 12,   x|y  |", text.ToString());
    }

    [Fact]
    public void A_lone_half_of_a_letter_is_spelled_out() => Assert.Equal("a\\u{fffd}b", TerminalText.Escape("a\ud800b"));

    [Fact]
    public void A_progress_line_may_clear_itself_and_nothing_else()
    {
        using StringWriter shown = new();
        using TerminalWriter writer = new(shown);
        writer.Write(TerminalWriter.ClearLine + "12 MiB\u001b[2J");
        writer.Write("one\ntwo\u001b[K\r");
        writer.WriteLine("three\nTRUSTED: x");
        Assert.Equal("\r\u001b[K12 MiB\\u{1b}[2Jone\ntwo\\u{1b}[K\\u{d}three\\u{a}TRUSTED: x\n", shown.ToString().ReplaceLineEndings("\n").Replace("\n\u001b[K", "\r\u001b[K", StringComparison.Ordinal));
    }
}
