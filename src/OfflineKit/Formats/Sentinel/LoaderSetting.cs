namespace OfflineKit.Formats.Sentinel;

/// <summary>What a policy server's two variables mean together.</summary>
/// <param name="KeyId">The configured key; null when verification is off.</param>
/// <param name="Enforcement">What happens to unsigned policies.</param>
/// <param name="StartLine">What the server says when it starts; an error when <paramref name="IsRefused"/>.</param>
/// <param name="IsRefused">The server does not start.</param>
/// <remarks>The values are arguments: nothing is read from an environment. Source: docs/spec/sentinel.md §5.</remarks>
internal sealed record LoaderSetting(string? KeyId, Enforcement Enforcement, string StartLine, bool IsRefused)
{
    /// <summary>The setting behind <c>SENTINEL_POLICY_SIGNING_KEY</c> and <c>SENTINEL_ENFORCE_POLICY_SIGNING</c>; null or empty means not set.</summary>
    public static LoaderSetting Read(string? signingKey, string? enforce)
    {
        bool isTrue = string.Equals(enforce, "true", StringComparison.Ordinal);
        if (string.IsNullOrEmpty(signingKey))
        {
            return isTrue
                ? new(KeyId: null, Enforcement.Enforce, "SENTINEL_POLICY_SIGNING_KEY required when SENTINEL_ENFORCE_POLICY_SIGNING=true", IsRefused: true)
                : new(KeyId: null, Enforcement.Warn, "INFO: Policy signature verification disabled (SENTINEL_POLICY_SIGNING_KEY not set)", IsRefused: false);
        }

        // Only exactly "true" enforces: "1", "yes" and "TRUE" switch enforcement off.
        bool isEnforced = string.IsNullOrEmpty(enforce) || isTrue;
        return new(
            signingKey,
            isEnforced ? Enforcement.Enforce : Enforcement.Warn,
            $"INFO: Policy signature verification enabled (key: {signingKey}, enforce: {(isEnforced ? "true" : "false")})",
            IsRefused: false);
    }
}
