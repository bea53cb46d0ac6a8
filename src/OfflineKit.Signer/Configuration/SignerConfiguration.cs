using System.Collections.Frozen;
using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Signer.Entitlements;
using OfflineKit.Signer.Quotas;
using OfflineKit.Signer.Tokens;
using OfflineKit.Signing;
using OfflineKit.Trust;
using OfflineKit.X509;

namespace OfflineKit.Signer.Configuration;

/// <summary>Everything that the service is told, read once and checked; paths in it are absolute.</summary>
/// <remarks>Source: docs/signer/configuration.md.</remarks>
internal sealed record SignerConfiguration
{
    /// <summary>Where requests are taken.</summary>
    public required Uri Listen { get; init; }

    /// <summary>Where health and metrics are told: a listener of its own.</summary>
    public required Uri Operations { get; init; }

    /// <summary>The address by which clients know the service, without a path: DPoP proofs name it.</summary>
    public required string PublicOrigin { get; init; }

    /// <summary>The server's certificate and key; null on loopback.</summary>
    public TlsFiles? Tls { get; init; }

    /// <summary>Who issues access tokens.</summary>
    public required AuthorityConfiguration Authority { get; init; }

    /// <summary>Whether DPoP proofs must carry a nonce.</summary>
    public NonceDemand Nonces { get; init; } = NonceDemand.Required;

    /// <summary>Whose client certificates are trusted.</summary>
    public MutualTlsConfiguration MutualTls { get; init; } = MutualTlsConfiguration.None;

    /// <summary>Who says what a tenant may.</summary>
    public required LicensingConfiguration Licensing { get; init; }

    /// <summary>What each plan allows.</summary>
    public required FrozenDictionary<string, QuotaLimits> Plans { get; init; }

    /// <summary>Who signs what for whom.</summary>
    public required ImmutableArray<ProfileConfiguration> Profiles { get; init; }

    /// <summary>Which scanners are released, tried in this order.</summary>
    public required ReleaseConfiguration Release { get; init; }

    /// <summary>Where state is kept.</summary>
    public required StoreConfiguration Store { get; init; }

    /// <summary>The Redis in which replay and quotas are kept; null keeps them in the store.</summary>
    public CacheConfiguration? Cache { get; init; }

    /// <summary>Where the record of every request is kept.</summary>
    public required AuditConfiguration Audit { get; init; }

    /// <summary>Whether operators may let tenants pass.</summary>
    public BypassUse Bypass { get; init; }

    /// <summary>Where traces and lines about requests go.</summary>
    public TelemetryConfiguration Telemetry { get; init; } = new(null, RequestLines.None);

    /// <summary>Bounds of the service itself.</summary>
    public LimitConfiguration Limits { get; init; } = new();
}

/// <summary>PEM files of the server.</summary>
internal sealed record TlsFiles(string Certificate, string Key);

/// <summary>The issuer of access tokens.</summary>
/// <param name="Issuer">Exactly its <c>iss</c>.</param>
/// <param name="Keys">Where its keys come from.</param>
/// <param name="MaxAge">The age from which its keys verify nothing.</param>
/// <param name="Revoked">Tokens that were called back.</param>
internal sealed record AuthorityConfiguration(string Issuer, KeySetSource Keys, TimeSpan MaxAge, RevokedTokens Revoked)
{
    /// <summary>The key of a demonstration, which issues its own tokens on loopback; null everywhere else.</summary>
    public string? DemonstrationKey { get; init; }
}

/// <summary>What is done where no list of revoked certificates is there.</summary>
internal enum RevocationCheck
{
    /// <summary>A list of each issuer is wanted, young enough.</summary>
    Wanted,

    /// <summary>The configuration says <c>not-checked</c>.</summary>
    NotChecked,
}

