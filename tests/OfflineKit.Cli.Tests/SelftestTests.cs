using OfflineKit.Cli.Commands;
using OfflineKit.Cli.Selftest;
using OfflineKit.CommandLine;

namespace OfflineKit.Cli.Tests;

/// <summary><c>selftest</c> tells about every primitive: one that fails or is missing hides none of the others.</summary>
public sealed class SelftestTests
{
    private static readonly KnownAnswer Good = new("good", () => true), Wrong = new("bad", () => false);

    [Fact]
    public void After_a_missing_primitive_the_others_are_still_tried()
    {
        (int exit, string said) = Run(new KnownAnswer("gone", () => throw new DllNotFoundException("no library\nof that name")), Good);
        Assert.Equal("missing  gone: no library of that name\nok  good\n1 primitives are missing here: what needs them cannot be verified on this machine\n", said);
        Assert.Equal(ExitCode.NotTrusted, exit);
    }

    [Fact]
    public void A_library_that_does_not_start_is_told_by_its_cause()
    {
        (_, string said) = Run(new KnownAnswer("gone", () => throw new TypeInitializationException("T", new DllNotFoundException("cause"))));
        Assert.StartsWith("missing  gone: cause\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_answer_outweighs_a_missing_primitive()
    {
        (int exit, string said) = Run(Wrong, new KnownAnswer("gone", () => throw new PlatformNotSupportedException("no such algorithm")), Good);
        Assert.EndsWith("ok  good\n1 primitives give wrong answers: do not trust any verdict of this program here\n", said, StringComparison.Ordinal);
        Assert.Equal(ExitCode.NotTrusted, exit);
    }

    [Fact]
    public void A_bug_is_no_missing_primitive() =>
        Assert.Throws<InvalidOperationException>(() => Run(new KnownAnswer("bug", () => throw new InvalidOperationException("a bug"))));

    [Fact]
    public void Every_primitive_that_a_format_needs_is_there_and_right()
    {
        (int exit, string said) = Run([.. KnownAnswer.All()]);
        Assert.True(exit == ExitCode.Trusted, said);
        Assert.Equal(24, KnownAnswer.All().Count());
        Assert.Equal(2, KnownAnswer.All().Count(answer => answer.Name.StartsWith("hmac-sha256", StringComparison.Ordinal)));
        Assert.Equal(3, KnownAnswer.All().Count(answer => answer.Name.StartsWith("ML-DSA-", StringComparison.Ordinal)));
    }

    private static (int Exit, string Said) Run(params KnownAnswer[] answers)
    {
        using StringWriter output = new() { NewLine = "\n" };
        int exit = SelftestCommand.Run(answers, output);
        return (exit, output.ToString());
    }
}
