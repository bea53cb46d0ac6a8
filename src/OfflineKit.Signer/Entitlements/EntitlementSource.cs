using System.Security.Cryptography.X509Certificates;
using OfflineKit.Signer.Http;
using OfflineKit.Signer.MutualTls;
using OfflineKit.Signer.Quotas;

namespace OfflineKit.Signer.Entitlements;

/// <summary>The one way from a proof to an entitlement: verified here, asked about where there is somebody to ask, and bridged only where two operators allow it.</summary>
/// <param name="tokens">Judges signed proofs.</param>
/// <param name="introspection">Who is asked; null where nobody is.</param>
/// <param name="bypasses">Whom operators let pass.</param>
internal sealed class EntitlementSource(PoeTokenCheck tokens, Introspection? introspection, Bypasses bypasses)
{
    /// <summary>What <paramref name="request"/> entitles to, and the id of the bypass that it needed, or empty.</summary>
    /// <exception cref="RefusedException"><c>poe_…</c>.</exception>
    public async Task<(KnownEntitlement Known, string Bypass)> FindAsync(PoeRequest request, X509Certificate2? certificate, string tenant, CancellationToken cancellation)
    {
        if (request.Format != PoeFormat.Jwt && introspection is null)
        {
            throw Problems.UnsupportedPoeFormat.Because("this service has no licensing service to ask: poe.format is jwt");
        }

        Entitlement? signed = request.Format == PoeFormat.Jwt ? await tokens.CheckAsync(request, cancellation).ConfigureAwait(false) : null;
        if (introspection is null)
        {
            return (new KnownEntitlement(request.Id, signed!, EntitlementState.Offline), "");
        }

        string value = request.Format != PoeFormat.ClientCertificate ? request.Value
            : certificate is null ? throw Problems.PoeInvalid.Because("poe.format is mtls, and the connection has no client certificate")
            : "x5t#S256:" + ClientCertificateCheck.ThumbprintOf(certificate);
        try
        {
            return (await introspection.AskAsync(request, value, signed?.Binding, cancellation).ConfigureAwait(false), "");
        }
        catch (RefusedException silent) when (silent.Problem == Problems.PoeUnavailable)
        {
            string bypass = await bypasses.ActiveAsync(BypassKind.Poe, tenant, cancellation).ConfigureAwait(false) ?? throw new RefusedException(silent.Problem, silent.Message) { Headers = silent.Headers };
            return (await introspection.LastAsync(request, value, signed?.Binding, cancellation).ConfigureAwait(false), bypass);
        }
    }

    /// <summary>The limits of an entitlement as they are known: half of them while nobody confirms them.</summary>
    public static QuotaLimits LimitsOf(KnownEntitlement known) =>
        known.State is EntitlementState.Stale or EntitlementState.Bypass ? known.Entitlement.Limits.Halved() : known.Entitlement.Limits;
}