/// <summary>Client certificates.</summary>
/// <param name="Roots">PEM files of authorities, by tenant.</param>
/// <param name="Revocation">What is done without a list.</param>
/// <param name="RevocationLists">Files of lists, DER or PEM.</param>
/// <param name="RevocationListAge">The age from which a list says nothing.</param>
internal sealed record MutualTlsConfiguration(FrozenDictionary<string, ImmutableArray<Certificate>> Roots, RevocationCheck Revocation, ImmutableArray<string> RevocationLists, TimeSpan RevocationListAge)
{
    /// <summary>No certificates are trusted.</summary>
    public static MutualTlsConfiguration None { get; } = new(FrozenDictionary<string, ImmutableArray<Certificate>>.Empty, RevocationCheck.Wanted, [], TimeSpan.Zero);
}

/// <summary>Proofs of entitlement.</summary>
/// <param name="Issuer">Exactly their <c>iss</c>.</param>
/// <param name="Keys">The licensing service's pinned keys.</param>
/// <param name="Introspection">Where they are asked about; null when they are verified here alone.</param>
/// <param name="Revoked">Proofs that were called back.</param>
internal sealed record LicensingConfiguration(string Issuer, KeySetSource Keys, IntrospectionConfiguration? Introspection, RevokedTokens Revoked);

/// <summary>The licensing service.</summary>
/// <param name="Address">Its base address.</param>
/// <param name="Live">How long an answer is used without asking again.</param>
/// <param name="Stale">How long the last answer is used while the service cannot be reached.</param>
/// <param name="SealKey">The key of the seals on answers that are kept.</param>
internal sealed record IntrospectionConfiguration(Uri Address, TimeSpan Live, TimeSpan Stale, ReadOnlyMemory<byte> SealKey)
{
    /// <summary>PEM file with certificate and key that the service shows there; null shows none.</summary>
    public TlsFiles? Client { get; init; }
}

/// <summary>How a statement is signed.</summary>
internal enum SigningMode
{
    /// <summary>By a key that is kept.</summary>
    Keyful,

    /// <summary>By a key that is made for it and certified for an identity.</summary>
    Keyless,
}

/// <summary>Whether a request must name the scanner that made what is signed.</summary>
internal enum ScannerDemand
{
    /// <summary>It must, and the scanner must be a trusted release.</summary>
    Required,

    /// <summary>It need not; one that is named is checked.</summary>
    NotRequired,
}

/// <summary>Who signs which predicate types for which tenant and plan.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Tenant">A tenant, or <c>*</c>.</param>
/// <param name="Plan">A plan, or <c>*</c>.</param>
/// <param name="PredicateType">A predicate type, or <c>*</c>.</param>
/// <param name="Allowed">The predicate types that are signed.</param>
/// <param name="Reports">Those of them that must name policy and views.</param>
/// <param name="Mode">How it signs.</param>
/// <param name="Scanner">Whether a scanner must be named.</param>
/// <param name="Signers">The keys.</param>
internal sealed record ProfileConfiguration(
    string Name, string Tenant, string Plan, string PredicateType, ImmutableArray<string> Allowed, ImmutableArray<string> Reports, SigningMode Mode, ScannerDemand Scanner,
    ImmutableArray<SignerKeyConfiguration> Signers)
{
    /// <summary>Where certificates for new keys come from; null where kept keys sign.</summary>
    public KeylessConfiguration? Keyless { get; init; }
}

/// <summary>Signatures under the service's own identity.</summary>
/// <param name="Authority">The certificate authority (Fulcio).</param>
/// <param name="TokenFile">The file with the identity token, which somebody keeps fresh; read for each certificate.</param>
/// <param name="Root">What certificates and timestamps must hold under.</param>
/// <param name="Timestamps">The RFC 3161 authority; null where an attestor logs what was signed, in time.</param>
internal sealed record KeylessConfiguration(Uri Authority, string TokenFile, SigstoreTrustedRoot Root, Uri? Timestamps)
{
    /// <summary>The name that certificates must carry; null expects the token's.</summary>
    public string? Identity { get; init; }
}

/// <summary>Where a key stands.</summary>
internal enum KeyState
{
    /// <summary>Not yet in use.</summary>
    Pending,

    /// <summary>Signs.</summary>
    Active,

    /// <summary>Signs no longer, and is still published as good.</summary>
    Retiring,

    /// <summary>History.</summary>
    Retired,

    /// <summary>Called back.</summary>
    Revoked,
}

