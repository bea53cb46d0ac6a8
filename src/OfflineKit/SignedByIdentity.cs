using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Formats.Sigstore;
using OfflineKit.Trust;
using OfflineKit.X509;

namespace OfflineKit;

/// <summary>A certificate under a trusted authority, valid and not revoked at every proved time, names the signer.</summary>
public sealed record SignedByIdentity : Evidence
{
    private SignedByIdentity(FulcioIdentity identity, CertificateSignature signature, string root) => (Identity, Issuer, Algorithm, Extensions, Root, IssuedAt) =
        (identity.Name, identity.Issuer, signature.Scheme.Label, identity.Extensions, root, signature.Leaf.Validity.From!.Value);

    /// <summary>The subject alternative name.</summary>
    public string Identity { get; }

    /// <summary>The OIDC issuer that the certificate authority recorded.</summary>
    public string Issuer { get; }

    /// <summary>The label of the scheme with which the certificate's key signed.</summary>
    public string Algorithm { get; }

    /// <summary>Further facts in the certificate by their field names (repository, ref, workflow …).</summary>
    public ImmutableArray<KeyValuePair<string, string>> Extensions { get; }

    /// <summary>The trusted root that holds the authority.</summary>
    public string Root { get; }

    /// <summary>When the certificate begins, UTC: the authority vouches for nothing that was signed before.</summary>
    public DateTimeOffset IssuedAt { get; }

    /// <summary>The evidence that <paramref name="signature"/> is, or why it does not count: the one place where certificates of signers are judged.</summary>
    /// <param name="signature">What the mathematics says.</param>
    /// <param name="paths">The path from the signing certificate to an authority of the root, at every proved time.</param>
    /// <param name="root">The trusted root that holds the authority.</param>
    /// <param name="revoked">Keys and certificates that count no longer.</param>
    /// <exception cref="InvalidOperationException">No path, or one from another certificate: a fault of the format, never an answer.</exception>
    internal static Result<SignedByIdentity> Prove(CertificateSignature signature, ImmutableArray<VerifiedPath> paths, string root, RevocationList revoked)
    {
        if (paths.IsEmpty || paths.Any(path => !ReferenceEquals(path.Leaf, signature.Leaf)))
        {
            throw new InvalidOperationException("an identity is proved by the path from the certificate that signed");
        }

        if (paths.Select(revoked.Judge).FirstOrDefault(found => found is not null) is { } refusal)
        {
            return new Result<SignedByIdentity>(Value: null, refusal);
        }

        Result<FulcioIdentity> identity = Result.Parse(SigstoreReasons.NoIdentity, () => FulcioIdentity.Of(signature.Leaf));
        return identity.Value is { } named
            ? new Result<SignedByIdentity>(new SignedByIdentity(named, signature, root), Finding: null)
            : new Result<SignedByIdentity>(Value: null, SigstoreReasons.NoIdentity.Because(identity.Finding!.Detail));
    }
}
