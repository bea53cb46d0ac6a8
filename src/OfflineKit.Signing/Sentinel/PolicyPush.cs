using OfflineKit.Formats.Sentinel;
using OfflineKit.Signing.Aws;

namespace OfflineKit.Signing.Sentinel;

/// <summary>Makes a signed policy live: signature first, policy second, both read again and verified; after any failure what was there before is put back.</summary>
/// <remarks>
/// Between the two writes a server that enforces signatures refuses the old policy for a moment; no moment exists in which a new policy is live without its signature.
/// Source: docs/spec/sentinel.md (names).
/// </remarks>
internal sealed class PolicyPush(ParameterStore store, PolicyTrust trust)
{
    /// <summary>Pushes <paramref name="policy"/> with <paramref name="signature"/> to <paramref name="parameter"/> and its signature parameter.</summary>
    /// <exception cref="SigningException"><c>policy.rolled-back</c> or <c>policy.half-pushed</c> after a failed write; other reasons before anything was written.</exception>
    public async Task PushAsync(string parameter, string policy, string signature, CancellationToken cancellation)
    {
        // 1 What would be refused is not written.
        RefuseUntrusted(parameter, policy, signature);

        // 2 What is live now, to put it back.
        string signatureName = ParameterName.OfSignature(parameter);
        string? oldPolicy = await store.ReadAsync(parameter, cancellation).ConfigureAwait(false), oldSignature = await store.ReadAsync(signatureName, cancellation).ConfigureAwait(false);
        bool isOvertaken;
        try
        {
            // 3 The signature, then the policy.
            await store.WriteAsync(signatureName, signature, cancellation).ConfigureAwait(false);
            await store.WriteAsync(parameter, policy, cancellation).ConfigureAwait(false);

            // 4 What others will read.
            string? livePolicy = await store.ReadAsync(parameter, cancellation).ConfigureAwait(false), liveSignature = await store.ReadAsync(signatureName, cancellation).ConfigureAwait(false);
            RefuseUntrusted(parameter, livePolicy ?? "", liveSignature ?? "");
            isOvertaken = livePolicy != policy;
        }
        catch (Exception fault) when (fault is SigningException or OperationCanceledException)
        {
            await RestoreAsync(parameter, oldPolicy, signatureName, oldSignature, fault).ConfigureAwait(false);
            throw new SigningException(PolicyReasons.RolledBack.Because($"{parameter}: {fault.Message}"), fault);
        }

        // 5 Somebody else pushed at the same time, and what is live is trusted: to put back anything would undo their push.
        if (isOvertaken)
        {
            throw PolicyReasons.Exists.Refusal($"{parameter}: another trusted policy was pushed meanwhile and is live");
        }
    }

    private void RefuseUntrusted(string parameter, string policy, string signature)
    {
        Verdict verdict = trust.Judge(parameter, policy, signature);
        if (!verdict.IsTrusted)
        {
            throw new SigningException(verdict.Findings[0]);
        }
    }

    // Even when the push was interrupted: half a push is worse than a late exit. One that cannot be put back does not keep the other from it.
    private async Task RestoreAsync(string parameter, string? policy, string signatureName, string? signature, Exception cause)
    {
        string?[] faults = [await PutBackAsync(parameter, policy).ConfigureAwait(false), await PutBackAsync(signatureName, signature).ConfigureAwait(false)];
        if (faults.Any(fault => fault is not null))
        {
            throw new SigningException(PolicyReasons.HalfPushed.Because($"{parameter}: {cause.Message}; then: {string.Join("; ", faults.OfType<string>())}"), cause);
        }
    }

    // Null, or why the parameter is not as it was. What was never changed needs no right to write it.
    private async Task<string?> PutBackAsync(string name, string? value)
    {
        try
        {
            if (await store.ReadAsync(name, CancellationToken.None).ConfigureAwait(false) == value)
            {
                return null;
            }

            await (value is null ? store.DeleteAsync(name, CancellationToken.None) : store.WriteAsync(name, value, CancellationToken.None)).ConfigureAwait(false);
            return await store.ReadAsync(name, CancellationToken.None).ConfigureAwait(false) == value ? null : $"{name} does not keep what is written";
        }
        catch (SigningException fault)
        {
            return fault.Finding.Detail;
        }
    }
}
