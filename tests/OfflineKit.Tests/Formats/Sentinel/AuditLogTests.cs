using System.Security.Cryptography;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Formats.Sentinel;

namespace OfflineKit.Tests.Formats.Sentinel;

public sealed class AuditLogTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
    private static readonly SharedSecret Secret = SharedSecret.FromBytes(Key, "key");

    // What the logger writes: the entry as stored, the entry as signed.
    private static string Line(string stored, string signed)
    {
        string message = $$"""{"entry":{{signed}},"timestamp":"2026-01-26T10:30:00Z","key_id":"k\u003c1"}""";
        string mac = Convert.ToHexStringLower(HMACSHA256.HashData(Key, System.Text.Encoding.UTF8.GetBytes(message)));
        return $$"""{"entry":{{stored}},"signature":"{{mac}}","key_id":"k<1","timestamp":"2026-01-26T10:30:00Z"}""" + "\n";
    }

    private static AuditLogResult Verify(string log) => AuditLog.Verify(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(log)), Secret);

    [Theory]
    [InlineData("""{"b":1,"a":2.50}""", """{"b":1,"a":2.50}""")]
    [InlineData("""{ "b" : [ 1 , 2 ] , "a" : " x\" y " }""", """{"b":[1,2],"a":" x\" y "}""")]
    [InlineData("""{"a":"<b>&\\"}""", """{"a":"\u003cb\u003e\u0026\\"}""")]
    [InlineData("{\"a\":\"\u2028\u2029é\"}", """{"a":"\u2028\u2029é"}""")]
    [InlineData("\"just text\"", "\"just text\"")]
    public void Entry_is_signed_in_the_form_of_Go(string stored, string signed) => Assert.True(Verify(Line(stored, signed)).IsIntact);

    [Theory]
    [InlineData("""{"b":1,"a":2}""", """{"a":2,"b":1}""")]
    [InlineData("""{"a":1.0}""", """{"a":1}""")]
    [InlineData("""{"a":"é"}""", """{"a":"\u00e9"}""")]
    public void Order_numbers_and_escapes_are_not_normalised(string stored, string signed) =>
        Assert.Equal((0, 1, 0), (Verify(Line(stored, signed)).Valid, Verify(Line(stored, signed)).InvalidSignatures, Verify(Line(stored, signed)).ParseErrors));

    [Fact]
    public void Failures_carry_line_numbers_and_the_words_of_the_original()
    {
        string good = Line("1", "1");
        AuditLogResult result = Verify(good + "\n" + "{}\n" + good.Replace("10:30", "10:31", StringComparison.Ordinal) + "not json\r\n" + good.TrimEnd('\n'));
        Assert.Equal((5, 2, 1, 2), (result.Lines, result.Valid, result.InvalidSignatures, result.ParseErrors));
        Assert.Equal(
            [(3, "missing signature field"), (4, "invalid signature (possible tampering)"), (5, "invalid JSON: not strict JSON at line 1, byte 1")],
            result.Failures.Select(failure => (failure.Line, failure.Finding.Detail)));
    }

    [Fact]
    public void Only_the_first_ten_failures_are_told_and_all_are_counted()
    {
        AuditLogResult result = Verify(string.Concat(Enumerable.Repeat("{}\n", 25)));
        Assert.Equal((25, 10), (result.Failed, result.Failures.Length));
    }

    [Fact]
    public void A_log_without_lines_is_not_intact() => Assert.False(Verify("\n\n").IsIntact);

    [Fact]
    public void A_line_over_the_limit_is_refused_in_bounded_memory()
    {
        string good = Line("1", "1");
        AuditLogResult result = Verify(new string('x', Limits.LogLine + 1) + "\n" + good);
        Assert.Equal((2, 1, 1), (result.Lines, result.Valid, result.ParseErrors));
    }

    [Theory]
    [InlineData("abc", "key.malformed")]
    [InlineData("01020304050607080910111213141516171819202122232425262728293031", "key.weak-secret")]
    [InlineData("zz", "key.malformed")]
    public void Short_or_malformed_secrets_are_refused(string hex, string reason) =>
        Assert.Equal(reason, Assert.Throws<MalformedException>(() => SharedSecret.FromHex(hex, "key")).Reason?.Code);

    [Fact]
    public void White_space_and_either_case_are_read_in_secrets() => Assert.NotNull(SharedSecret.FromHex("AB cd\t\r\n" + new string('0', 60), "key"));
}
