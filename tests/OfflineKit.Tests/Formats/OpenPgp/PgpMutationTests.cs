using OfflineKit.Tests.Exports;
using OfflineKit.Trust.OpenPgp;

namespace OfflineKit.Tests.Formats.OpenPgp;

/// <summary>Whatever is changed in a file, its signature or a certificate: nothing that was not signed becomes trusted, and nothing throws.</summary>
public sealed class PgpMutationTests
{
    public static TheoryData<string> Good() => [.. PgpCase.Good.Select(one => one.Name)];

    // Packets are changed, and text in UTF-16 holds none as they are.
    public static TheoryData<string> Signatures() => [.. PgpCase.Good.Where(one => one.File is not null && one.Name != "written-utf-16" && FramedPacket.All(one.Bare().Signature, "signature").Length == 1).Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Good))]
    public void A_changed_file_is_refused(string name)
    {
        PgpCase good = PgpCase.Read(name);
        if (good.File is not { } file)
        {
            return;
        }

        // In text mode CR LF and LF are one line end, and nothing else is.
        bool isText = name is "text-mode" or "v6-detached";
        Assert.Empty(Mutation.Of(file).Where(change => (good with { File = change.Changed }).Judge().IsTrusted && !(isText && Lines(change.Changed) == Lines(file))).Select(change => change.What));
    }

    [Theory]
    [MemberData(nameof(Signatures))]
    public void A_changed_signature_is_refused_but_for_what_it_does_not_cover(string name)
    {
        PgpCase good = PgpCase.Read(name).Bare();
        SignatureBody was = Body(good.Signature)!;
        Assert.Empty(Mutation.Of(good.Signature).Where(change => (good with { Signature = change.Changed }).Judge().IsTrusted && !Says(change.Changed, was)).Select(change => change.What));
    }

    [Theory]
    [MemberData(nameof(Good))]
    public void A_changed_clear_signed_text_is_refused_or_reads_the_same(string name)
    {
        PgpCase good = PgpCase.Read(name);
        if (good.File is not null)
        {
            return;
        }

        string digest = Covered(good);
        Assert.Empty(Mutation.Of(good.Signature).Where(change => (good with { Signature = change.Changed }) is var other && other.Judge().IsTrusted && Covered(other) != digest).Select(change => change.What));
    }

    [Theory]
    [InlineData("detached-ed")]
    [InlineData("detached-rsa")]
    [InlineData("subkey")]
    [InlineData("v6-detached")]
    public void A_changed_certificate_names_no_other_signer(string name)
    {
        PgpCase good = PgpCase.Read(name).Bare();
        byte[] certificate = good.Certificate is [>= 0x80, ..] ? good.Certificate : OpenPgpArmor.Only(good.Certificate, "PGP PUBLIC KEY BLOCK", "certificate").Content.ToArray();
        string signer = Signer(good);
        Assert.Empty(Mutation.Of(certificate).Where(change => (good with { Certificate = change.Changed }) is var other && other.Judge().IsTrusted && Signer(other) != signer).Select(change => change.What));
    }

    private static string Covered(PgpCase one) => one.Judge().Proof.Evidence.OfType<CoversArtifact>().First().Digest;

    private static string Signer(PgpCase one) => one.Judge().Proof.Evidence.OfType<SignedByKey>().First().Fingerprint;

    private static string Lines(byte[] text) => System.Text.Encoding.Latin1.GetString(text).Replace("\r\n", "\n", StringComparison.Ordinal);

    private static SignatureBody? Body(byte[] signature) =>
        OfflineKit.Encoding.Result.Parse(Reasons.MalformedSignature, () => SignatureBody.Parse(FramedPacket.All(signature, "signature").Single(packet => packet.Tag == FramedPacket.Signature).Body)).Value;

    // What is covered, and the numbers, are the same; the packet may be framed otherwise, stand twice, or say other things that nobody signed.
    private static bool Says(byte[] changed, SignatureBody was) => FramedPacket.All(changed, "signature").All(packet => packet.Tag != FramedPacket.Signature || Same(SignatureBody.Parse(packet.Body), was));

    private static bool Same(SignatureBody one, SignatureBody was) =>
        one.Trailer.Span.SequenceEqual(was.Trailer.Span) && one.Salt.Span.SequenceEqual(was.Salt.Span) && one.Values.Zip(was.Values).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second));
}
