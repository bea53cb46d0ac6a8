using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Formats.Dsse;
using OfflineKit.Policy;
using OfflineKit.Signer.Keys;
using OfflineKit.Signing;
using OfflineKit.Signing.Formats;
using OfflineKit.Trust;

namespace OfflineKit.Signer.Signing;

/// <summary>Has a statement signed by every chosen key, or by none, and verifies what was made as everybody else will.</summary>
internal static class StatementSigner
{
    /// <summary>The signed statement, for <paramref name="tenant"/>.</summary>
    /// <exception cref="SigningException">A key refused, or the core does not accept what was made: nothing leaves.</exception>
    public static async Task<SignedAnswer> SignAsync(CanonicalStatement statement, string tenant, ImmutableArray<OpenedKey> keys, SignOptions options, CancellationToken cancellation)
    {
        // 1 All sign the same bytes; the first that fails ends it.
        byte[] message = statement.SignedBytes;
        MadeSignature[] made = await Task.WhenAll(keys.Select(key => SignAsync(key, tenant, message, cancellation))).ConfigureAwait(false);
        ImmutableArray<MadeSignature> signatures = [.. made.OrderBy(signature => signature.Key.Id, StringComparer.Ordinal)];

        // 2 One envelope with all of them; a bundle holds one each.
        byte[] envelope = Envelope(statement, signatures, KeyIds.Written);
        ImmutableArray<ReadOnlyMemory<byte>> bundles = options.WantsBundles
            ? [.. await Task.WhenAll(signatures.Select(signature => BundleAsync(statement, signature, cancellation))).ConfigureAwait(false)]
            : [];

        // 3 Everything that leaves is verified by the core.
        Verify(artifact: null, envelope, "dsse", keys);
        for (int at = 0; at < bundles.Length; at++)
        {
            // The reader of bundles wants the artefact; any of the statement's subjects is one.
            using Artifact artifact = Artifact.FromDigest(statement.Artifact);
            if (signatures[at].Key.Certified is { } certified)
            {
                VerifyAsIdentity(artifact, bundles[at], certified);
            }
            else
            {
                Verify(artifact, bundles[at], "sigstore", [signatures[at].Key]);
            }
        }

        return new SignedAnswer(statement, signatures, envelope, bundles);
    }

    private static async Task<MadeSignature> SignAsync(OpenedKey key, string tenant, byte[] message, CancellationToken cancellation)
    {
        VerifiedSignature signature = await key.SignAsync(tenant, message, cancellation).ConfigureAwait(false);
        return new MadeSignature(key, SignatureEncoding.Stored(signature), signature.RequestId);
    }

    // Members in the order of RFC 8785, so that the text is canonical as it stands.
    private static byte[] Envelope(CanonicalStatement statement, ImmutableArray<MadeSignature> signatures, KeyIds ids) => Utf8Text.Encode(
        $"{{\"payload\":\"{Base64(statement.Payload.Span)}\",\"payloadType\":\"{Statement.PayloadType}\",\"signatures\":[{string.Join(',', signatures.Select(signature =>
            ids == KeyIds.Written ? $"{{\"keyid\":\"{signature.Key.Id}\",\"sig\":\"{Base64(signature.Stored.Span)}\"}}" : $"{{\"sig\":\"{Base64(signature.Stored.Span)}\"}}"))}]}}");

    private static async Task<ReadOnlyMemory<byte>> BundleAsync(CanonicalStatement statement, MadeSignature signature, CancellationToken cancellation)
    {
        byte[] envelope = Envelope(statement, [signature], KeyIds.LeftOut);
        return signature.Key.Certified is { Services: { } services } certified
            ? await SigstoreBundleSignature.OfEnvelopeAsync(envelope, signature.Stored, signature.Key.PublicKey, certified.Certificate, services, cancellation).ConfigureAwait(false)
            : SigstoreBundleSignature.OfEnvelope(envelope, signature.Stored, signature.Key.PublicKey);
    }

    private static void Verify(Artifact? artifact, ReadOnlyMemory<byte> document, string format, ImmutableArray<OpenedKey> keys)
    {
        Expectations expectations = new() { PayloadType = Statement.PayloadType, DemandedSigner = DemandedSigner.Key };
        VerificationContext context = new(new TrustStore { Keys = [.. keys.Select(key => key.Trusted)] }, expectations, StatedTime: null);
        Demand(artifact, document, format, context, new SignaturePolicy([new AnyTrustedKeySigned(), new EnoughKeys(keys.Length)]));
    }

    private static void VerifyAsIdentity(Artifact artifact, ReadOnlyMemory<byte> bundle, CertifiedIdentity certified)
    {
        Expectations expectations = new() { PayloadType = Statement.PayloadType, DemandedSigner = DemandedSigner.Identity, AllowTimestampOnly = true };
        VerificationContext context = new(new TrustStore { SigstoreRoots = [certified.Root] }, expectations, StatedTime: null);
        Demand(artifact, bundle, "sigstore", context, new SignaturePolicy([new SignedByDemandedIdentity(TextMatch.Exactly(certified.Who.Name), TextMatch.Exactly(certified.Who.Issuer)), certified.Services!.Requirement]));
    }

    private static void Demand(Artifact? artifact, ReadOnlyMemory<byte> document, string format, VerificationContext context, SignaturePolicy policy)
    {
        Verdict verdict = Verifier.Verify(new VerificationRequest(artifact, document, context, policy) { Format = KnownFormats.ByName(format) });
        if (!verdict.IsTrusted)
        {
            throw SigningReasons.DoesNotVerify.Refusal($"the answer's {format} is refused by the verifier: {verdict.Findings[0].Reason.Code}: {verdict.Findings[0].Detail}");
        }
    }

    private static string Base64(ReadOnlySpan<byte> bytes) => System.Text.Encoding.ASCII.GetString(StrictBase64.Encode(bytes));

    private enum KeyIds
    {
        Written,
        LeftOut,
    }
}