/// <summary>One key of a profile.</summary>
/// <param name="Name">The name by which requests choose it.</param>
/// <param name="Uri">The key, as <c>offlinekit-sign</c> takes it.</param>
/// <param name="Pinned">Its public half.</param>
/// <param name="State">Where it stands, unless the store says something else.</param>
/// <param name="NotBefore">Signs from then on; null always.</param>
/// <param name="NotAfter">Signs until then; null always.</param>
/// <param name="Chain">Certificates that vouch for it, leaf first.</param>
internal sealed record SignerKeyConfiguration(
    string Name, KeyUri Uri, KeyMaterial Pinned, KeyState State, DateTimeOffset? NotBefore, DateTimeOffset? NotAfter, ImmutableArray<Certificate> Chain)
{
    /// <summary>The file that holds the key's password or PIN; null when none is needed.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>The only scheme it signs by; null chooses by the key's kind.</summary>
    public SignatureScheme? Algorithm { get; init; }
}

/// <summary>What the scanners' releases are checked by.</summary>
/// <param name="Sources">The sources, in the order in which they are asked.</param>
/// <param name="Keys">The pinned keys of releases and allow-lists.</param>
internal sealed record ReleaseConfiguration(ImmutableArray<ReleaseSourceConfiguration> Sources, ImmutableArray<TrustedKey> Keys);

/// <summary>Kinds of sources.</summary>
internal enum ReleaseSourceKind
{
    /// <summary>A signed file of digests.</summary>
    AllowList,

    /// <summary>An OCI layout in a folder or archive.</summary>
    Layout,

    /// <summary>A registry.</summary>
    Registry,

    /// <summary>What two operators approved.</summary>
    Approval,
}

/// <summary>One source.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Place">The file, folder or address; empty for approvals.</param>
internal sealed record ReleaseSourceConfiguration(ReleaseSourceKind Kind, string Place);

/// <summary>Kinds of stores.</summary>
internal enum StoreKind
{
    /// <summary>One file, for one machine.</summary>
    Sqlite,

    /// <summary>A database, for several machines.</summary>
    Postgres,
}

/// <summary>Where state is kept.</summary>
/// <param name="Kind">In what.</param>
/// <param name="Place">The file, or the connection string without password.</param>
internal sealed record StoreConfiguration(StoreKind Kind, string Place);

/// <summary>A Redis.</summary>
/// <param name="Connection">Host, port and options, without password.</param>
/// <param name="PasswordFile">The file with the password; null has none.</param>
internal sealed record CacheConfiguration(string Connection, string? PasswordFile);

/// <summary>The audit log.</summary>
/// <param name="Folder">Where its files are, one a month.</param>
/// <param name="Key">The Ed25519 key that signs each line; null leaves lines unsigned.</param>
internal sealed record AuditConfiguration(string Folder, KeyUri? Key);

/// <summary>What is told besides metrics.</summary>
/// <param name="Traces">Where spans are sent, OTLP over HTTP; null sends none.</param>
/// <param name="Lines">Whether each request is a line on standard error.</param>
internal sealed record TelemetryConfiguration(Uri? Traces, RequestLines Lines);

/// <summary>Lines about requests.</summary>
internal enum RequestLines
{
    /// <summary>None: the audit log has them.</summary>
    None,

    /// <summary>One JSON line a request, on standard error.</summary>
    StandardError,
}

/// <summary>Bounds.</summary>
internal sealed record LimitConfiguration
{
    /// <summary>The longest body of a request.</summary>
    public int BodyBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Keys that the replay store holds.</summary>
    public int ReplayEntries { get; init; } = 5_000_000;

    /// <summary>Signatures that one key is asked for at a time, unless given.</summary>
    public const int UsualSignaturesPerKey = 64;

    /// <summary>Signatures that one key is asked for at a time; what comes beyond waits, tenant by tenant.</summary>
    public int SignaturesPerKey { get; init; } = UsualSignaturesPerKey;

    /// <summary>Requests a second that one address may make, before anybody is authenticated; 0 does not count.</summary>
    public int RequestsPerAddress { get; init; } = 200;

    /// <summary>How long a shutdown waits for requests that are under way.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(30);
}
