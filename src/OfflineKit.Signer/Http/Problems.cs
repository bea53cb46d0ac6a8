using System.Collections.Immutable;

namespace OfflineKit.Signer.Http;

/// <summary>Every way in which a request is refused.</summary>
/// <remarks>Source: docs/signer/api.md, "Errors"; RFC 9457.</remarks>
internal static class Problems
{
    public static readonly Problem MalformedRequest = new(400, "malformed_request", "the request is not what the endpoint reads");
    public static readonly Problem InvalidDigest = new(400, "invalid_digest", "a digest is not written as algorithm and lower-case hex of the right length");
    public static readonly Problem UnsupportedPoeFormat = new(400, "unsupported_poe_format", "the proof of entitlement is in a form that this service does not read");

    public static readonly Problem TokenMissing = new(401, "token_missing", "an access token is wanted");
    public static readonly Problem InvalidToken = new(401, "invalid_token", "the access token is not accepted");
    public static readonly Problem InvalidDpopProof = new(401, "invalid_dpop_proof", "the DPoP proof is not accepted");
    public static readonly Problem UseDpopNonce = new(401, "use_dpop_nonce", "the DPoP proof must carry the nonce of this answer");
    public static readonly Problem ClientCertificateRequired = new(401, "client_certificate_required", "a client certificate is wanted");
    public static readonly Problem CertificateBindingMismatch = new(401, "certificate_binding_mismatch", "the client certificate is not the one that the token is bound to");

    public static readonly Problem InsufficientScope = new(403, "insufficient_scope", "the token's scope does not reach this endpoint");
    public static readonly Problem TenantMismatch = new(403, "tenant_mismatch", "token and request belong to different tenants");
    public static readonly Problem InstallationMismatch = new(403, "installation_mismatch", "token and proof of entitlement belong to different installations");
    public static readonly Problem PoeInvalid = new(403, "poe_invalid", "the proof of entitlement is not accepted");
    public static readonly Problem PoeExpired = new(403, "poe_expired", "the proof of entitlement has ended");
    public static readonly Problem PoeRevoked = new(403, "poe_revoked", "the proof of entitlement was revoked");
    public static readonly Problem PoeBindingMismatch = new(403, "poe_binding_mismatch", "the proof of entitlement is bound to another key");
    public static readonly Problem PlanDenied = new(403, "plan_denied", "the plan does not allow this");
    public static readonly Problem VersionWindowExceeded = new(403, "version_window_exceeded", "the scanner is newer than the licence covers");
    public static readonly Problem ReleaseUntrusted = new(403, "release_untrusted", "the scanner's image is no trusted release");
    public static readonly Problem ModeNotAllowed = new(403, "mode_not_allowed", "the profile does not sign in this mode, or by this signer");

    public static readonly Problem NotFound = new(404, "not_found", "there is nothing at this address");
    public static readonly Problem IdempotencyConflict = new(409, "idempotency_conflict", "the idempotency key belongs to another request");
    public static readonly Problem OperatorConflict = new(409, "operator_conflict", "the operators' decision does not follow from the one before");
    public static readonly Problem ArtifactTooLarge = new(413, "artifact_too_large", "what shall be signed is larger than the plan allows");
    public static readonly Problem UnsupportedMediaType = new(415, "unsupported_media_type", "the body is not application/json");
    public static readonly Problem PredicateUnsupported = new(422, "predicate_unsupported", "statements of this predicate type are not signed here");
    public static readonly Problem PolicyMetadataMissing = new(422, "policy_metadata_missing", "a report must name the policy and the views that it was made under");
    public static readonly Problem SubjectConflict = new(422, "subject_conflict", "the same subject stands in the statement twice");

    public static readonly Problem QuotaRate = new(429, "quota_rate", "too many requests at a time");
    public static readonly Problem QuotaConcurrency = new(429, "quota_concurrency", "too many requests are under way");
    public static readonly Problem QuotaDaily = new(429, "quota_daily", "the day's signatures are used up");

    public static readonly Problem Internal = new(500, "internal_error", "the service has a fault");
    public static readonly Problem PoeUnavailable = new(503, "poe_unavailable", "the entitlement cannot be checked now");
    public static readonly Problem ReleaseCheckUnavailable = new(503, "release_check_unavailable", "the scanner's release cannot be checked now");
    public static readonly Problem ReplayStoreUnavailable = new(503, "replay_store_unavailable", "replays cannot be recognised now");
    public static readonly Problem QuotaStoreUnavailable = new(503, "quota_store_unavailable", "quotas cannot be counted now");
    public static readonly Problem AuditUnavailable = new(503, "audit_unavailable", "the audit log cannot be written now");
    public static readonly Problem SignerUnavailable = new(503, "signer_unavailable", "the key, or what it is checked with, does not answer now");
    public static readonly Problem NoActiveKey = new(503, "no_active_key", "no key of the profile may sign now");

    /// <summary>All of them, in the order above.</summary>
    public static ImmutableArray<Problem> All { get; } =
    [
        MalformedRequest, InvalidDigest, UnsupportedPoeFormat,
        TokenMissing, InvalidToken, InvalidDpopProof, UseDpopNonce, ClientCertificateRequired, CertificateBindingMismatch,
        InsufficientScope, TenantMismatch, InstallationMismatch, PoeInvalid, PoeExpired, PoeRevoked, PoeBindingMismatch, PlanDenied, VersionWindowExceeded, ReleaseUntrusted, ModeNotAllowed,
        NotFound, IdempotencyConflict, OperatorConflict, ArtifactTooLarge, UnsupportedMediaType, PredicateUnsupported, PolicyMetadataMissing, SubjectConflict,
        QuotaRate, QuotaConcurrency, QuotaDaily,
        Internal, PoeUnavailable, ReleaseCheckUnavailable, ReplayStoreUnavailable, QuotaStoreUnavailable, AuditUnavailable, SignerUnavailable, NoActiveKey,
    ];
}
