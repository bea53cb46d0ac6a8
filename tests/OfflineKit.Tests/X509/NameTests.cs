using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using OfflineKit.Encoding;
using OfflineKit.X509;

namespace OfflineKit.Tests.X509;

/// <summary>Names in certificates and the constraints on them, as far as x509-limbo does not show them.</summary>
public sealed class NameTests
{

    [Fact]
    public void The_user_name_of_fulcio_is_read_from_its_other_name()
    {
        Certificate leaf = Leaf(OtherName(GeneralName.FulcioUserName, UniversalTagNumber.UTF8String, "octo/jobs!x"));
        GeneralName name = leaf.Extensions.SubjectAlternativeNames.Single();
        Assert.Equal((GeneralNameKind.OtherName, "octo/jobs!x", GeneralName.FulcioUserName), (name.Kind, name.Text, name.TypeId));
    }

    [Fact]
    public void The_user_name_of_fulcio_in_another_string_type_is_malformed() =>
        Assert.Equal("cert.malformed", Refusal(OtherName(GeneralName.FulcioUserName, UniversalTagNumber.IA5String, "octo")));

    [Fact]
    public void An_unknown_other_name_never_shows_its_text() =>
        Assert.Equal("otherName 1.2.3.4", Leaf(OtherName("1.2.3.4", UniversalTagNumber.UTF8String, "https://example.com/me")).Extensions.SubjectAlternativeNames.Single().Text);

    [Theory]
    [InlineData(6, "https://github.com/a/b/.github/workflows/c.yml@refs/heads/main", null)]
    [InlineData(6, "spiffe://example.com/x", null)]
    [InlineData(6, "no-scheme", "cert.malformed")]
    [InlineData(6, "https://example.com/a b", "cert.malformed")]
    [InlineData(1, "dev@example.com", null)]
    [InlineData(1, "dev@example.com\u0000.evil.org", "cert.malformed")]
    [InlineData(1, "@example.com", "cert.malformed")]
    [InlineData(2, "*.example.com", null)]
    [InlineData(2, "a.*.example.com", "cert.malformed")]
    [InlineData(2, "10.0.0.1", "cert.malformed")]
    [InlineData(2, "-a.example.com", "cert.malformed")]
    public void A_name_is_spelt_as_its_form_wants(int tag, string text, string? code) => Assert.Equal(code, Refusal(Name(new Asn1Tag(TagClass.ContextSpecific, tag), text)));

    [Theory]
    [InlineData(6, "https://ci.example.com/x", ".example.com", true)]
    [InlineData(6, "https://ci.example.com:8443/x", ".example.com", true)]
    [InlineData(6, "https://ci.example.com@evil.org/x", ".example.com", false)]
    [InlineData(6, "https://evil.org\\@ci.example.com/x", ".example.com", false)]
    [InlineData(6, "https://example.com/x", ".example.com", false)]
    [InlineData(6, "https://example.com/x", "example.com", true)]
    [InlineData(6, "https://badexample.com/x", "example.com", false)]
    [InlineData(6, "urn:example:x", "example.com", false)]
    [InlineData(1, "dev@example.com", "example.com", true)]
    [InlineData(1, "dev@sub.example.com", "example.com", false)]
    [InlineData(1, "dev@sub.example.com", ".example.com", true)]
    [InlineData(1, "Dev@example.com", "dev@example.com", false)]
    [InlineData(2, "sub.example.com", "example.com", true)]
    [InlineData(2, "subexample.com", "example.com", false)]
    [InlineData(2, "*.example.com", "sub.example.com", false)]
    public void A_permitted_subtree_holds_its_own_names_only(int tag, string name, string subtree, bool permitted) =>
        Assert.Equal(permitted ? null : "cert.name-constraint", PathRefusal(permit: true, new Asn1Tag(TagClass.ContextSpecific, tag), name, subtree));

    [Theory]
    [InlineData(6, "https://ci.example.com/x", ".example.com", true)]
    [InlineData(6, "urn:example:x", "example.com", true)]
    [InlineData(6, "https://example.com\\@example.org/x", "example.com", true)]
    [InlineData(6, "https://example.org/x", "example.com", false)]
    [InlineData(2, "*.example.com", "sub.example.com", true)]
    [InlineData(2, "example.org", "example.com", false)]
    public void An_excluded_subtree_refuses_whatever_it_might_hold(int tag, string name, string subtree, bool excluded) =>
        Assert.Equal(excluded ? "cert.name-constraint" : null, PathRefusal(permit: false, new Asn1Tag(TagClass.ContextSpecific, tag), name, subtree));

    [Theory]
    [InlineData(true, "example.com", "1.3.6.1.5.5.7.8.9", "cert.name-constraint")]
    [InlineData(false, "example.com", "1.3.6.1.5.5.7.8.9", "cert.name-constraint")]
    [InlineData(true, "example.com", "1.2.3.4", null)]
    public void A_mailbox_beyond_ascii_is_under_the_constraints_of_mail(bool permit, string subtree, string type, string? code) =>
        Assert.Equal(code, PathRefusal(permit, new Asn1Tag(TagClass.ContextSpecific, 1), OtherName(type, UniversalTagNumber.UTF8String, "döv@example.com"), subtree));

    private static string? PathRefusal(bool permit, Asn1Tag tag, string name, string subtree) => PathRefusal(permit, tag, Name(tag, name), subtree);

    private static string? PathRefusal(bool permit, Asn1Tag tag, byte[] names, string subtree)
    {
        using X509Certificate2 issuer = TestCertificates.Authority("constrained", new X509Extension("2.5.29.30", Constraints(permit, tag, subtree), critical: true));
        Certificate leaf = Certificate.Parse(TestCertificates.Leaf(issuer, new X509Extension("2.5.29.17", names, critical: true)));
        return CertificatePath.Validate(leaf, [], [Certificate.Parse(issuer.RawData)], TestCertificates.From, CertificatePurpose.CodeSigning, new PathBudget()).Finding?.Reason.Code;
    }

    private static Certificate Leaf(byte[] alternativeName)
    {
        using X509Certificate2 issuer = TestCertificates.Authority("test authority");
        return Certificate.Parse(TestCertificates.Leaf(issuer, new X509Extension("2.5.29.17", alternativeName, critical: true)));
    }

    private static string? Refusal(byte[] alternativeName) => Result.Parse(Reasons.MalformedSignature, () => Leaf(alternativeName)).Finding?.Reason.Code;

    private static byte[] Name(Asn1Tag tag, string text) => Der(writer =>
    {
        using (writer.PushSequence()) writer.WriteOctetString(System.Text.Encoding.ASCII.GetBytes(text), tag);
    });

    private static byte[] Constraints(bool permit, Asn1Tag tag, string subtree) => Der(writer =>
    {
        using (writer.PushSequence())
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, permit ? 0 : 1)))
        using (writer.PushSequence()) writer.WriteOctetString(System.Text.Encoding.ASCII.GetBytes(subtree), tag);
    });

    private static byte[] OtherName(string type, UniversalTagNumber form, string text) => Der(writer =>
    {
        using (writer.PushSequence())
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
        {
            writer.WriteObjectIdentifier(type);
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0))) writer.WriteCharacterString(form, text);
        }
    });

    private static byte[] Der(Action<AsnWriter> write)
    {
        AsnWriter writer = new(AsnEncodingRules.DER);
        write(writer);
        return writer.Encode();
    }
}
