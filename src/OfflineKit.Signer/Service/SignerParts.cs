using System.Collections.Immutable;
using OfflineKit.Files;
using OfflineKit.Signer.Audit;
using OfflineKit.Signer.Configuration;
using OfflineKit.Signer.Entitlements;
using OfflineKit.Signer.Keys;
using OfflineKit.Signer.MutualTls;
using OfflineKit.Signer.Quotas;
using OfflineKit.Signer.Releases;
using OfflineKit.Signer.Stores;
using OfflineKit.Signer.Stores.Redis;
using OfflineKit.Signer.Telemetry;
using OfflineKit.Signer.Tokens;
using OfflineKit.Signing;

namespace OfflineKit.Signer.Service;

/// <summary>What the service is made of, by one configuration; whatever cannot be opened keeps it from starting.</summary>
internal sealed class SignerParts : IAsyncDisposable
{
    private readonly IssuerKeys _authorityKeys, _licensingKeys;
    private readonly LicensingService? _licensing;
    private readonly RedisServer? _redis;
    private DateTimeOffset _latest = DateTimeOffset.MinValue;

    private SignerParts(SignerConfiguration configuration, TimeProvider clock, SqlStore store, RedisServer? redis, KeyRing keys, SigningKey? auditKey, SignerMetrics metrics)
    {
        (Configuration, Clock, Store, Keys) = (configuration, clock, store, keys);
        AuthorityConfiguration authority = configuration.Authority;
        LicensingConfiguration licensing = configuration.Licensing;
        _authorityKeys = new IssuerKeys(authority.Keys, authority.MaxAge, clock);
        _licensingKeys = new IssuerKeys(licensing.Keys, TimeSpan.MaxValue, clock);
        Tokens = new OpTokCheck(new JwtRules(authority.Issuer, "signer", Skew, TimeSpan.FromSeconds(300)), _authorityKeys, authority.Revoked, clock);
        Dpop = new DpopCheck(configuration.Nonces, new NonceKeys(store), clock);
        Certificates = new ClientCertificateCheck(configuration.MutualTls, clock);
        _redis = redis;
        Replay = redis is null ? new SqlReplayStore(store, configuration.Limits.ReplayEntries) : new RedisReplayStore(redis, clock);
        Quotas = redis is null ? new SqlQuotaStore(store) : new RedisQuotaStore(redis);
        KeyStates = new KeyStates(store);
        Metrics = metrics;
        Addresses = new AddressLimiter(configuration.Limits.RequestsPerAddress);
        KeyDecisions = new KeyDecisions(store, KeyStates, keys);
        Approvals = new ApprovalSource(store);
        Releases = new ReleaseCheck([.. configuration.Release.Sources.Select(Source)], clock);
        Bypasses = new Bypasses(store, configuration.Bypass);
        _licensing = licensing.Introspection is { } asked ? new LicensingService(asked, clock) : null;
        Introspection? introspection = _licensing is null ? null : new Introspection(_licensing, new SealedEntitlements(store, licensing.Introspection!.SealKey), licensing.Introspection, clock);
        Entitlements = new EntitlementSource(new PoeTokenCheck(new JwtRules(licensing.Issuer, Audience: null, Skew, PoeTokenCheck.LongestLife), _licensingKeys, licensing.Revoked, clock), introspection, Bypasses);
        KnownAnswers = new KnownAnswers(clock);
        Answers = new IdempotentAnswers(store);
        Gauges = new Gauges(configuration.Profiles, KeyStates, Bypasses, clock);
        Index = new AuditIndex(store);
        Journal = new AuditJournal(configuration.Audit.Folder, auditKey, clock, Index.Take);
        Metrics.Observe(this);
    }

    private ReleaseSource Source(ReleaseSourceConfiguration source) => source.Kind switch
    {
        ReleaseSourceKind.AllowList => new AllowListSource(source.Place, Configuration.Release.Keys),
        ReleaseSourceKind.Layout => new LayoutSource(source.Place, Configuration.Release.Keys),
        ReleaseSourceKind.Registry => new RegistrySource(new Uri(source.Place), Configuration.Release.Keys, Clock),
        _ => Approvals,
    };

    private static TimeSpan Skew => TimeSpan.FromSeconds(30);

