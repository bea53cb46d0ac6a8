using System.Collections.Immutable;
using System.Security.Cryptography;
using OfflineKit.Crypto;
using OfflineKit.Policy;
using OfflineKit.Trust;

namespace OfflineKit.Tests.Formats.Jws;

/// <summary>Each signature of a JWS has a header of its own: what it says of the payload is no word of the others.</summary>
public sealed class SeveralSignersTests : IDisposable
{
    private const string First = "application/first", Second = "application/second";
    private readonly ECDsa _ada = ECDsa.Create(ECCurve.NamedCurves.nistP256), _ben = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    [Theory]
    [InlineData("ada", First, null)]
    [InlineData("ben", Second, null)]
    [InlineData("ada", Second, "policy.signers")]
    [InlineData("ben", First, "policy.signers")]
    public void A_type_is_stated_by_the_signer_in_whose_header_it_stands(string signer, string type, string? reason)
    {
        SignaturePolicy policy = new([new EnoughSigners(new SignerGroup([new NamedSigner(signer, [signer])], Threshold: 1)), new StatesPayload(type)]);
        Assert.Equal(reason, Reason(policy));
        Assert.Equal("policy.signers", Reason(new SignaturePolicy([new EnoughKeys(2), new StatesPayload(type)])));
        Assert.Null(Reason(new SignaturePolicy([new EnoughKeys(2)])));
    }

    [Fact]
    public void It_stays_so_in_an_export_that_includes_the_proof()
    {
        Verification export = new();
        export.Include(Verify(SignaturePolicy.AnyPinnedSigner).Proof, "list.jws");
        export.Proved(new StatesVersion("app", "2.0", "list"), "list.jws");
        ImmutableArray<SignerEvidence> signers = export.Close().BySigner;
        Assert.Equal([First, Second], signers.SelectMany(signer => signer.Evidence.OfType<States>()).Select(states => states.PayloadType));
        Assert.All(signers, signer => Assert.Single(signer.Evidence.OfType<StatesVersion>()));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _ada.Dispose();
        _ben.Dispose();
    }

    private string? Reason(SignaturePolicy policy) => Verify(policy) is { IsTrusted: false } refused ? refused.Findings[0].Reason.Code : null;

    private Verdict Verify(SignaturePolicy policy)
    {
        TrustStore trust = new() { Keys = [Key("ada", _ada), Key("ben", _ben)] };
        string payload = Url("content"u8.ToArray());
        string jws = $$"""{"payload":"{{payload}}","signatures":[{{Signature(_ada, First, payload)}},{{Signature(_ben, Second, payload)}}]}""";
        return Verifier.Verify(new VerificationRequest(Artifact: null, System.Text.Encoding.UTF8.GetBytes(jws), new VerificationContext(trust, Expectations.None, StatedTime: null), policy) { DocumentName = "list.jws" });
    }

    private static string Signature(ECDsa key, string type, string payload)
    {
        string header = Url(System.Text.Encoding.UTF8.GetBytes($$"""{"alg":"ES256","cty":"{{type}}"}"""));
        return $$"""{"protected":"{{header}}","signature":"{{Url(key.SignData(System.Text.Encoding.ASCII.GetBytes($"{header}.{payload}"), HashAlgorithmName.SHA256))}}"}""";
    }

    private static TrustedKey Key(string name, ECDsa key) => new(name, SubjectPublicKeyInfo.Parse(key.ExportSubjectPublicKeyInfo()), "test");

    private static string Url(byte[] content) => System.Buffers.Text.Base64Url.EncodeToString(content);
}
