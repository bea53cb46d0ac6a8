using System.Collections.Immutable;

namespace OfflineKit.Signer.Stores;

/// <summary>The tables. Times are milliseconds since 1970, digests lower-case hex.</summary>
internal static class Schema
{
    public static ImmutableArray<string> Tables { get; } =
    [
        "CREATE TABLE IF NOT EXISTS replay (key TEXT PRIMARY KEY, expires BIGINT NOT NULL)",
        "CREATE INDEX IF NOT EXISTS replay_expires ON replay (expires)",
        "CREATE TABLE IF NOT EXISTS nonce_key (day BIGINT PRIMARY KEY, secret TEXT NOT NULL)",
        "CREATE TABLE IF NOT EXISTS quota (tenant TEXT NOT NULL, plan TEXT NOT NULL, tat BIGINT NOT NULL, day BIGINT NOT NULL, committed BIGINT NOT NULL, PRIMARY KEY (tenant, plan))",
        "CREATE TABLE IF NOT EXISTS reservation (id TEXT PRIMARY KEY, tenant TEXT NOT NULL, plan TEXT NOT NULL, day BIGINT NOT NULL, lease_until BIGINT NOT NULL)",
        "CREATE INDEX IF NOT EXISTS reservation_of ON reservation (tenant, plan)",
        "CREATE TABLE IF NOT EXISTS entitlement (poe TEXT PRIMARY KEY, tenant TEXT NOT NULL, content TEXT NOT NULL, live_at BIGINT NOT NULL, expires BIGINT NOT NULL, mac TEXT NOT NULL)",
        "CREATE TABLE IF NOT EXISTS release_verdict (digest TEXT PRIMARY KEY, content TEXT NOT NULL, trust TEXT NOT NULL, expires BIGINT NOT NULL)",
        "CREATE TABLE IF NOT EXISTS approval (digest TEXT NOT NULL, operator TEXT NOT NULL, version TEXT NOT NULL, reason TEXT NOT NULL, made BIGINT NOT NULL, expires BIGINT NOT NULL, PRIMARY KEY (digest, operator))",
        "CREATE TABLE IF NOT EXISTS bypass (id TEXT PRIMARY KEY, kind TEXT NOT NULL, tenant TEXT NOT NULL, reason_code TEXT NOT NULL, reason TEXT NOT NULL, ticket TEXT NOT NULL, opened_by TEXT NOT NULL, confirmed_by TEXT NOT NULL, made BIGINT NOT NULL, minutes BIGINT NOT NULL, expires BIGINT NOT NULL, extensions BIGINT NOT NULL)",
        "CREATE TABLE IF NOT EXISTS key_state (keyid TEXT PRIMARY KEY, state TEXT NOT NULL, since BIGINT NOT NULL, reason TEXT NOT NULL, operator TEXT NOT NULL)",
        "CREATE TABLE IF NOT EXISTS audit_index (sequence {identity}, file TEXT NOT NULL, line BIGINT NOT NULL, tenant TEXT NOT NULL, record TEXT NOT NULL, UNIQUE (file, line))",
        "CREATE TABLE IF NOT EXISTS idempotency (tenant TEXT NOT NULL, key TEXT NOT NULL, request TEXT NOT NULL, answer TEXT NOT NULL, expires BIGINT NOT NULL, PRIMARY KEY (tenant, key))",
    ];
}
