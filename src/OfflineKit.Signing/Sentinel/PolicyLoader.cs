using System.Collections.Concurrent;
using OfflineKit.Formats.Sentinel;
using OfflineKit.Signing.Aws;

namespace OfflineKit.Signing.Sentinel;

/// <summary>A policy that may be used.</summary>
/// <param name="Content">Its text, exactly as it was signed.</param>
/// <param name="Verdict">Why it is trusted; null for an unsigned policy that a warning let through.</param>
/// <param name="Warning">What must be logged; empty for a verified policy.</param>
internal sealed record LoadedPolicy(string Content, Verdict? Verdict, string Warning);

/// <summary>Fetches policies from the parameter store and hands out only what the pinned keys signed. Fails closed.</summary>
/// <remarks>
/// Verified policies are kept for 30 seconds, warnings and errors never. A pair that does not fit is read once more, because a push may be under way.
/// Source: docs/spec/sentinel.md (loading rule).
/// </remarks>
/// <example><code>
/// using ParameterStore store = await ParameterStore.OpenAsync(new KeyOpening(), cancellation);
/// PolicyLoader loader = new(store, new PolicyTrust(pinnedKey), Enforcement.Enforce, TimeProvider.System);
/// string policy = (await loader.LoadAsync("/sentinel/policies/prod", cancellation)).Content;
/// </code></example>
internal sealed class PolicyLoader(ParameterStore store, PolicyTrust trust, Enforcement enforcement, TimeProvider clock)
{
    /// <summary>How long a verified policy is handed out without asking again.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, (LoadedPolicy Policy, long Asked)> _verified = new(StringComparer.Ordinal);

    /// <summary>The policy in <paramref name="parameter"/>.</summary>
    /// <exception cref="SigningException"><c>policy.not-loaded</c>, or the store's refusal: the caller must not use any policy then.</exception>
    public async Task<LoadedPolicy> LoadAsync(string parameter, CancellationToken cancellation)
    {
        if (_verified.TryGetValue(parameter, out (LoadedPolicy Policy, long Asked) kept) && clock.GetElapsedTime(kept.Asked) < Lifetime)
        {
            return kept.Policy;
        }

        _verified.TryRemove(parameter, out _);
        // Counted from the question, on a clock that nobody sets back.
        long asked = clock.GetTimestamp();
        (LoadedPolicy? policy, string text) = await OnceAsync(parameter, cancellation).ConfigureAwait(false);
        if (policy is null)
        {
            (policy, text) = await OnceAsync(parameter, cancellation).ConfigureAwait(false);
        }

        if (policy is null)
        {
            throw PolicyReasons.NotLoaded.Refusal(text);
        }

        if (policy.Verdict is { IsTrusted: true })
        {
            _verified[parameter] = (policy, asked);
        }

        return policy;
    }

    private async Task<(LoadedPolicy? Policy, string Text)> OnceAsync(string parameter, CancellationToken cancellation)
    {
        string? policy = await store.ReadAsync(parameter, cancellation).ConfigureAwait(false);
        string? signature = policy is null ? null : await store.ReadAsync(ParameterName.OfSignature(parameter), cancellation).ConfigureAwait(false);
        Verdict? verdict = policy is null || signature is null ? null : trust.Judge(parameter, policy, signature);
        LoadDecision decision = LoadRule.Decide(parameter, Lookup(policy), Lookup(signature), verdict, enforcement);
        string why = verdict is { IsTrusted: false } ? $": {verdict.Findings[0].Reason.Code}: {verdict.Findings[0].Detail}" : "";
        return decision.IsLoaded ? (new LoadedPolicy(policy!, verdict, decision.Text), "") : (null, decision.Text + why);
    }

    private static ParameterLookup Lookup(string? text) => text is null ? ParameterLookup.NotFound : ParameterLookup.Found;
}
