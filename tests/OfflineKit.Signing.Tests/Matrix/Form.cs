using System.Collections.Immutable;
using System.Text.Json;
using OfflineKit.Encoding;
using OfflineKit.Signing.Formats;
using OfflineKit.Signing.Formats.Dossier;

namespace OfflineKit.Signing.Tests.Matrix;

/// <summary>A signature taken out of its container: what was signed, by which bytes. ECDSA is DER.</summary>
internal sealed record Bare(byte[] Message, byte[] Value);

/// <summary>One form of signature that can be written, with a subject that suits it.</summary>
/// <param name="Name">Its name in the matrix.</param>
/// <param name="Subject">What is signed.</param>
/// <param name="Write">Makes the format for a cell; null where the form has nothing to do with the cell's source.</param>
/// <param name="Take">Takes the bare signature out; null where only the form's own program can judge.</param>
internal sealed record Form(string Name, string Subject, Func<Cell, SignatureFormat?> Write, Func<byte[], Bare>? Take)
{
    public const string Artifact = "hello\n";
    private const string Policy = "version: \"1\"\nrules:\n  - name: all\n    effect: allow\n    conditions:\n      profiles: [prod]\n", Body = "# Body\n";
    private const string Dossier = "---dossier\n{\n  \"dossier_schema_version\": \"1.0.0\",\n  \"title\": \"T\",\n  \"version\": \"1.0.0\"\n}\n---\n" + Body;
    private static readonly DssePayload Statement = new DssePayload.About("https://example.com/p", Predicate: null);

    public static ImmutableArray<Form> All { get; } =
    [
        new("kms-raw", Artifact, _ => new KmsSignature(KmsForm.Raw), output => new Bare(Bytes(Artifact), output)),
        new("kms-base64", Artifact, _ => new KmsSignature(KmsForm.Base64), output => new Bare(Bytes(Artifact), Convert.FromBase64String(Text(output).TrimEnd()))),
        new("kms-aws-json", Artifact, _ => new KmsSignature(KmsForm.AwsJson), output => new Bare(Bytes(Artifact), Json(output).GetProperty("Signature").GetBytesFromBase64())),
        new("dsse", Artifact, _ => new DsseEnvelopeSignature(Statement), output => Envelope(Json(output))),
        new("sigstore", Artifact, _ => new SigstoreBundleSignature(statement: null), output => new Bare(Bytes(Artifact), Json(output).GetProperty("messageSignature").GetProperty("signature").GetBytesFromBase64())),
        new("sigstore-dsse", Artifact, _ => new SigstoreBundleSignature(Statement), output => Envelope(Json(output).GetProperty("dsseEnvelope"))),
        new("sentinel", Policy, _ => new SentinelSignature(SentinelLayout.File, "key"), output => new Bare(Bytes(Policy), Json(output).GetProperty("signature").GetBytesFromBase64())),
        new("sentinel-ssm", Policy, _ => new SentinelSignature(SentinelLayout.Parameter, "key"), output => new Bare(Bytes(Policy), Json(output).GetProperty("signature").GetBytesFromBase64())),
        new("dossier", Dossier, _ => new DossierInPlace { Scheme = DossierScheme.V1 }, output => new Bare(Bytes(Body), FrontMatter(output).GetProperty("signature").GetProperty("signature").GetBytesFromBase64())),
        new("codesentinel-aws", "{\"event\":\"x\"}", cell => cell.Source == "azure" ? null : new CodeSentinelEvent("aws_kms"), Event),
        new("codesentinel-azure", "{\"event\":\"x\"}", cell => cell.Source is "azure" or "file" ? new CodeSentinelEvent("azure_kv") : null, Take: null),
        new("minisign", Artifact, _ => new MinisignSignature(), Take: null),
        new("signify", Artifact, _ => new SignifySignature(), Take: null),
    ];

    private static Bare Envelope(JsonElement envelope)
    {
        byte[] payload = envelope.GetProperty("payload").GetBytesFromBase64();
        string type = envelope.GetProperty("payloadType").GetString()!;
        return new Bare([.. Bytes($"DSSEv1 {type.Length} {type} {payload.Length} "), .. payload], envelope.GetProperty("signatures")[0].GetProperty("sig").GetBytesFromBase64());
    }

    // The line is canonical, so what was signed is the line without the value's member.
    private static Bare Event(byte[] output)
    {
        string value = Json(output).GetProperty("signature").GetProperty("value").GetString()!;
        return new Bare(Bytes(Text(output).TrimEnd().Replace($",\"value\":\"{value}\"", "", StringComparison.Ordinal)), Convert.FromBase64String(value));
    }

    private static JsonElement FrontMatter(byte[] output) => Json(Bytes(Text(output)["---dossier\n".Length..].Split("\n---\n")[0]));

    private static JsonElement Json(byte[] output) => JsonDocument.Parse(output).RootElement;

    private static byte[] Bytes(string text) => Utf8Text.Encode(text);

    private static string Text(byte[] bytes) => System.Text.Encoding.UTF8.GetString(bytes);
}
