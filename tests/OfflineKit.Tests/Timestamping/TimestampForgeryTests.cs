using System.Formats.Asn1;
using OfflineKit.Encoding;
using OfflineKit.Testing;
using OfflineKit.Timestamping;
using OfflineKit.X509;

namespace OfflineKit.Tests.Timestamping;

/// <summary>Each test changes one thing about a good token or about the authority that made it.</summary>
public sealed class TimestampForgeryTests
{
    private const string Good = "tok/01-ec-sha256-cert.tsr";

    [SharedFact("corpora")]
    public void A_zeroed_signature_is_refused()
    {
        byte[] token = Tokens.Read(Good);
        int start = token.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0x04, 0x47, 0x30, 0x45]);
        Assert.True(start > 0);
        token.AsSpan(start + 2).Clear();
        Assert.Equal("timestamp.signature-mismatch", Code(token, Tokens.Authority()));
    }

    [SharedFact("corpora")]
    public void An_altered_time_is_refused_even_if_the_digest_attribute_is_mended()
    {
        byte[] token = Tokens.Read(Good);
        int time = token.AsSpan().IndexOf("20261122014521Z"u8);
        byte[] before = Content(token);
        token[time + 3] = (byte)'0';
        byte[] oldDigest = System.Security.Cryptography.SHA256.HashData(before), newDigest = System.Security.Cryptography.SHA256.HashData(Content(token));
        newDigest.CopyTo(token.AsSpan(token.AsSpan().IndexOf(oldDigest)));
        Assert.Equal("timestamp.signature-mismatch", Code(token, Tokens.Authority()));
    }

    [SharedTheory("corpora")]
    [InlineData("2026-11-22T01:45:21Z", null, null)]
    [InlineData("2026-11-22T01:45:22Z", null, "timestamp.outside-window")]
    [InlineData(null, "2026-11-22T01:45:21Z", null)]
    [InlineData(null, "2026-11-22T01:45:20Z", "timestamp.outside-window")]
    public void The_window_of_the_authority_is_closed_at_both_ends(string? from, string? until, string? code) =>
        Assert.Equal(code, Code(Tokens.Read(Good), Tokens.Authority() with { Validity = new Validity(Time(from), Time(until)) }));

    [SharedFact("corpora")]
    public void An_authority_of_another_name_is_unknown_and_not_a_forgery() =>
        Assert.Equal("timestamp.unknown-authority", Code(Tokens.Read(Good), Other()));

    [SharedFact("corpora")]
    public void No_authority_at_all_is_unknown() => Assert.Equal("timestamp.unknown-authority", Code(Tokens.Read(Good)));

    [SharedFact("corpora")]
    public void One_of_several_authorities_suffices() => Assert.Null(Code(Tokens.Read(Good), Other(), Tokens.Authority()));

    [SharedFact("corpora")]
    public void An_authority_with_the_same_name_and_another_key_is_refused()
    {
        TimestampAuthority impostor = Tokens.Authority() with { Chain = [Certificate.Parse(TestCertificates.Root("TEST ONLY TSA root"))] };
        Assert.Equal("cert.signature-mismatch", Code(Tokens.Read(Good), impostor));
        Assert.Null(Code(Tokens.Read(Good), impostor, Tokens.Authority()));
    }

    [SharedFact("corpora")]
    public void The_signer_in_the_trust_root_needs_no_certificate_in_the_token()
    {
        // The leaf of the good token belongs to token 04 too, which carries none.
        TimestampAuthority withLeaf = Tokens.Authority() with { Chain = [Leaf(Tokens.Read(Good)), Tokens.Authority().Anchor] };
        Assert.Null(Code(Tokens.Read("tok/04-no-cert-in-token.tsr"), withLeaf));
    }

    [SharedFact("corpora")]
    public void A_refused_request_is_no_timestamp_even_with_a_token()
    {
        byte[] token = Tokens.Read(Good);
        token[8] = 2;
        Assert.Equal("timestamp.not-granted", Code(token, Tokens.Authority()));
    }

    [SharedFact("corpora")]
    public void A_byte_after_the_response_is_refused() => Assert.Equal("timestamp.malformed", Code([.. Tokens.Read(Good), 0], Tokens.Authority()));

    [SharedFact("corpora")]
    public void A_copy_is_the_same_timestamp()
    {
        TimestampToken response = TimestampToken.Parse(Tokens.Read(Good)), bare = TimestampToken.Parse(Tokens.Read("tok/01-ec-sha256-cert.token.der"));
        Assert.True(response.IsSameAs(bare));
        Assert.False(response.IsSameAs(TimestampToken.Parse(Tokens.Read("tok/06-policy-2.tsr"))));
    }

    [SharedFact("corpora")]
    public void No_changed_byte_is_accepted_and_none_crashes()
    {
        byte[] good = Tokens.Read(Good), data = Tokens.Read("data.bin");
        List<int> accepted = [];
        for (int i = 0; i < good.Length; i++)
        {
            foreach (byte mask in (byte[])[0x01, 0x80, 0xFF])
            {
                byte[] changed = [.. good];
                changed[i] ^= mask;
                if (Tokens.Verify(changed, data, Tokens.Authority()).Value is not null) accepted.Add(i);
            }
        }

        // Nobody signs these: the status "granted with changes" (8) and the list of digest algorithms beside the signature (37 to 51).
        Assert.Equal([], accepted.Distinct().Where(i => i is not 8 and not (>= 37 and <= 51)));
    }

    private static string? Code(byte[] token, params TimestampAuthority[] authorities) =>
        Tokens.Verify(token, Tokens.Read("data.bin"), authorities).Finding?.Reason.Code;

    private static TimestampAuthority Other() => Tokens.Authority() with { Name = "other", Chain = [Certificate.Parse(TestCertificates.Root("another root"))] };

    private static DateTimeOffset? Time(string? text) => text is null ? null : DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static AsnReader SignedDataFields(byte[] response)
    {
        AsnReader outer = new AsnReader(response, AsnEncodingRules.DER).ReadSequence();
        outer.ReadSequence();
        AsnReader info = outer.ReadSequence();
        info.ReadObjectIdentifier();
        AsnReader data = info.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).ReadSequence();
        data.ReadInteger();
        data.ReadEncodedValue();
        return data;
    }

    private static byte[] Content(byte[] response)
    {
        AsnReader encapsulated = SignedDataFields(response).ReadSequence();
        encapsulated.ReadObjectIdentifier();
        return encapsulated.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).ReadOctetString();
    }

    private static Certificate Leaf(byte[] response)
    {
        AsnReader data = SignedDataFields(response);
        data.ReadSequence();
        return Certificate.Parse(data.ReadSetOf(skipSortOrderValidation: true, new Asn1Tag(TagClass.ContextSpecific, 0)).ReadEncodedValue().ToArray());
    }
}
