using System.Collections.Immutable;
using System.Text.Json;
using OfflineKit.Encoding;
using OfflineKit.Signer.Audit;
using OfflineKit.Signer.Configuration;
using OfflineKit.Signer.Http;
using OfflineKit.Signer.Keys;
using OfflineKit.Signer.Releases;
using OfflineKit.Signer.Signing;
using OfflineKit.Signer.Tokens;
using OfflineKit.Signing.Services;

namespace OfflineKit.Signer.Endpoints;

/// <summary>The endpoints that answer questions and sign nothing.</summary>
internal static class ReadEndpoints
{
    private const int MostLines = 1000, UsualLines = 100;

    /// <summary><c>GET verify/referrers?digest=sha256:HEX</c>: is this scanner released?</summary>
    public static async Task<ReadOnlyMemory<byte>> ReferrersAsync(RequestTrace trace)
    {
        string digest = SubjectList.ImageDigest(trace.Context.Request.Query["digest"] is [{ } given] ? given : "");
        await Sender.AuthenticateAsync(trace, "signer.sign").ConfigureAwait(false);
        ReleaseVerdict verdict = await trace.Parts.Releases.CheckAsync(digest, trace.Cancellation).ConfigureAwait(false);
        trace.Learn(facts => facts with { Scanner = (digest, verdict.Release is null ? "untrusted" : "verified", verdict.Source) });
        return JsonText.Object(json =>
        {
            json.WriteString("digest", digest);
            json.WriteBoolean("trusted", verdict.Release is not null);
            json.WriteString("source", verdict.Source);
            json.WriteStartObject("signer");
            json.WriteString("fingerprint", verdict.Release?.Signer ?? "");
            json.WriteEndObject();
            json.Time("checkedAt", verdict.CheckedAt);
            json.Time("expiresAt", verdict.ExpiresAt);
            json.WriteString("reason", verdict.Release is null ? verdict.Reason : null);
        });
    }

    /// <summary><c>GET keys</c>: the public halves, for trust bundles.</summary>
    public static async Task<ReadOnlyMemory<byte>> KeysAsync(RequestTrace trace)
    {
        OpTok token = await Sender.AuthenticateAsync(trace, "signer.read").ConfigureAwait(false);
        ImmutableDictionary<string, KeyState> decided = await trace.Parts.KeyStates.ReadAsync(trace.Cancellation).ConfigureAwait(false);
        ImmutableArray<ProfileConfiguration> profiles = [.. trace.Parts.Configuration.Profiles.Where(profile => profile.Tenant == "*" || profile.Tenant == token.Tenant)];
        return JsonText.Object(json =>
        {
            json.WriteStartArray("keys");
            foreach (ProfileConfiguration profile in profiles)
            {
                profile.Signers.ToList().ForEach(signer => WriteKey(json, profile, signer, decided));
            }

            json.WriteEndArray();
        });
    }

    /// <summary><c>GET audit?after=N&amp;limit=N</c>: the lines of the caller's tenant.</summary>
    public static async Task<ReadOnlyMemory<byte>> AuditAsync(RequestTrace trace)
    {
        long after = Number(trace, "after", long.MaxValue, 0), most = Number(trace, "limit", MostLines, UsualLines);
        OpTok token = await Sender.AuthenticateAsync(trace, "signer.audit").ConfigureAwait(false);
        List<IndexedLine> lines = await trace.Parts.Index.ReadAsync(token.Tenant, after, (int)most, trace.Cancellation).ConfigureAwait(false);
        return JsonText.Object(json =>
        {
            json.WriteStartArray("records");
            foreach (IndexedLine line in lines)
            {
                json.WriteStartObject();
                json.WriteNumber("sequence", line.Sequence);
                json.WritePropertyName("record");
                json.WriteRawValue(line.Record);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    private static void WriteKey(Utf8JsonWriter json, ProfileConfiguration profile, SignerKeyConfiguration signer, ImmutableDictionary<string, KeyState> decided)
    {
        json.WriteStartObject();
        json.WriteString("profile", profile.Name);
        json.WriteString("signer", signer.Name);
        json.WriteString("keyid", signer.Pinned.Fingerprint);
        json.WriteString("state", KeyStates.WordOf(KeyRing.StateOf(signer, decided)));
        json.Time("notBefore", signer.NotBefore);
        json.Time("notAfter", signer.NotAfter);
        json.WriteString("publicKey", System.Security.Cryptography.PemEncoding.WriteString("PUBLIC KEY", signer.Pinned.Spki.Span) + "\n");
        json.WriteStartArray("certificateChain");
        signer.Chain.ToList().ForEach(certificate => json.WriteStringValue(System.Security.Cryptography.PemEncoding.WriteString("CERTIFICATE", certificate.Der.Span) + "\n"));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static long Number(RequestTrace trace, string name, long most, long otherwise) => trace.Context.Request.Query[name] switch
    {
        [] => otherwise,
        [{ } text] when DecimalText.Digits(text) is { } number && number <= most => number,
        _ => throw new MalformedException($"{name}: wanted a number from 0 to {most}"),
    };
}