    /// <summary>What the service was told.</summary>
    public SignerConfiguration Configuration { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Clock { get; }

    /// <summary>The database.</summary>
    public SqlStore Store { get; }

    /// <summary>Every key.</summary>
    public KeyRing Keys { get; }

    /// <summary>What operators decided about keys.</summary>
    public KeyStates KeyStates { get; }

    /// <summary>Judges access tokens.</summary>
    public OpTokCheck Tokens { get; }

    /// <summary>Judges DPoP proofs.</summary>
    public DpopCheck Dpop { get; }

    /// <summary>Judges client certificates.</summary>
    public ClientCertificateCheck Certificates { get; }

    /// <summary>Knows what proofs of entitlement are worth.</summary>
    public EntitlementSource Entitlements { get; }

    /// <summary>Whom operators let pass.</summary>
    public Bypasses Bypasses { get; }

    /// <summary>What operators decide about keys.</summary>
    public KeyDecisions KeyDecisions { get; }

    /// <summary>What operators released by hand.</summary>
    public ApprovalSource Approvals { get; }

    /// <summary>Remembers what was used.</summary>
    public IReplayStore Replay { get; }

    /// <summary>Counts signatures.</summary>
    public IQuotaStore Quotas { get; }

    /// <summary>Knows released scanners.</summary>
    public ReleaseCheck Releases { get; }

    /// <summary>Remembers answers that clients may ask for again.</summary>
    public IdempotentAnswers Answers { get; }

    /// <summary>The record of every request.</summary>
    public AuditJournal Journal { get; }

    /// <summary>Makes the record searchable.</summary>
    public AuditIndex Index { get; }

    /// <summary>Tries keys now and then.</summary>
    public KnownAnswers KnownAnswers { get; }

    /// <summary>Bounds what one address may ask.</summary>
    public AddressLimiter Addresses { get; }

    /// <summary>What is counted.</summary>
    public SignerMetrics Metrics { get; }

    /// <summary>What metrics tell of keys and bypasses.</summary>
    public Gauges Gauges { get; }

    /// <summary>How old the authority's keys are.</summary>
    public TimeSpan AuthorityAge => _authorityKeys.Age;

    /// <summary>The port of the operators' listener, once it is known.</summary>
    public int OperationsPort { get; internal set; }

    /// <summary>The clock is behind a time that was seen before.</summary>
    public bool ClockWentBack()
    {
        DateTimeOffset now = Clock.GetUtcNow(), before = _latest;
        _latest = now > before ? now : before;
        return now + Skew < before;
    }

    /// <summary>The authority's keys are young enough.</summary>
    public bool AuthorityIsFresh => _authorityKeys.AreFresh;

    /// <summary>Opens everything that <paramref name="configuration"/> names; what was counted before goes on in <paramref name="metrics"/>.</summary>
    /// <exception cref="SigningException">A key does not open, or is not the pinned one.</exception>
    /// <exception cref="StoreUnavailableException">The database does not open.</exception>
    public static async Task<SignerParts> OpenAsync(SignerConfiguration configuration, TimeProvider clock, CancellationToken cancellation, SignerMetrics? metrics = null)
    {
        KeyRing keys = await KeyRing.OpenAsync(configuration.Profiles, configuration.Limits.SignaturesPerKey, clock, cancellation).ConfigureAwait(false);
        SigningKey? auditKey = configuration.Audit.Key is { } uri ? await KnownKeySources.OpenAsync(uri, new KeyOpening { Clock = clock }, cancellation).ConfigureAwait(false) : null;
        SqlStore store = OpenStore(configuration.Store, clock);
        await store.PrepareAsync(cancellation).ConfigureAwait(false);
        RedisServer? redis = configuration.Cache is { } cache ? await RedisServer.OpenAsync(cache).ConfigureAwait(false) : null;
        SignerParts parts = new(configuration, clock, store, redis, keys, auditKey, metrics ?? new SignerMetrics());
        await parts._authorityKeys.ReadAsync(cancellation).ConfigureAwait(false);
        await parts._licensingKeys.ReadAsync(cancellation).ConfigureAwait(false);
        foreach (DateTimeOffset month in (ImmutableArray<DateTimeOffset>)[clock.GetUtcNow().AddMonths(-1), clock.GetUtcNow()])
        {
            await parts.Index.CatchUpAsync(configuration.Audit.Folder, AuditJournal.FileOf(month), cancellation).ConfigureAwait(false);
        }

        return parts;
    }

    private static SqlStore OpenStore(StoreConfiguration configuration, TimeProvider clock)
    {
        if (configuration.Kind == StoreKind.Postgres)
        {
            return new PostgresStore(configuration.Place);
        }

        using FileTransaction make = new();
        make.MakeFolder(Path.GetDirectoryName(configuration.Place)!);
        make.Commit();
        return new SqliteStore(configuration.Place, clock);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Journal.DisposeAsync().ConfigureAwait(false);
        await Index.DisposeAsync().ConfigureAwait(false);
        await Store.DisposeAsync().ConfigureAwait(false);
        if (_redis is not null)
        {
            await _redis.DisposeAsync().ConfigureAwait(false);
        }

        await Keys.DisposeAsync().ConfigureAwait(false);
        _authorityKeys.Dispose();
        _licensingKeys.Dispose();
        Addresses.Dispose();
        _licensing?.Dispose();
        Releases.Dispose();
    }
}
