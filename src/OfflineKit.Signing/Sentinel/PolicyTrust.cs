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
    private readonly SignaturePolicy _demands;
    private readonly Finding? _refusal;

    /// <summary>Trusts exactly <paramref name="keys"/>.</summary>
    public PolicyTrust(params IEnumerable<KeyMaterial> keys)
        : this(
            new VerificationContext(new TrustStore { Keys = [.. keys.Select(static key => new TrustedKey("policy key", key, "the pinned public key"))] }, Expectations.None, StatedTime: null),
            SignaturePolicy.AnyPinnedSigner)
    {
    }

    /// <summary>Trusts what <paramref name="context"/> trusts, and demands <paramref name="demands"/>.</summary>
    public PolicyTrust(VerificationContext context, SignaturePolicy demands) => (_context, _demands) = (context, demands);

    private PolicyTrust(Finding refusal)
        : this() => _refusal = refusal;

    /// <summary>Trusts nobody, because of <paramref name="refusal"/>.</summary>
    public static PolicyTrust Refusing(Finding refusal) => new(refusal);

    /// <summary>The verdict on <paramref name="policy"/> with <paramref name="signature"/>, by the same verifier as <c>offlinekit policy verify</c>.</summary>
    public Verdict Judge(string name, string policy, string signature)
    {
        if (_refusal is not null)
        {
            return Verdict.Refused("sentinel", _refusal);
        }

        using MemoryStream content = new(Utf8Text.Encode(policy), writable: false);
        using Artifact artifact = Artifact.FromStream(name, content);
        return Verifier.Verify(new VerificationRequest(artifact, Utf8Text.Encode(signature), _context, _demands) { Format = new SentinelFormat() });
    }
}
