using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.X509;

/// <summary>Proof that a leaf leads to a trusted anchor at one time and for one purpose; only validation makes one.</summary>
internal sealed class VerifiedPath
{
    private VerifiedPath(ImmutableArray<Certificate> certificates, DateTimeOffset time, CertificatePurpose purpose) =>
        (Certificates, Time, Purpose) = (certificates, time, purpose);

    /// <summary>Leaf first, anchor last; at least two.</summary>
    public ImmutableArray<Certificate> Certificates { get; }

    /// <summary>The end-entity certificate.</summary>
    public Certificate Leaf => Certificates[0];

    /// <summary>The certificate whose key signed the leaf.</summary>
    public Certificate Issuer => Certificates[1];

    /// <summary>The trusted certificate at the end.</summary>
    public Certificate Anchor => Certificates[^1];

    /// <summary>The time at which every certificate is valid.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>What the leaf may be used for.</summary>
    public CertificatePurpose Purpose { get; }

    /// <summary>Searches depth first, anchors before intermediates, and keeps the best objection.</summary>
    internal sealed class Search(
        ImmutableArray<Certificate> intermediates,
        ImmutableArray<Certificate> anchors,
        DateTimeOffset time,
        CertificatePurpose purpose,
        PathBudget budget)
    {
        private readonly List<Certificate> _path = [];
        private Finding? _best;

        /// <summary>Certificates whose signature by their issuer in the trusted chain was verified before.</summary>
        public ImmutableArray<Certificate> Linked { get; init; } = [];

        public Result<VerifiedPath> From(Certificate leaf)
        {
            _path.Add(leaf);
            if (PathRules.LeafObjection(leaf, purpose, time) is { } finding)
            {
                return new Result<VerifiedPath>(Value: null, finding);
            }

            return Extend() is { } anchor
                ? new Result<VerifiedPath>(new VerifiedPath([.. _path, anchor], time, purpose), Finding: null)
                : new Result<VerifiedPath>(Value: null, _best ?? NoIssuer(leaf));
        }

        // The anchor at which a path through the certificates so far ends, or null.
        private Certificate? Extend()
        {
            foreach (Certificate anchor in anchors)
            {
                if (IsCandidate(anchor) && Accepts(anchor, earlier: null))
                {
                    return anchor;
                }
            }

            foreach (Certificate intermediate in intermediates)
            {
                if (!IsCandidate(intermediate) || _path.Exists(known => IsSameAuthority(known, intermediate)) || !Accepts(intermediate, PathRules.KeyIdentifierObjection(intermediate, purpose)))
                {
                    continue;
                }

                _path.Add(intermediate);
                if (Extend() is { } anchor)
                {
                    return anchor;
                }

                _path.RemoveAt(_path.Count - 1);
            }

            Object(NoIssuer(_path[^1]));
            return null;
        }

        private bool IsCandidate(Certificate issuer) =>
            _best?.Reason != CertificateReasons.BudgetExhausted && issuer.Subject.Equals(_path[^1].Issuer);

        private bool Accepts(Certificate issuer, Finding? earlier)
        {
            if (!budget.TakeStep())
            {
                return Object(CertificateReasons.BudgetExhausted.Because("too many candidate issuers"));
            }

            // Cheap checks first; the signature before name constraints, which only a real issuer may set.
            Finding? finding = earlier
                ?? PathRules.IssuerObjection(issuer, _path, purpose, time, budget.Intermediates)
                ?? (IsLinked(_path[^1]) ? null : _path[^1].SignatureObjection(issuer, budget))
                ?? PathRules.NameObjection(issuer, _path, budget);
            return finding is null || Object(finding);
        }

        // The very object that was read from the trusted file: a copy that came with a signature is a stranger.
        private bool IsLinked(Certificate certificate) => Linked.Any(linked => ReferenceEquals(linked, certificate));

        private bool Object(Finding finding)
        {
            _best = CertificateReasons.Better(_best, finding);
            return false;
        }

        private static Finding NoIssuer(Certificate certificate) => CertificateReasons.UntrustedIssuer.Because(
            $"\"{certificate.Subject}\" was issued by \"{certificate.Issuer}\", which is no certificate of the trust root");

        // A path that meets the same name and key again only goes in circles.
        private static bool IsSameAuthority(Certificate one, Certificate other) =>
            one.Subject.Equals(other.Subject) && one.SubjectPublicKeyInfo.Span.SequenceEqual(other.SubjectPublicKeyInfo.Span);
    }
}
