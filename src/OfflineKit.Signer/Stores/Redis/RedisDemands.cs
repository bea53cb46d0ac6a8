namespace OfflineKit.Signer.Stores.Redis;

/// <summary>What a Redis must be to be asked for decisions, by its own words (<c>INFO</c>).</summary>
internal static class RedisDemands
{
    /// <summary>Why it is not, or null.</summary>
    /// <param name="info">The sections <c>memory</c>, <c>persistence</c> and <c>replication</c>.</param>
    public static string? Objection(string info) =>
        Value(info, "maxmemory_policy") is not "noeviction" and var policy ? $"Redis: maxmemory-policy is \"{policy}\", wanted noeviction: what is evicted could be used again"
        : Value(info, "aof_enabled") != "1" ? "Redis: appendonly is off: after a restart every quota would begin anew"
        : Value(info, "role") is not "master" and var role ? $"Redis: this server is a {role}: decisions are made where writes are"
        : null;

    private static string Value(string info, string name)
    {
        foreach (string line in info.Split('\n', StringSplitOptions.TrimEntries))
        {
            if (line.StartsWith(name + ":", StringComparison.Ordinal))
            {
                return line[(name.Length + 1)..];
            }
        }

        return "";
    }
}
