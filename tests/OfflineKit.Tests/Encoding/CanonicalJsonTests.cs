using System.Globalization;
using OfflineKit.Encoding;

namespace OfflineKit.Tests.Encoding;

public sealed class CanonicalJsonTests
{
    // RFC 8785 appendix B: bits of the double, its spelling.
    [Theory]
    [InlineData("0000000000000000", "0")]
    [InlineData("8000000000000000", "0")]
    [InlineData("0000000000000001", "5e-324")]
    [InlineData("8000000000000001", "-5e-324")]
    [InlineData("7fefffffffffffff", "1.7976931348623157e+308")]
    [InlineData("ffefffffffffffff", "-1.7976931348623157e+308")]
    [InlineData("4340000000000000", "9007199254740992")]
    [InlineData("c340000000000000", "-9007199254740992")]
    [InlineData("4430000000000000", "295147905179352830000")]
    [InlineData("44b52d02c7e14af5", "9.999999999999997e+22")]
    [InlineData("44b52d02c7e14af6", "1e+23")]
    [InlineData("44b52d02c7e14af7", "1.0000000000000001e+23")]
    [InlineData("444b1ae4d6e2ef4e", "999999999999999700000")]
    [InlineData("444b1ae4d6e2ef4f", "999999999999999900000")]
    [InlineData("444b1ae4d6e2ef50", "1e+21")]
    [InlineData("3eb0c6f7a0b5ed8c", "9.999999999999997e-7")]
    [InlineData("3eb0c6f7a0b5ed8d", "0.000001")]
    [InlineData("41b3de4355555553", "333333333.3333332")]
    [InlineData("41b3de4355555554", "333333333.33333325")]
    [InlineData("41b3de4355555555", "333333333.3333333")]
    [InlineData("41b3de4355555556", "333333333.3333334")]
    [InlineData("41b3de4355555557", "333333333.33333343")]
    [InlineData("becbf647612f3696", "-0.0000033333333333333333")]
    [InlineData("43143ff3c1cb0959", "1424953923781206.2")]
    public void Doubles_are_spelled_as_ECMAScript_spells_them(string bits, string spelling) =>
        Assert.Equal(spelling, EcmaScriptNumber.Write(BitConverter.UInt64BitsToDouble(ulong.Parse(bits, NumberStyles.HexNumber, CultureInfo.InvariantCulture))));

    // RFC 8785 §3.2.2 and §3.2.4.
    [Theory]
    [InlineData(
        """{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}""",
        """{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}""")]
    [InlineData("""{ "b" : [ ] , "a" : { } }""", """{"a":{},"b":[]}""")]
    [InlineData("[-0, -0.0, 1e21, 0.1, 100, 1.0]", "[0,0,1e+21,0.1,100,1]")]
    [InlineData("\"\\b\\t\\n\\f\\r\\u001f\\u007f\\u2028\"", "\"\\b\\t\\n\\f\\r\\u001f\u007f\u2028\"")]
    public void Values_have_one_canonical_form(string json, string canonical) => Assert.Equal(canonical, Jcs(json));

    // RFC 8785 §3.2.3: the order of UTF-16 code units, in which U+1F600 stands before U+FB33.
    [Fact]
    public void Members_stand_in_the_order_of_UTF_16_code_units() => Assert.Equal(
        "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\u007f\",\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\",\"\U0001f600\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}",
        Jcs("""{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control\u007f","\u00f6":"Latin Small Letter O With Diaeresis"}"""));

    [Theory]
    [InlineData("9007199254740991", "9007199254740991")]
    [InlineData("-9007199254740991", "-9007199254740991")]
    [InlineData("9007199254740992.0", "9007199254740992")]
    [InlineData("1E21", "1e+21")]
    [InlineData("10e-1", "1")]
    [InlineData("0.0e9", "0")]
    [InlineData("0.10", "0.1")]
    [InlineData("0.10000000000000001", "0.1")]
    [InlineData("5e-324", "5e-324")]
    public void Integers_within_two_to_the_53_stay(string json, string canonical) => Assert.Equal(canonical, Jcs(json));

    [Theory]
    [InlineData("9007199254740993.0")]
    [InlineData("9007199254740993e0")]
    [InlineData("90071992547409930e-1")]
    [InlineData("10000000000000001.0")]
    [InlineData("1.0000000000000001e16")]
    [InlineData("1000000000000000000001.0")]
    [InlineData("1e-400")]
    [InlineData("-1e-400")]
    [InlineData("0.1000000000000000055511151231257827")]
    [InlineData("1.00000000000000000001")]
    [InlineData("9007199254740992")]
    [InlineData("9007199254740993")]
    [InlineData("-9007199254740992")]
    [InlineData("1e400")]
    [InlineData("[-1e309]")]
    public void Numbers_that_would_be_rounded_are_malformed(string json) => Assert.Throws<MalformedException>(() => Jcs(json));

    [Fact]
    public void Exactly_the_named_member_is_left_out()
    {
        JsonValue json = Parse("""{"value":1,"signature":{"value":1,"b":2},"z":{"value":1}}""");
        byte[] canonical = CanonicalJson.WriteWithout(json, json["signature"]["value"]);
        Assert.Equal("""{"signature":{"b":2},"value":1,"z":{"value":1}}""", System.Text.Encoding.UTF8.GetString(canonical));
    }

    [Theory]
    [InlineData("""{"b":"\u003c\"\\\/\n","a":[1,-2,true,null]}""", "{\"a\":[1,-2,true,null],\"b\":\"<\\\"\\\\/\n\"}")]
    [InlineData("""{"\ud83d\ude00":1,"\ufb33":2}""", "{\"\ufb33\":2,\"\U0001f600\":1}")]
    public void Olpc_form_escapes_quotes_and_backslashes_only_and_sorts_by_code_point(string json, string canonical) =>
        Assert.Equal(canonical, System.Text.Encoding.UTF8.GetString(OlpcJson.Write(Parse(json))));

    [Theory]
    [InlineData("1.0")]
    [InlineData("1e3")]
    [InlineData("-0")]
    [InlineData("99999999999999999999")]
    public void Olpc_form_knows_integers_only(string json) => Assert.Throws<MalformedException>(() => OlpcJson.Write(Parse(json)));

    private static string Jcs(string json) => System.Text.Encoding.UTF8.GetString(CanonicalJson.Write(Parse(json)));

    private static JsonValue Parse(string json) => StrictJson.Parse(System.Text.Encoding.UTF8.GetBytes(json), "test");
}
