using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using OfflineKit.X509;

namespace OfflineKit.Tests.X509;

/// <summary>Names of subjects: no two of them have one text, and every spelling of an excluded one is excluded.</summary>
public sealed class DistinguishedNameTests
{
    private const string CommonName = "2.5.4.3", Organisation = "2.5.4.10", Mail = "1.2.840.113549.1.9.1", Unknown = "1.2.3.4";

    [Theory]
    [InlineData("Ada", @"CN=Ada")]
    [InlineData("Ada, O=Release Team", @"CN=Ada\, O=Release Team")]
    [InlineData("Ada+O=Release Team", @"CN=Ada\+O=Release Team")]
    [InlineData("Ada; \"quoted\" <x> \\", @"CN=Ada\; \""quoted\"" \<x\> \\")]
    [InlineData(" Ada ", @"CN=\ Ada\ ")]
    [InlineData(" ", @"CN=\ ")]
    [InlineData("#0c03416461", @"CN=\#0c03416461")]
    [InlineData("A#d=a", @"CN=A#d=a")]
    [InlineData("Ada\u0000\n", @"CN=Ada\00\0A")]
    [InlineData("Zoë", @"CN=Zoë")]
    [InlineData("", @"CN=")]
    public void What_would_end_a_value_is_escaped(string value, string text) => Assert.Equal(text, Parse([One(CommonName, value)]).ToString());

    [Fact]
    public void Attributes_of_one_level_are_joined_otherwise_than_levels()
    {
        Assert.Equal("CN=Ada, O=Team", Parse([One(CommonName, "Ada"), One(Organisation, "Team")]).ToString());
        Assert.Equal("CN=Ada+O=Team", Parse([[(CommonName, Utf8("Ada")), (Organisation, Utf8("Team"))]]).ToString());
        Assert.Equal("(empty name)", Parse([]).ToString());
    }

    [Theory]
    [InlineData(0x1E, "004100640061", "CN=Ada")]
    [InlineData(0x1C, "000000410000006400000061", "CN=Ada")]
    [InlineData(0x14, "416461", "CN=Ada")]
    [InlineData(0x14, "41e461", "CN=#140341e461")]
    [InlineData(0x03, "00416461", "CN=#030400416461")]
    public void A_value_of_another_string_type_is_shown_as_its_text_and_any_other_as_its_bytes(int tag, string hex, string text) =>
        Assert.Equal(text, Parse([[(CommonName, Tlv(tag, Convert.FromHexString(hex)))]]).ToString());

    // The seventh and later rows: what cannot be compared is excluded and never permitted.
    [Theory]
    [InlineData("Release Team", "Same")]
    [InlineData("RELEASE team", "Same")]
    [InlineData("  Release \t  Team ", "Same")]
    [InlineData("Release\u00A0Team", "Same")]
    [InlineData("Rel\u00ADease\u200B Team", "Same")]
    [InlineData("Release Teams", "Different")]
    [InlineData("Releaseteam", "Different")]
    [InlineData("Straße", "Different")]
    [InlineData("Ｒelease Team", "Unknown")]
    [InlineData("Re\u0301lease Team", "Unknown")]
    [InlineData("\U0001D411elease Team", "Unknown")]
    public void Names_are_compared_as_prepared_texts(string value, string expected)
    {
        // A BMPString has no characters beyond the first plane.
        byte[][] ofTheFirstPlane = value.Any(char.IsSurrogate) ? [] : [Tlv(0x1E, System.Text.Encoding.BigEndianUnicode.GetBytes(value))];
        foreach (byte[] spelling in (byte[][])[.. ofTheFirstPlane, Utf8(value), Tlv(0x1C, new UTF32Encoding(bigEndian: true, byteOrderMark: false).GetBytes(value))])
        {
            Assert.Equal(expected, Parse([[(Organisation, spelling)]]).IsWithin(Parse([One(Organisation, "Release Team")])).ToString());
            AssertConstrained([[(Organisation, spelling)]], One(Organisation, "Release Team"), expected);
        }
    }

    [Theory]
    [InlineData("STRASSE", "straße")]
    [InlineData("Σίσυφος", "ΣΊΣΥΦΟΣ")]
    [InlineData("ПРИВЕТ", "привет")]
    public void Case_is_folded_beyond_ascii(string one, string other) =>
        Assert.Equal(NameComparison.Same, Parse([One(Organisation, one)]).IsWithin(Parse([One(Organisation, other)])));

    [Fact]
    public void A_name_below_the_excluded_one_is_excluded_and_one_above_is_not()
    {
        AssertConstrained([One(Organisation, "Team"), One(CommonName, "Ada")], One(Organisation, "TEAM"), "Same");
        AssertConstrained([One(CommonName, "Ada"), One(Organisation, "Team")], One(Organisation, "Team"), "Different");
        Assert.Equal(NameComparison.Different, Parse([One(Organisation, "Team")]).IsWithin(Parse([One(Organisation, "Team"), One(CommonName, "Ada")])));
    }

    [Fact]
    public void The_order_within_one_level_says_nothing()
    {
        (string, byte[])[] one = [(CommonName, Utf8("Ada")), (Organisation, Utf8("Team"))], other = [(Organisation, Utf8("TEAM")), (CommonName, Utf8("ADA"))];
        Assert.Equal(NameComparison.Same, Parse([one]).IsWithin(Parse([other])));
        Assert.Equal(NameComparison.Different, Parse([one]).IsWithin(Parse([One(Organisation, "Team")])));
    }

    [Fact]
    public void A_value_that_is_no_text_is_compared_by_its_bytes_alone()
    {
        byte[] bits = Tlv(0x03, [0x00, 0x41]), others = Tlv(0x03, [0x00, 0x42]);
        Assert.Equal(NameComparison.Same, Parse([[(Unknown, bits)]]).IsWithin(Parse([[(Unknown, bits)]])));
        Assert.Equal(NameComparison.Unknown, Parse([[(Unknown, bits)]]).IsWithin(Parse([[(Unknown, others)]])));
    }

    [Theory]
    [InlineData("ada@example.com", true)]
    [InlineData("Ada@EXAMPLE.com", true)]
    [InlineData("ada@example.com ", true)]
    [InlineData("ada", true)]
    [InlineData("ada@example.org", false)]
    public void An_excluded_mailbox_is_excluded_as_an_attribute_of_the_subject_too(string address, bool excluded) =>
        Assert.Equal(excluded ? "cert.name-constraint" : null, Refusal([One(CommonName, "Ada"), One(Mail, address)], Constraint(permit: false, Tlv(0x81, System.Text.Encoding.ASCII.GetBytes("ada@example.com")))));

    private static void AssertConstrained((string, byte[])[][] subject, (string, byte[])[] constraint, string expected)
    {
        byte[] directory = Tlv(0xA4, Der([constraint]));
        Assert.Equal(expected == "Different" ? null : "cert.name-constraint", Refusal(subject, Constraint(permit: false, directory)));
        Assert.Equal(expected == "Same" ? null : "cert.name-constraint", Refusal(subject, Constraint(permit: true, directory)));
    }

    private static string? Refusal((string, byte[])[][] subject, byte[] constraints)
    {
        using X509Certificate2 issuer = TestCertificates.Authority("constrained", new X509Extension("2.5.29.30", constraints, critical: true));
        Certificate leaf = Certificate.Parse(TestCertificates.Leaf(new X500DistinguishedName(Der(subject)), issuer));
        return CertificatePath.Validate(leaf, [], [Certificate.Parse(issuer.RawData)], TestCertificates.From, CertificatePurpose.CodeSigning, new PathBudget()).Finding?.Reason.Code;
    }

    private static byte[] Constraint(bool permit, byte[] name) => Tlv(0x30, Tlv(permit ? 0xA0 : 0xA1, Tlv(0x30, name)));

    private static DistinguishedName Parse((string, byte[])[][] levels) => DistinguishedName.Parse(Der(levels));

    private static (string, byte[])[] One(string type, string value) => [(type, Utf8(value))];

    private static byte[] Utf8(string text) => Tlv(0x0C, System.Text.Encoding.UTF8.GetBytes(text));

    private static byte[] Der((string Type, byte[] Value)[][] levels) =>
        Tlv(0x30, [.. levels.SelectMany(level => Tlv(0x31, [.. level.SelectMany(attribute => Tlv(0x30, [.. Oid(attribute.Type), .. attribute.Value]))]))]);

    private static byte[] Oid(string type)
    {
        AsnWriter writer = new(AsnEncodingRules.DER);
        writer.WriteObjectIdentifier(type);
        return writer.Encode();
    }

    private static byte[] Tlv(int tag, byte[] content) => [(byte)tag, .. content.Length < 128 ? (byte[])[(byte)content.Length] : [0x81, (byte)content.Length], .. content];
}
