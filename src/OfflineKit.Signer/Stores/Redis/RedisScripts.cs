namespace OfflineKit.Signer.Stores.Redis;

/// <summary>The scripts that run inside Redis. Times are microseconds and milliseconds since 1970, by its clock; numbers stay below 2^53.</summary>
internal static class RedisScripts
{
    /// <summary>What the server says of itself.</summary>
    public const string Info = "return redis.call('INFO', 'memory') .. redis.call('INFO', 'persistence') .. redis.call('INFO', 'replication')";

    /// <summary>Remembers keys. KEYS: the runs of the server, then what is remembered; ARGV: milliseconds, now by the caller's clock.</summary>
    /// <remarks>
    /// Answers { 1 for each key that was remembered already, or 0; …; since when this run of the server remembers }, or the policy by which it would forget.
    /// A run of the server that nobody saw before may have lost what the one before it knew: a restart, a fail-over.
    /// </remarks>
    public const string Remember = """
        local policy = string.match(redis.call('INFO', 'memory'), 'maxmemory_policy:([%w-]+)')
        if policy ~= 'noeviction' then
          return policy or 'unknown'
        end
        local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
        redis.call('HSETNX', KEYS[1], run, ARGV[2])
        local answer = {}
        for at = 2, #KEYS do
          answer[at - 1] = redis.call('SET', KEYS[at], '1', 'NX', 'PX', ARGV[1]) and 0 or 1
        end
        answer[#KEYS] = tonumber(redis.call('HGET', KEYS[1], run))
        return answer
        """;

    /// <summary>Counts ahead. KEYS: row, leases; ARGV: id, lease in milliseconds, concurrency, qps, burst, daily.</summary>
    /// <remarks>Answers { limit that stands in the way or −1, microseconds to wait, day, left of the day }. All limits are looked at before any is moved.</remarks>
    public const string Reserve = Now + Leases + """
        local row = redis.call('HMGET', KEYS[1], 'tat', 'day', 'committed')
        local arrival = tonumber(row[1] or 0)
        local committed = tonumber(row[2] or -1) == day and tonumber(row[3]) or 0
        if today + before >= tonumber(ARGV[3]) then
          return { 0, 1000000, day, 0 }
        end
        local interval = math.floor(1000000 / tonumber(ARGV[4]))
        local wait = arrival - tonumber(ARGV[5]) * interval - us
        if wait > 0 then
          return { 1, wait, day, 0 }
        end
        if committed + today >= tonumber(ARGV[6]) then
          return { 2, (day + 1) * 86400000000 - us, day, 0 }
        end
        redis.call('HSET', KEYS[1], 'tat', math.max(us, arrival) + interval, 'day', day, 'committed', committed)
        redis.call('ZADD', leases .. day, ms + tonumber(ARGV[2]), ARGV[1])
        redis.call('PEXPIRE', KEYS[1], 172800000)
        redis.call('PEXPIRE', leases .. day, 172800000)
        return { -1, 0, day, tonumber(ARGV[6]) - committed - today - 1 }
        """;

    /// <summary>Counts. KEYS: row, leases; ARGV: id, the reservation's day, daily. Answers 1, or 0 when the reservation lapsed and the day is full.</summary>
    public const string Commit = Now + Leases + """
        local held = redis.call('ZREM', leases .. ARGV[2], ARGV[1])
        local row = redis.call('HMGET', KEYS[1], 'day', 'committed')
        if row[1] ~= ARGV[2] then
          return 1
        end
        if held == 0 and tonumber(row[2]) + today >= tonumber(ARGV[3]) then
          return 0
        end
        redis.call('HINCRBY', KEYS[1], 'committed', 1)
        return 1
        """;

    /// <summary>Holds a reservation. KEYS: row, leases; ARGV: id, the reservation's day, lease in milliseconds.</summary>
    public const string Renew = Now + "return redis.call('ZADD', KEYS[2] .. ':' .. ARGV[2], 'XX', ms + tonumber(ARGV[3]), ARGV[1])";

    /// <summary>Gives a reservation back. KEYS: row, leases; ARGV: id, the reservation's day.</summary>
    public const string GiveBack = "return redis.call('ZREM', KEYS[2] .. ':' .. ARGV[2], ARGV[1])";

    private const string Now = """
        local time = redis.call('TIME')
        local us = tonumber(time[1]) * 1000000 + tonumber(time[2])
        local ms = math.floor(us / 1000)
        local day = math.floor(tonumber(time[1]) / 86400)

        """;

    // What is under way, today's and what yesterday left; what its owner left behind has lapsed.
    private const string Leases = """
        local leases = KEYS[2] .. ':'
        redis.call('ZREMRANGEBYSCORE', leases .. day, '-inf', ms)
        redis.call('ZREMRANGEBYSCORE', leases .. (day - 1), '-inf', ms)
        local today = redis.call('ZCARD', leases .. day)
        local before = redis.call('ZCARD', leases .. (day - 1))

        """;
}
