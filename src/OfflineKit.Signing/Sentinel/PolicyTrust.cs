using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Formats.Sentinel;
using OfflineKit.Policy;
using OfflineKit.Trust;

namespace OfflineKit.Signing.Sentinel;

/// <summary>The pinned keys that policies must be signed by, and the core's verdict under them.</summary>
internal sealed class PolicyTrust
{
    private readonly VerificationContext _context;

    /// <summary>Trusts exactly <paramref name="keys"/>.</summary>
    public PolicyTrust(params IEnumerable<KeyMaterial> keys) =>
        _context = new VerificationContext(
            new TrustStore { Keys = [.. keys.Select(static key => new TrustedKey("policy key", key, "the pinned public key"))] }, Expectations.None, StatedTime: null);

    /// <summary>The verdict on <paramref name="policy"/> with <paramref name="signature"/>, by the same verifier as <c>offlinekit policy verify</c>.</summary>
    public Verdict Judge(string name, string policy, string signature)
    {
        using MemoryStream content = new(Utf8Text.Encode(policy), writable: false);
        using Artifact artifact = Artifact.FromStream(name, content);
        return Verifier.Verify(new VerificationRequest(artifact, Utf8Text.Encode(signature), _context, SignaturePolicy.AnyPinnedSigner) { Format = new SentinelFormat() });
    }
}
