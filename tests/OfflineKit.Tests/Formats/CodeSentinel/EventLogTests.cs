using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Policy;
using OfflineKit.Trust;

namespace OfflineKit.Tests.Formats.CodeSentinel;

/// <summary>A demand on a log is a demand on each of its lines.</summary>
public sealed class EventLogTests : IDisposable
{
    private readonly ECDsa _ada = ECDsa.Create(ECCurve.NamedCurves.nistP256), _ben = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    [Fact]
    public void A_line_of_somebody_else_does_not_ride_along()
    {
        SignaturePolicy adaAlone = new([new EnoughSigners(Group("ada"))]);
        Assert.Equal("policy.signers", Reason(Log(_ada, _ben), adaAlone));
        Assert.Equal("policy.signers", Reason(Log(_ben, _ada), adaAlone));
        Assert.Null(Reason(Log(_ada, _ada), adaAlone));
        Assert.Null(Reason(Log(_ada, _ben), new SignaturePolicy([new EnoughSigners(new SignerGroup([new NamedSigner("ada", ["ada"]), new NamedSigner("ben", ["ben"])], Threshold: 1))])));
    }

    [Fact]
    public void Signers_of_several_lines_are_not_several_signers_of_one()
    {
        Assert.Equal("policy.signers", Reason(Log(_ada, _ben), new SignaturePolicy([new EnoughKeys(2)])));
        Assert.Equal("policy.signers", Reason(Log(_ada, _ben), new SignaturePolicy([new EnoughSigners(new SignerGroup([new NamedSigner("ada", ["ada"]), new NamedSigner("ben", ["ben"])], Threshold: 2))])));
    }

    [Fact]
    public void The_report_names_everybody_who_signed_a_line()
    {
        Verdict verdict = Verify(Log(_ada, _ben, _ada), SignaturePolicy.AnyPinnedSigner);
        Assert.True(verdict.IsTrusted);
        Assert.Equal(["ada", "ben"], verdict.Proof.Evidence.OfType<SignedByKey>().Select(signed => signed.Signer));
        Assert.Equal(["line 1", "line 2", "line 3"], verdict.Proof.Checks.Select(check => check.Code));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ada.Dispose();
        _ben.Dispose();
    }

    private string? Reason(byte[] log, SignaturePolicy policy) => Verify(log, policy) is { IsTrusted: false } refused ? refused.Findings[0].Reason.Code : null;

    private Verdict Verify(byte[] log, SignaturePolicy policy)
    {
        TrustStore trust = new() { Keys = [Key("ada", _ada), Key("ben", _ben)] };
        return Verifier.Verify(new VerificationRequest(Artifact: null, log, new VerificationContext(trust, Expectations.None, StatedTime: null), policy) { DocumentName = "log.jsonl" });
    }

    private static SignerGroup Group(string name) => new([new NamedSigner(name, [name])], Threshold: 1);

    private static TrustedKey Key(string name, ECDsa key) => new(name, SubjectPublicKeyInfo.Parse(key.ExportSubjectPublicKeyInfo()), "test");

    private static byte[] Log(params ImmutableArray<ECDsa> signers) => [.. signers.SelectMany((signer, i) => (byte[])[.. Event(signer, i), (byte)'\n'])];

    private static byte[] Event(ECDsa signer, int number)
    {
        string unsigned = $$$"""{"event":"login","number":{{{number}}},"signature":{"provider":"aws_kms_sdk","algorithm":"ECDSA_SHA_256","key_id":"k","encoding":"base64","signed_at":"2026-01-14T12:00:00Z","value":"VALUE"}}""";
        JsonValue document = StrictJson.ParseObject(System.Text.Encoding.UTF8.GetBytes(unsigned), "event");
        byte[] signed = CanonicalJson.WriteWithout(document, document.Object("signature")["value"]);
        byte[] value = signer.SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return System.Text.Encoding.UTF8.GetBytes(unsigned.Replace("VALUE", Convert.ToBase64String(value), StringComparison.Ordinal));
    }
}
